import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { fillRoot } from '../fill'
import type { NodeJson } from '../json'
import { documentWith, EVERYTHING, node, paragraph, text, withAttrs } from '../testing/sample'
import { type Diff, diffStates, diffStrategies, readState } from './diff'
import type { Labels } from './html'
import { itemNames } from './item-names'
import { Ledger, type LedgerRow } from './ledger'
import { handsOf, viewDiff } from './passages'
import { countDiff } from './summary'
import { diffWords } from './words'

const labels: Labels = {
  kind: (kind) => `[${kind}]`,
  part: (name) => `[${name}]`,
  field: (name) => `[${name}]`,
  value: (_name, value) => `${value}`,
  form: ({ name, after }) => (name === 'node' || name === 'level' ? `now ${after}` : null),
  nothing: () => 'nothing',
}

/** `a [-b-]{+c+} d` */
function marked(before: string, after: string): string {
  return diffWords(before, after)
    .map(({ kind, before: b, after: a }) =>
      kind === 'same'
        ? after.slice(...a)
        : kind === 'added'
          ? `{+${after.slice(...a)}+}`
          : `[-${before.slice(...b)}-]`,
    )
    .join('')
}

function view(diff: Diff, ledger = new Ledger([], new Map()), only: string | null = null) {
  return viewDiff(diff, handsOf(ledger, only), labels)
}

function htmlOf(before: Y.Doc, after: Y.Doc): string {
  return view(diffStrategies(before, after))
    .chapters.flatMap(({ passages }) => passages.map((one) => (one.kind === 'changed' ? one.html : '')))
    .join('')
}

let client = 100

function docOf(...nodes: NodeJson[]): Y.Doc {
  client += 1
  return documentWith(nodes, 'situation', client).doc
}

function copyOf(doc: Y.Doc, client?: number): Y.Doc {
  const copy = new Y.Doc()
  if (client !== undefined) copy.clientID = client
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  return copy
}

const firstText = (doc: Y.Doc, n = 0): Y.XmlText => {
  const block = doc.getXmlFragment('situation').get(n)
  const inside = block instanceof Y.XmlElement ? block.get(0) : null
  if (!(inside instanceof Y.XmlText)) throw new Error('a text')
  return inside
}

const firstPart = (doc: Y.Doc, n: number): Y.XmlText => {
  const item = doc.getXmlFragment('situation').get(n)
  const part = item instanceof Y.XmlElement ? item.get(0) : null
  const inside = part instanceof Y.XmlElement ? part.get(0) : null
  if (!(inside instanceof Y.XmlText)) throw new Error('a text')
  return inside
}

describe('words', () => {
  it('are compared whole, as people speak of them', () => {
    expect(marked('and it does not see it until', 'and it cannot see it until')).toBe(
      'and it [-does not-]{+cannot+} see it until',
    )
    expect(marked('takes twenty-three.', 'takes twenty-three, and eleven waited.')).toBe(
      'takes twenty-three{+, and eleven waited+}.',
    )
    expect(marked('the site waits', 'the sites wait')).toBe('the [-site waits-]{+sites wait+}')
    expect(marked('costs 1.2% more', 'costs 1.3% more')).toBe('costs [-1.2-]{+1.3+}% more')
  })

  it('in Chinese are those of a dictionary, down to the character', () => {
    expect(
      marked('他们在月底结账十四天后才知道食材成本。', '他们在月底结账十二天后才知道食材和人工成本。'),
    ).toBe('他们在月底结账十[-四-]{+二+}天后才知道食材{+和人工+}成本。')
    expect(marked('总经理负责。', '副总经理负责。')).toBe('{+副+}总经理负责。')
    expect(marked('每天早晨给厨房一张备料单。', '每天早晨给每间厨房一张备料单。')).toBe(
      '每天早晨给{+每间+}厨房一张备料单。',
    )
  })

  it('cut no character outside the first plane in half, and take nothing for something', () => {
    expect(marked('a 😀 b', 'a 😁 b')).toBe('a [-😀-]{+😁+} b')
    expect(marked('', 'new')).toBe('{+new+}')
    expect(marked('old', '')).toBe('[-old-]')
    expect(marked('same', 'same')).toBe('same')
  })

  it.each(Array.from({ length: 60 }, (_, i) => i))('put together again give both texts (%i)', (seed) => {
    const bits = ['food', ' ', 'cost', '。', '厨房', '成本', ', ', '😀', '十四', 'a', '\n', '12.5%']
    let state = seed * 7919 + 1
    const next = (n: number) => {
      state = (state * 48_271) % 2_147_483_647
      return state % n
    }
    const make = () => Array.from({ length: next(40) }, () => bits[next(bits.length)]).join('')
    const before = make()
    const after =
      seed % 3 === 0
        ? make()
        : before.slice(0, next(before.length + 1)) + make() + before.slice(next(before.length + 1))
    const spans = diffWords(before, after)
    const side = (kind: 'added' | 'removed') => spans.filter((one) => one.kind !== kind)
    expect(
      side('added')
        .map((one) => before.slice(...one.before))
        .join(''),
    ).toBe(before)
    expect(
      side('removed')
        .map((one) => after.slice(...one.after))
        .join(''),
    ).toBe(after)
    for (const one of spans)
      if (one.kind === 'same') expect(before.slice(...one.before)).toBe(after.slice(...one.after))
  })
})

describe('two states', () => {
  it('that are equal have nothing to show, one of everything in them', () => {
    const doc = docOf(...EVERYTHING)
    const diff = diffStrategies(doc, copyOf(doc))
    expect(countDiff(diff)).toEqual({ added: 0, removed: 0 })
    expect(view(diff).changedChapters).toEqual([])
    // Nor when they have no common past.
    expect(view(diffStrategies(doc, documentWith(EVERYTHING, 'situation', 77).doc)).changedChapters).toEqual(
      [],
    )
  })

  it('of which one is empty are all new, or all gone', () => {
    const doc = docOf(...EVERYTHING)
    const empty = new Y.Doc()
    const came = countDiff(diffStrategies(empty, doc))
    expect(came.added).toBeGreaterThan(20)
    expect(countDiff(diffStrategies(doc, empty))).toEqual({ added: 0, removed: came.added })
  })

  it('show a changed word in its paragraph and fold the rest, under the heading it stands', () => {
    const lines = Array.from({ length: 6 }, (_, i) => paragraph(`Paragraph number ${i} says its own thing.`))
    const heading = withAttrs({ level: 3 }, node('heading', 'Gaps'))
    const before = docOf(...lines.slice(0, 3), heading, ...lines.slice(3))
    const after = copyOf(before)
    firstText(after, 5).insert(10, 'of mine ')
    const [, situation] = view(diffStrategies(before, after)).chapters
    expect(situation?.passages.map((one) => [one.kind, one.kind === 'same' ? one.blocks : one.html])).toEqual(
      [
        ['same', 3],
        ['heading', '<h3>Gaps</h3>'],
        ['same', 1],
        ['changed', '<p>Paragraph <ins>of mine </ins>number 4 says its own thing.</p>'],
        ['same', 1],
      ],
    )
  })

  it('compare lists, tables and quotes inside', () => {
    const cells = (...words: string[]) =>
      node('tableRow', ...words.map((word) => node('tableCell', paragraph(word))))
    const before = docOf(
      node(
        'bulletList',
        node('listItem', paragraph('stays')),
        node('listItem', paragraph('goes away entirely')),
      ),
      node('table', cells('Tallyhouse', 'free'), cells('Notebook', 'trusted')),
    )
    const after = docOf(
      node('bulletList', node('listItem', paragraph('stays')), node('listItem', paragraph('something new'))),
      node('table', cells('Tallyhouse', 'free'), cells('Notebook', 'not trusted')),
    )
    expect(htmlOf(before, after)).toBe(
      '<ul><li><p>stays</p></li><li><p><del>goes away entirely</del></p></li><li><p><ins>something new</ins></p></li></ul>' +
        '<div class="tableWrapper"><table><tbody><tr><td><p>Tallyhouse</p></td><td><p>free</p></td></tr>' +
        '<tr><td><p>Notebook</p></td><td><p><ins>not </ins>trusted</p></td></tr></tbody></table></div>',
    )
  })

  it('part words that came from words that went, where the text itself has no gap', () => {
    expect(htmlOf(docOf(paragraph('It does not see it.')), docOf(paragraph('It cannot see it.')))).toBe(
      '<p>It <del>does not</del><ins class="next">cannot</ins> see it.</p>',
    )
    expect(htmlOf(docOf(paragraph('只有十四天。')), docOf(paragraph('只有十二天。')))).toBe(
      '<p>只有十<del>四</del><ins>二</ins>天。</p>',
    )
  })

  it('tell what became a heading, and what was only made bold', () => {
    const before = docOf(paragraph('Market and rivals'), paragraph('Said loudly now.'))
    const after = docOf(
      withAttrs({ level: 4 }, node('heading', 'Market and rivals')),
      paragraph(text('Said loudly now.', 'bold')),
    )
    expect(htmlOf(before, after)).toBe(
      '<h4>Market and rivals<span class="form">now heading</span><span class="form">now 4</span></h4>' +
        '<p><span class="restyled"><strong>Said loudly now.</strong></span></p>',
    )
  })

  it('take a moved paragraph for moved, not for gone and new', () => {
    const lines = ['This one is moved to the end.', 'Second stays.', 'Third stays.', 'Fourth stays.'].map(
      (line) => paragraph(line),
    )
    const [first, ...rest] = lines
    if (!first) throw new Error('a line')
    const diff = diffStrategies(docOf(...lines), docOf(...rest, first))
    expect(countDiff(diff)).toEqual({ added: 0, removed: 0 })
    const notes = view(diff).chapters.flatMap(({ passages }) =>
      passages.flatMap((one) => (one.kind === 'changed' ? one.notes : [])),
    )
    expect(notes).toMatchObject([{ moved: true, added: 0, removed: 0 }])
  })

  it('compare items field by field and part by part, never one item with another', () => {
    const item = (n: number, words: string, fields: Record<string, string>): NodeJson =>
      withAttrs(
        { id: `itm_${String(n).padStart(26, '0')}`, kind: 'factor', code: `F${n}`, ...fields },
        node(
          'item',
          withAttrs({ name: 'text' }, node('itemPart', words)),
          withAttrs({ name: 'source' }, node('itemPart', 'Till data')),
        ),
      )
    const past = documentWith([], 'situation', 5)
    past.doc.getMap('meta').set('same', 'past')
    const before = docOf(
      item(1, 'Wages rose 31%.', { validUntil: '2026-08-31' }),
      item(2, 'Produce rose 24% this year.', {}),
    )
    const after = docOf(
      item(1, 'Wages rose 33%.', { validUntil: '2026-12-31', confidence: 'high' }),
      item(3, 'Menus rose 17% this year.', {}),
    )
    // One grew out of the other.
    for (const doc of [before, after]) Y.applyUpdate(doc, Y.encodeStateAsUpdate(past.doc))
    const html = htmlOf(before, after)
    expect(html).toContain(
      '<dt>[validUntil]</dt><dd><del>2026-08-31</del> <span aria-hidden="true">→</span> <ins>2026-12-31</ins></dd>',
    )
    expect(html).toContain(
      '<dt>[confidence]</dt><dd><del>nothing</del> <span aria-hidden="true">→</span> <ins>high</ins></dd>',
    )
    expect(html).toContain('Wages rose <del>31</del><ins class="next">33</ins>%.')
    expect(html).toContain('<span class="name">[text]</span><div><del>Produce rose 24% this year.</del>')
    expect(html).toContain('<span class="name">[text]</span><div><ins>Menus rose 17% this year.</ins>')
  })

  it('of two drafts are equal when their items say the same, whatever their ids', () => {
    const draft = (first: number) => {
      const id = (n: number) => `itm_${String(first + n).padStart(26, '0')}`
      const titled = (words: string) => withAttrs({ name: 'title' }, node('itemPart', words))
      return docOf(
        withAttrs({ id: id(0), kind: 'segment', code: 'S1' }, node('item', titled('Regional chains'))),
        withAttrs(
          { id: id(1), kind: 'pain', code: 'P1', feltBy: [id(0)] },
          node('item', titled('Slow close')),
        ),
      )
    }
    const [one, other] = [draft(10), draft(20)]
    const names = itemNames(one, other)
    const read = (doc: Y.Doc) => readState(doc, (id) => names(id) ?? id)
    expect(view(diffStates(read(one), read(other))).changedChapters).toEqual([])
    firstPart(other, 1).insert(0, 'Very ')
    expect(view(diffStates(read(one), read(other))).added).toBe(1)
  })

  it('show nothing that a raw write had smuggled in, on any side', () => {
    const before = docOf(paragraph('Good.'))
    const after = copyOf(before)
    const root = after.getXmlFragment('situation')
    const evil = new Y.XmlElement('script')
    evil.insert(0, [new Y.XmlText('alert(1)')])
    const line = new Y.XmlElement('paragraph')
    const words = new Y.XmlText()
    words.applyDelta([
      { insert: 'click', attributes: { link: { href: 'javascript:alert(1)' } } },
      { insert: '<img src=x onerror=alert(1)>', attributes: { sparkle: { on: '"><script>' } } },
    ])
    line.insert(0, [words])
    const item = new Y.XmlElement('item')
    item.setAttribute('kind', '"><script>alert(1)</script>')
    item.setAttribute('validUntil', '<b>x</b>')
    const image = new Y.XmlElement('image')
    image.setAttribute('fileId', 'javascript:alert(1)')
    root.insert(1, [evil, line, item, image])
    for (const [one, other] of [
      [before, after],
      [after, before],
      [new Y.Doc(), after],
    ] as const) {
      for (const chapter of view(diffStrategies(one, other)).chapters)
        for (const passage of chapter.passages) {
          const html =
            passage.kind === 'changed' ? passage.html + passage.before + passage.after : passage.html
          expect(html).not.toMatch(/<script|href="javascript|<img|<b>|onerror=[^&]*"/)
        }
    }
  })
})

describe('who goes on behind their own words of before', () => {
  it('is named for them, in Chinese too, where the old full stop is told with the new sentence', () => {
    const { doc, root } = documentWith([paragraph('可惜太少。另有一句。')], 'situation', 5)
    const before = new Y.Doc()
    Y.applyUpdate(before, Y.encodeStateAsUpdate(doc))
    const line = root.get(0)
    const it = line instanceof Y.XmlElement ? line.get(0) : null
    if (!(it instanceof Y.XmlText)) throw new Error('a text')
    it.insert(10, '食材成本更高。')
    it.insert(5, '再补')
    it.delete(7, 2)
    const ledger = new Ledger([], new Map([[5, 'usr_5']]))
    const { chapters } = view(diffStrategies(before, doc), ledger)
    const notes = chapters.flatMap(({ passages }) =>
      passages.flatMap((passage) => (passage.kind === 'changed' ? passage.notes : [])),
    )
    expect(notes.map(({ userId }) => userId)).toEqual(['usr_5'])
  })
})

describe('who', () => {
  /** A document written by several people, with the journal of it. */
  function written() {
    const rows: LedgerRow[] = []
    const clients = new Map<number, string | null>()
    const doc = new Y.Doc()
    const write = (client: number, userId: string, at: number, change: (doc: Y.Doc) => void) => {
      doc.clientID = client
      clients.set(client, userId)
      const listen = (bytes: Uint8Array) => rows.push({ userId, at, bytes })
      doc.on('update', listen)
      doc.transact(() => change(doc))
      doc.off('update', listen)
    }
    return { doc, rows, clients, write }
  }

  it('wrote each word, and who took which away, and when', () => {
    const { doc, rows, clients, write } = written()
    write(1, 'usr_ines', 100, (d) =>
      fillRoot(d.getXmlFragment('situation'), [paragraph('Known fourteen days after the close.')]),
    )
    const before = copyOf(doc)
    write(2, 'usr_tomas', 200, (d) => firstText(d).delete(6, 8))
    write(3, 'usr_priya', 300, (d) => firstText(d).insert(6, 'twelve'))
    write(2, 'usr_tomas', 400, (d) => firstText(d).insert(firstText(d).length - 1, ', at last'))
    const ledger = new Ledger(rows, clients)
    const shown = view(diffStrategies(before, doc), ledger)
    const notes = shown.chapters.flatMap(({ passages }) =>
      passages.flatMap((one) => (one.kind === 'changed' ? one.notes : [])),
    )
    expect(notes).toMatchObject([
      { userId: 'usr_tomas', at: 400, added: 2, removed: 1 },
      { userId: 'usr_priya', at: 300, added: 1, removed: 0 },
    ])
    expect(shown.people).toEqual(['usr_tomas', 'usr_priya'])
    // One person's doing alone: the others' stands there as if it always had.
    const priya = view(diffStrategies(before, doc), ledger, 'usr_priya')
    const [passage] = priya.chapters[1]?.passages ?? []
    expect(passage?.kind === 'changed' && passage.html.replace(/ data-who="\d"/g, '')).toBe(
      '<p>Known <ins>twelve</ins> days after the close, at last.</p>',
    )
    expect([priya.added, priya.removed]).toEqual([1, 0])
  })

  it('is one for one stretch, though old letters and new ones are in it', () => {
    const { doc, rows, clients, write } = written()
    write(1, 'usr_ines', 100, (d) =>
      fillRoot(d.getXmlFragment('situation'), [paragraph('Nervous forecasts')]),
    )
    const before = copyOf(doc)
    write(2, 'usr_tomas', 200, (d) => firstText(d).insert(17, 'Only here'))
    const { chapters } = view(diffStrategies(before, doc), new Ledger(rows, clients))
    const [passage] = chapters[1]?.passages ?? []
    expect(passage?.kind === 'changed' && passage.html.replace(/ data-who="\d"/g, '')).toBe(
      '<p>Nervous <del>forecasts</del><ins class="next">forecastsOnly here</ins></p>',
    )
  })

  it('added letters to a word counts as the writer of the word', () => {
    const { doc, rows, clients, write } = written()
    write(1, 'usr_ines', 100, (d) => fillRoot(d.getXmlFragment('situation'), [paragraph('The site waits.')]))
    const before = copyOf(doc)
    write(2, 'usr_tomas', 200, (d) => firstText(d).insert(8, 's'))
    const { chapters } = view(diffStrategies(before, doc), new Ledger(rows, clients))
    const [passage] = chapters[1]?.passages ?? []
    expect(passage?.kind === 'changed' && passage.notes).toMatchObject([
      { userId: 'usr_tomas', added: 1, removed: 1 },
    ])
  })

  it('set a field of an item', () => {
    const { doc, rows, clients, write } = written()
    write(1, 'usr_ines', 100, (d) =>
      fillRoot(d.getXmlFragment('situation'), [
        withAttrs({ kind: 'factor', validUntil: '2026-08-31' }, node('item')),
      ]),
    )
    const before = copyOf(doc)
    write(2, 'usr_tomas', 200, (d) => {
      const item = d.getXmlFragment('situation').get(0)
      if (item instanceof Y.XmlElement) item.setAttribute('validUntil', '2026-12-31')
    })
    const { chapters } = view(diffStrategies(before, doc), new Ledger(rows, clients))
    const [passage] = chapters[1]?.passages ?? []
    expect(passage?.kind === 'changed' && passage.notes).toMatchObject([
      { userId: 'usr_tomas', at: 200, fields: ['validUntil'] },
    ])
  })
})
