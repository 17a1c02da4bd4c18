import { type Plugin, TextSelection } from '@tiptap/pm/state'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { newStrategyDocument } from '../build'
import { contentHash } from '../content-hash'
import { CHAPTERS, TEXT_ROOTS } from '../roots'
import { strategyTemplates } from '../templates'
import { type Headless, openHeadless } from '../testing/headless'
import { documentWith, EVERYTHING, node, paragraph, text } from '../testing/sample'

/** Opens every root as a page does, moves the caret, and gives what was written meanwhile. */
function writesOnOpening(doc: Y.Doc): number {
  let updates = 0
  doc.on('update', () => {
    updates += 1
  })
  for (const root of TEXT_ROOTS) {
    const open = openHeadless(doc.getXmlFragment(root))
    look(open)
    open.close()
  }
  return updates
}

/** Every change of the selection lets the binding compare the page with the document. */
function look({ view }: Headless): void {
  view.dispatch(view.state.tr.setMeta('look', 1))
  view.dispatch(view.state.tr.setMeta('look', 2))
}

function loaded(update: Uint8Array): Y.Doc {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, update)
  return doc
}

describe('opening writes nothing', () => {
  test.each(strategyTemplates.flatMap((id) => [[id, 'en'] as const, [id, 'zh'] as const]))(
    'template %s, %s',
    (id, language) => {
      expect(writesOnOpening(loaded(newStrategyDocument(id, language)))).toBe(0)
    },
  )

  test('a blank strategy, opened by two people who then both write', () => {
    const one = loaded(newStrategyDocument('blank', 'en'))
    const other = loaded(newStrategyDocument('blank', 'en'))
    expect(writesOnOpening(one)).toBe(0)
    expect(writesOnOpening(other)).toBe(0)
    for (const [doc, words] of [
      [one, 'mine'],
      [other, 'yours'],
    ] as const) {
      const { view } = openHeadless(doc.getXmlFragment('policy'))
      view.dispatch(view.state.tr.insertText(words, 1))
    }
    Y.applyUpdate(one, Y.encodeStateAsUpdate(other))
    Y.applyUpdate(other, Y.encodeStateAsUpdate(one))
    expect(contentHash(one)).toBe(contentHash(other))
    const lines = one.getXmlFragment('policy').toArray().map(String)
    expect(lines.sort()).toEqual(['<paragraph>mine</paragraph>', '<paragraph>yours</paragraph>'])
    for (const chapter of CHAPTERS.filter((name) => name !== 'policy')) {
      expect(one.getXmlFragment(chapter).length).toBe(0)
    }
  })

  test('one of everything', () => {
    expect(writesOnOpening(documentWith(EVERYTHING).doc)).toBe(0)
  })

  test('nodes that a merge left without what they are made of', () => {
    const empty = [
      'blockquote',
      'callout',
      'bulletList',
      'orderedList',
      'taskList',
      'table',
      'codeBlock',
    ].map((name) => node(name))
    const nearly = [
      node('bulletList', node('listItem')),
      node('taskList', node('taskItem')),
      node('table', node('tableRow')),
      node('table', node('tableRow', node('tableCell'))),
      node('bulletList', node('listItem', node('bulletList', node('listItem')))),
    ]
    expect(writesOnOpening(documentWith([...empty, ...nearly]).doc)).toBe(0)
  })

  test('a ragged table', () => {
    const cells = (count: number) =>
      node('tableRow', ...Array.from({ length: count }, () => node('tableCell', paragraph('x'))))
    expect(writesOnOpening(documentWith([node('table', cells(1), cells(4), cells(2))]).doc)).toBe(0)
  })

  test('an address that nobody has made a link', () => {
    expect(writesOnOpening(documentWith([paragraph('www.example.test '), paragraph('x')]).doc)).toBe(0)
  })

  test('row 32: what this version does not know: it is shown and stays', () => {
    const { doc, root } = documentWith([paragraph('before')])
    const card = new Y.XmlElement('kpiCard')
    card.setAttribute('target', '12')
    card.insert(0, [new Y.XmlElement('kpiPart')])
    const inside = new Y.XmlElement('paragraph')
    inside.insert(0, [new Y.XmlText('revenue')])
    card.insert(1, [inside])
    const wrong = new Y.XmlElement('paragraph')
    wrong.insert(0, [new Y.XmlElement('tableRow')])
    const heading = new Y.XmlElement('heading')
    heading.setAttribute('level', '99')
    const marked = new Y.XmlElement('paragraph')
    const words = new Y.XmlText()
    words.applyDelta([{ insert: 'glow', attributes: { glow: { strength: 2 } } }])
    marked.insert(0, [words])
    const quote = new Y.XmlElement('blockquote')
    const stranger = new Y.XmlElement('stranger')
    quote.insert(0, [stranger])
    root.insert(1, [card, wrong, heading, marked, quote])

    const before = contentHash(doc)
    expect(writesOnOpening(doc)).toBe(0)
    const open = openHeadless(root)
    expect(open.html()).toContain('<div class="inert">revenue</div>')
    expect(open.html()).toContain('<p>glow</p>')
    expect(open.html()).toContain('<h3></h3>')
    look(open)
    expect(contentHash(doc)).toBe(before)

    // And while somebody writes beside it.
    open.view.dispatch(open.view.state.tr.insertText('!', 7))
    expect(root.toArray().map(String)).toEqual([
      '<paragraph>before!</paragraph>',
      '<kpicard target="12"><kpipart></kpipart><paragraph>revenue</paragraph></kpicard>',
      '<paragraph><tablerow></tablerow></paragraph>',
      '<heading level="99"></heading>',
      expect.stringContaining('glow'),
      '<blockquote><stranger></stranger></blockquote>',
    ])
  })
})

test('a colleague emptying the chapter while all of it is selected here is answered with nothing', () => {
  const { doc, root } = documentWith([paragraph('one'), paragraph(text('two', 'bold'))])
  const { view } = openHeadless(root)
  const end = view.state.doc.content.size - 1
  view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, 1, end)))
  const far = loaded(Y.encodeStateAsUpdate(doc))
  far.getXmlFragment('situation').delete(0, 2)
  const origins: unknown[] = []
  doc.on('update', (_update: Uint8Array, origin: unknown) => origins.push(origin))
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(far), 'far')
  expect(view.state.doc.textContent).toBe('')
  expect(origins).toEqual(['far'])
})

test('only these plugins append to transactions; the nameless ones are paste rules, which wait for a paste', () => {
  const { view } = openHeadless(documentWith([]).root)
  const keys = view.state.plugins
    .filter((plugin: Plugin) => plugin.spec.appendTransaction)
    .map(({ spec }) => (spec.key && 'key' in spec.key ? String(spec.key.key).replace(/\$\d*$/, '') : ''))
  expect(keys.filter((key) => key !== '').sort()).toEqual(['clearDocument', 'selectingCells'])
})
