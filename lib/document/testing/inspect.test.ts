import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { newStrategyDocument } from '../build'
import { type Fault, faultInDocument, faultInTransaction } from './inspect'
import { documentWith, EVERYTHING, node, paragraph } from './sample'

/** What the room would say to an update, and what a whole look at the document says after it. */
function ask(write: (doc: Y.Doc) => void): { update: Fault | null; document: Fault | null } {
  const { doc } = documentWith([...EVERYTHING])
  const far = new Y.Doc()
  Y.applyUpdate(far, Y.encodeStateAsUpdate(doc))
  const seen: Array<Fault | null> = []
  doc.on('afterTransaction', (transaction) => {
    if (transaction.origin === 'far') seen.push(faultInTransaction(transaction))
  })
  far.transact(() => write(far))
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(far, Y.encodeStateVector(doc)), 'far')
  return { update: seen[0] ?? null, document: faultInDocument(doc) }
}

const element = (name: string, ...children: Array<Y.XmlElement | Y.XmlText>) => {
  const made = new Y.XmlElement(name)
  made.insert(0, children)
  return made
}

const situation = (doc: Y.Doc) => doc.getXmlFragment('situation')

const paragraphOf = (doc: Y.Doc): Y.XmlElement => {
  const found = situation(doc)
    .toArray()
    .find((child) => child instanceof Y.XmlElement && child.nodeName === 'paragraph' && child.length > 0)
  if (!(found instanceof Y.XmlElement)) throw new Error('the sample has a paragraph')
  return found
}

describe('what an update may not bring', () => {
  test.each<[string, Fault, (doc: Y.Doc) => void]>([
    ['another root', 'unknown_root', (doc) => doc.getMap('admin').set('a', 1)],
    ['a text right in a chapter', 'misplaced_node', (doc) => situation(doc).insert(0, [new Y.XmlText('x')])],
    [
      'a string right in a chapter',
      'not_a_node',
      (doc) => {
        // A root of the same name, taken for an array, as a hand-made client may.
        const other = new Y.Doc()
        other.getArray('situation').insert(0, ['x'])
        Y.applyUpdate(doc, Y.encodeStateAsUpdate(other))
      },
    ],
    ['a hook', 'not_a_node', (doc) => situation(doc).insert(0, [new Y.XmlHook('x') as never])],
    ['an unknown node', 'unknown_node', (doc) => situation(doc).insert(0, [element('kpiCard')])],
    [
      'an unknown node below new ones',
      'unknown_node',
      (doc) => situation(doc).insert(3, [element('blockquote', element('callout', element('x')))]),
    ],
    ['a row without a table', 'misplaced_node', (doc) => situation(doc).insert(0, [element('tableRow')])],
    [
      'a block in a line of text',
      'misplaced_node',
      (doc) => paragraphOf(doc).insert(0, [element('paragraph')]),
    ],
    [
      'an object in a text',
      'object_in_text',
      (doc) => {
        const words = paragraphOf(doc).get(0)
        if (words instanceof Y.XmlText) words.insertEmbed(1, { image: 'x' })
      },
    ],
    [
      'quotes in quotes',
      'too_deep',
      (doc) => {
        let at: Y.XmlFragment = situation(doc)
        for (let depth = 0; depth < 20_000; depth++) {
          const quote = element('blockquote')
          at.insert(0, [quote])
          at = quote
        }
      },
    ],
  ])('%s', (_, fault, write) => {
    expect(ask(write)).toEqual({ update: fault, document: fault })
  })

  test('quotes in quotes, one at a time', () => {
    const { doc, root } = documentWith([])
    const faults: Array<Fault | null> = []
    doc.on('afterTransaction', (transaction) => faults.push(faultInTransaction(transaction)))
    let at: Y.XmlFragment = root
    for (let depth = 0; depth < 66; depth++) {
      const quote = element('blockquote')
      at.insert(0, [quote])
      at = quote
    }
    expect(faults.slice(0, 64).filter((fault) => fault !== null)).toEqual([])
    expect(faults.slice(64)).toEqual(['too_deep', 'too_deep'])
  })
})

describe('what it may', () => {
  test('everything the schema knows, edits of it, attributes, deletions, the reserved map', () => {
    const write = (doc: Y.Doc) => {
      const words = paragraphOf(doc).get(0)
      if (words instanceof Y.XmlText) {
        words.insert(0, 'more ')
        words.format(0, 4, { bold: {}, glow: { unknown: true } })
      }
      situation(doc).delete(6, 3)
      paragraphOf(doc).setAttribute('odd', 'value')
      doc.getMap('meta').set('properties', [['a', 'b']])
      situation(doc).insert(1, [
        element('table', element('tableRow', element('tableCell', element('paragraph')))),
      ])
    }
    expect(ask(write)).toEqual({ update: null, document: null })
  })

  test('the templates and an empty strategy', () => {
    for (const template of ['restaurant-saas', 'smart-tourism', 'blank'] as const) {
      const doc = new Y.Doc()
      const faults: Array<Fault | null> = []
      doc.on('afterTransaction', (transaction) => faults.push(faultInTransaction(transaction)))
      Y.applyUpdate(doc, newStrategyDocument(template, 'en'))
      expect([...faults, faultInDocument(doc)].filter((fault) => fault !== null)).toEqual([])
    }
  })

  test('an edit below something that was deleted meanwhile', () => {
    const { doc, root } = documentWith([node('blockquote', paragraph('x'))])
    const far = new Y.Doc()
    Y.applyUpdate(far, Y.encodeStateAsUpdate(doc))
    const quote = situation(far).get(0)
    if (quote instanceof Y.XmlElement) quote.insert(0, [element('paragraph')])
    root.delete(0, 1)
    const faults: Array<Fault | null> = []
    doc.on('afterTransaction', (transaction) => faults.push(faultInTransaction(transaction)))
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(far, Y.encodeStateVector(doc)))
    expect(faults).toEqual([null])
  })
})
