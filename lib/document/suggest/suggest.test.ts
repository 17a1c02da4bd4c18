import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { canonicalContent } from '../content-hash'
import { fillRoot } from '../fill'
import { heal } from '../items/heal'
import { itemsOf } from '../items/read-items'
import type { NodeJson } from '../json'
import { CHAPTERS } from '../roots'
import { randomFrom } from '../testing/random'
import { comment, itemIdOf, node, paragraph, part, THREAD, text, withAttrs } from '../testing/sample'
import { acceptChanges, rejectChanges } from './apply'
import { docOf } from './branch-over'
import { type Change, changesOf } from './changes-of'
import { followAccepted, followMain } from './follow'

const state = (doc: Y.Doc) => Y.encodeStateAsUpdate(doc)

function mainWith(...nodes: NodeJson[]): Y.Doc {
  const doc = new Y.Doc()
  doc.clientID = 1
  fillRoot(doc.getXmlFragment('policy'), nodes)
  return doc
}

/** A proposal on a strategy, its author writing under an id of their own. */
function fork(main: Y.Doc, client = 50): Y.Doc {
  const branch = docOf(state(main))
  branch.clientID = client
  return branch
}

const pull = (branch: Y.Doc, main: Y.Doc) => Y.applyUpdate(branch, state(main))

function textAt(doc: Y.Doc, block: number, root = 'policy'): Y.XmlText {
  let at: unknown = doc.getXmlFragment(root).get(block)
  while (at instanceof Y.XmlElement) at = at.get(0)
  if (!(at instanceof Y.XmlText)) throw new Error('a text expected')
  return at
}

function put(doc: Y.Doc, block: number, words: string, instead: string): void {
  const it = textAt(doc, block)
  const from = it
    .toString()
    .replace(/<[^>]*>/g, '')
    .indexOf(words)
  doc.transact(() => {
    it.insert(from + words.length, instead)
    it.delete(from, words.length)
  })
}

/** As the page shows it: the roots' content, without comments. */
const seen = (doc: Y.Doc) => canonicalContent(doc).replace(/,?"comment--[^"]{8}":\{"thread":"[^"]*"\}/g, '')

/** What the commands do: the strategy takes changes, the proposal lets go of its own copies and follows. */
function accept(
  main: Y.Doc,
  branch: Y.Doc,
  choose: (changes: readonly Change[]) => readonly Change[],
): number {
  const before = state(main)
  const over = docOf(before)
  Y.applyUpdate(over, state(branch))
  let ids = new Set<string>()
  main.transact(() => {
    const chosen = choose(changesOf(main, over))
    ids = new Set(chosen.map(({ id }) => id))
    acceptChanges(chosen)
  })
  branch.transact(() => followAccepted(branch, before, state(main), ids))
  return ids.size
}

const SENTENCE =
  'They learn their food cost fourteen days after the month has closed, and by then it is spent.'

describe('changesOf', () => {
  it('sees one replaced word as one change, at its place', () => {
    const main = mainWith(paragraph('First.'), paragraph(SENTENCE))
    const branch = fork(main)
    put(branch, 1, 'fourteen', 'twelve')
    const [change, ...more] = changesOf(main, branch)
    expect(more).toEqual([])
    expect(change).toMatchObject({ kind: 'words', removed: 'fourteen', added: 'twelve', root: 'policy' })
    expect(change?.lead.endsWith('food cost ')).toBe(true)
    expect(change?.tail.startsWith(' days')).toBe(true)
  })

  it('keeps the id of a change while others write elsewhere, and gives another when it says something else', () => {
    const main = mainWith(paragraph('First.'), paragraph(SENTENCE))
    const branch = fork(main)
    put(branch, 1, 'fourteen', 'twelve')
    const before = changesOf(main, branch)[0]?.id
    textAt(main, 0).insert(0, 'Before all: ')
    textAt(main, 1).insert(0, 'Note: ')
    pull(branch, main)
    expect(changesOf(main, branch).map(({ id }) => id)).toEqual([before])
    put(branch, 1, 'twelve', 'ten')
    expect(changesOf(main, branch)[0]?.id).not.toBe(before)
  })

  it('tells two edits of one sentence together and those of two sentences apart', () => {
    const main = mainWith(paragraph('They learn it late. They pay for it at once.'))
    const branch = fork(main)
    put(branch, 0, 'learn', 'hear of')
    put(branch, 0, 'late', 'too late')
    put(branch, 0, 'pay', 'suffer')
    expect(changesOf(main, branch).map(({ added }) => added)).toEqual(['hear of it too ', 'suffer'])
  })

  it('tells fields and slots of items as such', () => {
    const main = mainWith(
      withAttrs({ id: itemIdOf(1), kind: 'positioning' }, node('item', part('whom', 'all chains'))),
      withAttrs({ id: itemIdOf(2), kind: 'gap', by: '2026-12-31' }, node('item', part('text', 'Too slow'))),
    )
    const branch = fork(main)
    put(branch, 0, 'all', 'small')
    const gap = branch.getXmlFragment('policy').get(1)
    if (gap instanceof Y.XmlElement) gap.setAttribute('by', '2026-09-30')
    expect(changesOf(main, branch)).toMatchObject([
      { kind: 'words', removed: 'all', added: 'small', item: { kind: 'positioning', part: 'whom' } },
      { kind: 'field', removed: '2026-12-31', added: '2026-09-30', item: { kind: 'gap', field: 'by' } },
    ])
  })

  it('is silent about comments and codes', () => {
    const main = mainWith(
      paragraph('Words'),
      withAttrs({ id: itemIdOf(2), kind: 'gap' }, node('item', part('text', 'Too slow'))),
    )
    const branch = fork(main)
    textAt(branch, 0).format(0, 5, { 'comment--12345678': { thread: THREAD } })
    const gap = branch.getXmlFragment('policy').get(1)
    if (gap instanceof Y.XmlElement) gap.setAttribute('code', 'G7')
    expect(changesOf(main, branch)).toEqual([])
  })

  it('tells a split paragraph as one change', () => {
    const main = mainWith(paragraph('One half of it and the other half of it.'))
    const branch = fork(main)
    put(branch, 0, ' and the other half of it.', '')
    const second = new Y.XmlElement('paragraph')
    second.insert(0, [new Y.XmlText('and the other half of it.')])
    branch.getXmlFragment('policy').insert(1, [second])
    expect(changesOf(main, branch)).toMatchObject([{ kind: 'rebuild' }])
    accept(main, branch, (all) => all)
    expect(main.getXmlFragment('policy').length).toBe(2)
    expect(changesOf(main, branch)).toEqual([])
  })
})

describe('accepting and rejecting', () => {
  it('takes one of three and leaves the others pending', () => {
    const main = mainWith(paragraph(SENTENCE), paragraph('The second.'))
    const branch = fork(main)
    put(branch, 0, 'fourteen', 'twelve')
    put(branch, 1, 'second', 'other')
    const third = new Y.XmlElement('paragraph')
    third.insert(0, [new Y.XmlText('A third one.')])
    branch.getXmlFragment('policy').push([third])
    accept(main, branch, (all) => all.filter(({ added }) => added === 'twelve'))
    expect(textAt(main, 0).toString()).toContain('twelve days')
    expect(textAt(main, 1).toString()).toBe('The second.')
    expect(main.getXmlFragment('policy').length).toBe(2)
    expect(textAt(branch, 0).toString()).toBe(textAt(main, 0).toString())
    expect(changesOf(main, branch).map(({ added }) => added)).toEqual(['other', 'A third one.'])
  })

  it('keeps what somebody writes into the same sentence meanwhile, and their thread', () => {
    const main = mainWith(
      paragraph(text('They learn it '), text('fourteen days', comment(THREAD)), text(' late.')),
    )
    const branch = fork(main)
    put(branch, 0, 'fourteen', 'twelve')
    const peer = docOf(state(main))
    peer.clientID = 9
    put(peer, 0, 'late', 'far too late')
    accept(main, branch, (all) => all)
    Y.applyUpdate(main, state(peer))
    Y.applyUpdate(peer, state(main))
    expect(
      textAt(main, 0)
        .toString()
        .replace(/<[^>]*>/g, ''),
    ).toBe('They learn it twelve days far too late.')
    expect(canonicalContent(peer)).toBe(canonicalContent(main))
    expect(canonicalContent(main)).toMatch(/"twelve days",\{"comment--/)
  })

  it('rejects a change without touching the strategy; what went comes back in the proposal', () => {
    const main = mainWith(paragraph(SENTENCE), paragraph('The second.'))
    const branch = fork(main)
    put(branch, 0, 'fourteen', 'twelve')
    branch.getXmlFragment('policy').delete(1, 1)
    const before = canonicalContent(main)
    branch.transact(() => rejectChanges(changesOf(main, branch)))
    expect(changesOf(main, branch)).toEqual([])
    expect(seen(branch)).toBe(seen(main))
    expect(canonicalContent(main)).toBe(before)
  })

  it('writes nothing into the strategy that its schema does not know', () => {
    const main = mainWith(paragraph('Words'))
    const branch = fork(main)
    const evil = new Y.XmlElement('script')
    evil.insert(0, [new Y.XmlText('alert(1)')])
    const linked = new Y.XmlElement('paragraph')
    linked.setAttribute('onclick', 'alert(2)')
    const words = new Y.XmlText()
    words.applyDelta([{ insert: 'press', attributes: { evil: {}, link: { href: 7 } } }])
    linked.insert(0, [words])
    branch.getXmlFragment('policy').push([evil, linked])
    branch.getMap('meta').set('secret', 'kept')
    accept(main, branch, (all) => all)
    const content = canonicalContent(main)
    expect(content).not.toMatch(/script|onclick|evil|secret/)
    expect(content).toContain('alert(1)')
    expect(content).toContain('press')
  })

  it('moves an item as a move, under its own id', () => {
    const item = (n: number, words: string) =>
      withAttrs({ id: itemIdOf(n), kind: 'pain', code: `P${n}` }, node('item', part('text', words)))
    const main = mainWith(item(1, 'The first pain'), paragraph('Between.'), item(2, 'The second pain'))
    const branch = fork(main)
    const root = branch.getXmlFragment('policy')
    const moved = root.get(2)
    if (!(moved instanceof Y.XmlElement)) throw new Error('an item')
    const copy = moved.clone()
    branch.transact(() => {
      root.delete(2, 1)
      root.insert(0, [copy])
    })
    const changes = changesOf(main, branch)
    expect(changes).toMatchObject([{ kind: 'move' }])
    accept(main, branch, (all) => all)
    expect(itemsOf(main).map(({ id, code }) => [id, code])).toEqual([
      [itemIdOf(2), 'P2'],
      [itemIdOf(1), 'P1'],
    ])
    expect(changesOf(main, branch)).toEqual([])
  })
})

type Random = ReturnType<typeof randomFrom>

/** An edit as an editor makes them, at a random place. */
function edit(doc: Y.Doc, random: Random, mark: string): void {
  const root = doc.getXmlFragment(random.pick(CHAPTERS))
  const block = root.length === 0 ? null : root.get(random.below(root.length))
  doc.transact(() => {
    const kind = random.below(12)
    if (!(block instanceof Y.XmlElement) || kind === 0) {
      const made = new Y.XmlElement('paragraph')
      made.insert(0, [new Y.XmlText(`New ${mark} line ${random.below(100)}. It says so.`)])
      root.insert(random.below(root.length + 1), [made])
      return
    }
    if (kind === 1) {
      root.delete(root.toArray().indexOf(block), 1)
      return
    }
    if (kind === 2 && block.nodeName === 'item') {
      const attribute = random.pick(['severity', 'frequency', 'unit', 'focus'])
      block.setAttribute(attribute, `${mark}${random.below(5)}`)
      return
    }
    if (kind === 3) {
      const made = new Y.XmlElement<Record<string, string>>('item')
      made.setAttribute('id', itemIdOf(100 + random.below(900)))
      made.setAttribute('kind', 'pain')
      const words = new Y.XmlElement('itemPart')
      words.setAttribute('name', 'text')
      words.insert(0, [new Y.XmlText(`A pain of ${mark}, number ${random.below(100)}`)])
      made.insert(0, [words as never])
      root.insert(random.below(root.length + 1), [made as never])
      return
    }
    let at: unknown = block
    while (at instanceof Y.XmlElement) at = at.length > 0 ? at.get(random.below(at.length)) : null
    if (!(at instanceof Y.XmlText)) return
    const { length } = at
    const place = random.below(length + 1)
    const some = Math.min(length - place, 1 + random.below(9))
    if (kind <= 7) at.insert(place, random.pick([` ${mark}word `, `${mark}.`, '增长', 'x ']))
    else if (kind <= 9 && some > 0) at.delete(place, some)
    else if (some > 0) at.format(place, some, { bold: random.below(2) === 0 ? {} : null })
  })
}

function opening(random: Random): Y.Doc {
  const doc = new Y.Doc()
  doc.clientID = 1
  let n = 1
  for (const chapter of CHAPTERS) {
    const blocks: NodeJson[] = []
    for (let i = 0; i < 3 + random.below(3); i++)
      blocks.push(
        random.below(3) === 0
          ? withAttrs(
              { id: itemIdOf(n++), kind: 'pain', severity: 'high' },
              node('item', part('title', `Pain ${n} of ${chapter}`), part('text', 'It hurts. 每天如此。')),
            )
          : paragraph(`Sentence one of ${chapter} ${i}. And a second one, which is longer than that.`),
      )
    fillRoot(doc.getXmlFragment(chapter), blocks)
  }
  return doc
}

describe('whatever happens', () => {
  it('a strategy takes exactly what is accepted, converges, and never holds what is not decided', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const random = randomFrom(seed)
      const main = opening(random)
      const branch = fork(main)
      const peer = docOf(state(main))
      peer.clientID = 9
      const sync = () => {
        Y.applyUpdate(main, state(peer))
        Y.applyUpdate(peer, state(main))
      }
      for (let round = 0; round < 4; round++) {
        for (let i = 0; i < 3; i++) edit(branch, random, 'Q')
        for (let i = 0; i < 2; i++) edit(peer, random, 'm')
        sync()
        pull(branch, main)
        const changes = changesOf(main, branch)
        expect(new Set(changes.map(({ id }) => id)).size).toBe(changes.length)
        const how = random.below(4)
        const before = canonicalContent(main)
        if (how === 0 && changes.length > 0) {
          const one = random.pick(changes)
          // Somebody types while it is being accepted.
          edit(peer, random, 'm')
          expect(accept(main, branch, (all) => all.filter(({ id }) => id === one.id))).toBe(1)
          expect(changesOf(main, branch).map(({ id }) => id)).not.toContain(one.id)
        } else if (how === 1 && changes.length > 0) {
          const one = random.pick(changes)
          branch.transact(() => rejectChanges([one]))
          expect(canonicalContent(main), `seed ${seed}: rejecting touches nothing`).toBe(before)
        } else if (how === 2) {
          const over = docOf(state(branch))
          accept(main, branch, (all) => all)
          expect(seen(main), `seed ${seed}: all of it is what the proposal says`).toBe(seen(over))
          expect(changesOf(main, branch), `seed ${seed}: nothing is left`).toEqual([])
        } else expect(canonicalContent(main)).toBe(before)
        sync()
        pull(branch, main)
        expect(canonicalContent(peer), `seed ${seed}: replicas agree`).toBe(canonicalContent(main))
      }
      heal(main, new Map())
      const ids = itemsOf(main).map(({ id }) => id)
      expect(new Set(ids).size).toBe(ids.length)
    }
  }, 60_000)

  it('accepting all of an undisturbed proposal is the same as merging it', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const random = randomFrom(1_000 + seed)
      const main = opening(random)
      const branch = fork(main)
      for (let i = 0; i < 8; i++) {
        edit(branch, random, 'Q')
        edit(main, random, 'm')
      }
      const merged = docOf(state(main))
      Y.applyUpdate(merged, state(branch))
      accept(main, branch, (all) => all)
      expect(seen(main), `seed ${seed}`).toBe(seen(merged))
    }
  }, 60_000)

  it('changes accepted one by one, in any order, end where all of them do', () => {
    for (let seed = 1; seed <= 25; seed++) {
      const random = randomFrom(5_000 + seed)
      const main = opening(random)
      const branch = fork(main)
      for (let i = 0; i < 7; i++) edit(branch, random, 'Q')
      const wanted = seen(docOf(state(branch)))
      for (let left = 30; left > 0; left--) {
        const changes = changesOf(main, branch)
        if (changes.length === 0) break
        const one = random.pick(changes)
        accept(main, branch, (all) => all.filter(({ id }) => id === one.id))
      }
      expect(changesOf(main, branch)).toEqual([])
      expect(seen(main), `seed ${seed}`).toBe(wanted)
    }
  }, 60_000)

  it('a proposal that was rejected whole has nothing to say, whatever is written afterwards', () => {
    for (let seed = 1; seed <= 25; seed++) {
      const random = randomFrom(9_000 + seed)
      const main = opening(random)
      const branch = fork(main)
      for (let i = 0; i < 8; i++) edit(branch, random, 'Q')
      branch.transact(() => rejectChanges(changesOf(main, branch)))
      for (let round = 0; round < 4; round++) {
        const base = state(main)
        for (let i = 0; i < 4; i++) edit(main, random, 'm')
        branch.transact(() => followMain(branch, state(main), base))
        expect(changesOf(main, branch), `seed ${seed}, round ${round}`).toEqual([])
      }
    }
  }, 60_000)
})
