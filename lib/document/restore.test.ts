import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { contentHash } from './content-hash'
import { changeName } from './diff/change-name'
import { diffStrategies } from './diff/diff'
import { readPaper, wordsOf } from './diff/read'
import type { NodeJson } from './json'
import { markKey } from './mark-names'
import { heldBlocks, putBack, restoreDocument } from './restore'
import { TEXT_ROOTS } from './roots'
import { faultInDocument } from './testing/inspect'
import { randomFrom } from './testing/random'
import { documentWith, EVERYTHING, node, paragraph, text, withAttrs } from './testing/sample'
import { childrenOf, plainOf } from './walk'

const all = new Set<string>()
const free = { threads: all, held: new Set() }

function copyOf(doc: Y.Doc, client?: number): Y.Doc {
  const copy = new Y.Doc()
  if (client !== undefined) copy.clientID = client
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  return copy
}

const keysOf = (doc: Y.Doc) =>
  TEXT_ROOTS.map((root) => readPaper(doc.getXmlFragment(root)).map(({ key }) => key))

function textsIn(doc: Y.Doc): Y.XmlText[] {
  const texts: Y.XmlText[] = []
  for (const root of TEXT_ROOTS) {
    const open = childrenOf(doc.getXmlFragment(root)).reverse()
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (next instanceof Y.XmlText) texts.push(next)
      else open.push(...childrenOf(next).reverse())
    }
  }
  return texts
}

const THREAD = `thr_${'a'.repeat(26)}`
const GONE = `thr_${'b'.repeat(26)}`
const comment = (thread: string) => ({ [markKey('comment', { thread })]: { thread } })
const itemId = (n: number) => `itm_${String(n).padStart(26, '0')}`

function item(n: number, words: string, more: Record<string, string> = {}): NodeJson {
  return withAttrs(
    { id: itemId(n), kind: 'pain', code: `P${n}`, ...more },
    node(
      'item',
      withAttrs({ name: 'title' }, node('itemPart', words)),
      withAttrs({ name: 'text' }, node('itemPart', `${words} at length`)),
    ),
  )
}

describe('restoring', () => {
  it('touches nothing where nothing differs', () => {
    const { doc } = documentWith(EVERYTHING)
    const before = Y.encodeStateVector(doc)
    let updates = 0
    doc.on('update', () => {
      updates += 1
    })
    expect(restoreDocument(doc, copyOf(doc), free)).toEqual([])
    expect(updates).toBe(0)
    expect(Y.encodeStateVector(doc)).toEqual(before)
  })

  it('brings back one of everything after all of it was deleted', () => {
    const { doc, root } = documentWith(EVERYTHING)
    const version = copyOf(doc)
    const threads = new Set(
      JSON.stringify(textsIn(doc).map((one) => one.toDelta())).match(/thr_[0-9a-z]{26}/g) ?? [],
    )
    expect(threads.size).toBeGreaterThan(0)
    root.delete(0, root.length)
    restoreDocument(doc, version, { ...free, threads })
    expect(contentHash(doc)).toBe(contentHash(version))
    expect(faultInDocument(doc)).toBeNull()
  })

  it('writes only the words that differ, so that what is typed beside them meanwhile stays', () => {
    const { doc, root } = documentWith([
      paragraph('Food cost is known fourteen days late.'),
      paragraph('Same.'),
    ])
    const version = copyOf(doc)
    const texts = textsIn(doc)
    texts[0]?.delete(19, 8)
    texts[0]?.insert(19, 'twelve')
    const colleague = copyOf(doc, 77)
    textsIn(colleague)[0]?.insert(0, 'TYPED ')
    const same = childrenOf(root)[1]
    doc.transact(() => restoreDocument(doc, version, free))
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(colleague))
    expect(plainOf(textsIn(doc)[0] ?? new Y.XmlText())).toBe('TYPED Food cost is known fourteen days late.')
    expect(childrenOf(root)[1]).toBe(same)
  })

  it('leaves comments on words that stay, brings them back with words that return, and drops those of threads that are gone', () => {
    const { doc, root } = documentWith([
      paragraph('Commented words stay here.'),
      paragraph('These return with their thread.'),
    ])
    textsIn(doc)[1]?.format(0, 5, { ...comment(THREAD), ...comment(GONE) })
    const version = copyOf(doc)
    root.delete(1, 1)
    textsIn(doc)[0]?.insert(10, 'new ')
    textsIn(doc)[0]?.format(0, 9, comment(THREAD))
    restoreDocument(doc, version, { threads: new Set([THREAD]), held: new Set() })
    const [first, second] = textsIn(doc).map((one) => one.toDelta())
    expect(first).toEqual([
      { insert: 'Commented', attributes: comment(THREAD) },
      { insert: ' words stay here.' },
    ])
    expect(second).toEqual([
      { insert: 'These', attributes: comment(THREAD) },
      { insert: ' return with their thread.' },
    ])
  })

  it('keeps the block somebody stands in, and says so', () => {
    const { doc, root } = documentWith([paragraph('First.')])
    const version = copyOf(doc)
    root.insert(1, [new Y.XmlElement('paragraph')])
    const fresh = childrenOf(root)[1]
    if (!(fresh instanceof Y.XmlElement)) throw new Error('a paragraph')
    fresh.insert(0, [new Y.XmlText('Being written')])
    const [, inside] = textsIn(doc)
    if (!inside) throw new Error('a text')
    const caret = Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(inside, 3))
    const held = heldBlocks(doc, [caret, null, 'nonsense', { type: { client: 1, clock: 999 } }], [])
    expect(restoreDocument(doc, version, { threads: all, held })).toEqual([
      { root: 'situation', words: 'Being written' },
    ])
    expect(textsIn(doc).map(plainOf)).toEqual(['First.', 'Being written'])
  })

  it('keeps what was written, or taken out, in the last seconds', () => {
    const { doc } = documentWith([
      paragraph('One two three.'),
      paragraph('Four five six.'),
      paragraph('Seven.'),
    ])
    const version = copyOf(doc)
    const recent: Uint8Array[] = []
    const texts = textsIn(doc)
    texts[2]?.insert(0, 'Older. ')
    doc.on('update', (update: Uint8Array) => recent.push(update))
    texts[0]?.insert(4, 'new ')
    texts[1]?.delete(5, 5)
    const kept = restoreDocument(doc, version, { threads: all, held: heldBlocks(doc, [], recent) })
    expect(kept.map(({ words }) => words)).toEqual(['One new two three.', 'Four six.'])
    expect(textsIn(doc).map(plainOf)).toEqual(['One new two three.', 'Four six.', 'Seven.'])
  })

  it('restores fields and parts of an item in place, and never two of one id', () => {
    const { doc, root } = documentWith([item(1, 'Slow close'), paragraph('Between.'), item(2, 'Another')])
    const version = copyOf(doc)
    const first = childrenOf(root)[0]
    if (!(first instanceof Y.XmlElement)) throw new Error('an item')
    first.setAttribute('severity', 'high')
    textsIn(doc)[0]?.insert(0, 'Very ')
    restoreDocument(doc, version, free)
    expect(childrenOf(root)[0]).toBe(first)
    expect(contentHash(doc)).toBe(contentHash(version))

    // Moved to another chapter, where somebody is in it now: it stays there, once.
    root.delete(0, 1)
    const policy = doc.getXmlFragment('policy')
    const moved = new Y.XmlElement('item')
    policy.insert(0, [moved])
    moved.setAttribute('id', itemId(1))
    const part = new Y.XmlElement('itemPart')
    part.setAttribute('name', 'title')
    moved.insert(0, [part])
    part.insert(0, [new Y.XmlText('Slow close, moved')])
    const inside = childrenOf(part)[0]
    if (!(inside instanceof Y.XmlText)) throw new Error('a text')
    const caret = Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(inside, 1))
    const kept = restoreDocument(doc, version, { threads: all, held: heldBlocks(doc, [caret], []) })
    expect(kept.length).toBeGreaterThan(0)
    expect(policy.length).toBe(1)
    const ids = TEXT_ROOTS.flatMap((name) => readPaper(doc.getXmlFragment(name))).flatMap(
      ({ attrs }) => attrs.id ?? [],
    )
    expect(ids.sort()).toEqual([itemId(1), itemId(2)])
  })

  it('brings back nothing a raw write had smuggled into the version', () => {
    const { doc, root } = documentWith([paragraph('Good.')])
    const evil = new Y.XmlElement('script')
    evil.insert(0, [new Y.XmlText('alert(1)')])
    const line = new Y.XmlElement('paragraph')
    const words = new Y.XmlText()
    words.applyDelta([
      { insert: 'click', attributes: { link: { href: 'javascript:alert(1)' }, sparkle: {} } },
    ])
    line.insert(0, [words])
    root.insert(1, [evil, line])
    const version = copyOf(doc)
    root.delete(0, root.length)
    restoreDocument(doc, version, free)
    expect(faultInDocument(doc)).toBeNull()
    expect(textsIn(doc).map(plainOf)).toEqual(['Good.', 'alert(1)', 'click'])
    expect(
      textsIn(doc)
        .flatMap((one) => one.toDelta())
        .some(({ attributes }) => attributes && 'sparkle' in attributes),
    ).toBe(false)
  })
})

describe('restoring while others write (random)', () => {
  const WORDS = ['food', 'cost', 'kitchen', 'order', 'chain', '厨房', '成本', '每天', 'waste', 'site']
  type Random = ReturnType<typeof randomFrom>

  const sentence = (random: Random) =>
    Array.from({ length: 2 + random.below(8) }, () => random.pick(WORDS)).join(' ')
  const block = (random: Random, n: number): NodeJson => {
    switch (random.below(6)) {
      case 0:
        return withAttrs({ level: 3 }, node('heading', sentence(random)))
      case 1:
        return node(
          'bulletList',
          ...Array.from({ length: 1 + random.below(3) }, () => node('listItem', paragraph(sentence(random)))),
        )
      case 2:
        return item(n, sentence(random))
      case 3:
        return paragraph(sentence(random), { type: 'hardBreak' }, text(sentence(random), 'bold'))
      default:
        return paragraph(sentence(random))
    }
  }

  /** One thing a person might do, written straight into Yjs. */
  function edit(doc: Y.Doc, random: Random, n: number): void {
    const root = doc.getXmlFragment(random.pick(['situation', 'policy']))
    const texts = textsIn(doc)
    switch (random.below(6)) {
      case 0: {
        const source = documentWith([block(random, 1000 + n)], 'situation', 900_000 + n).root
        const made = childrenOf(source)[0]
        if (made instanceof Y.XmlElement) root.insert(random.below(root.length + 1), [made.clone()])
        return
      }
      case 1:
        if (root.length > 0) root.delete(random.below(root.length), 1)
        return
      default: {
        if (texts.length === 0) return
        const one = random.pick(texts)
        const at = random.below(one.length + 1)
        const kind = random.below(4)
        if (kind === 0 && one.length > 2) one.delete(0, 1 + random.below(one.length - 1))
        else if (kind === 1) one.format(0, one.length, { bold: random.below(2) === 0 ? {} : null })
        else one.insert(at, ` ${random.pick(WORDS)} `)
      }
    }
  }

  const seeds = Array.from({ length: 120 }, (_, i) => i + 1)

  it.each(seeds)('seed %i: converged, the version is back, nothing typed is lost', (seed) => {
    const random = randomFrom(seed)
    const live = new Y.Doc()
    live.clientID = 1
    const one = documentWith(
      Array.from({ length: 3 + random.below(8) }, (_, i) => block(random, i)),
      'situation',
      2,
    )
    Y.applyUpdate(live, Y.encodeStateAsUpdate(one.doc))
    const two = documentWith(
      Array.from({ length: random.below(6) }, (_, i) => block(random, 100 + i)),
      'policy',
      3,
    )
    Y.applyUpdate(live, Y.encodeStateAsUpdate(two.doc))
    const version = copyOf(live)
    for (let i = 0; i < 2 + random.below(20); i++) edit(live, random, i)

    // Colleagues, each with a caret in some text, type while the restore is under way.
    const people = Array.from({ length: random.below(4) }, (_, i) => copyOf(live, 100 + i))
    const tokens: string[] = []
    const carets: unknown[] = []
    for (const [i, doc] of people.entries()) {
      const texts = textsIn(doc)
      if (texts.length === 0) continue
      const one = random.pick(texts)
      carets.push(
        Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(one, random.below(one.length + 1))),
      )
      for (let n = 0; n < 3; n++) {
        const token = `<${i}.${n}>`
        tokens.push(token)
        one.insert(random.below(one.length + 1) && one.length, token)
      }
    }

    const held = heldBlocks(live, carets, [])
    const kept = live.transact(() => restoreDocument(live, version, { threads: all, held }))
    const result = keysOf(live)

    // Where nobody stood, the version is back: block by block, in its order, and nothing else beside what was kept.
    const wanted = keysOf(version)
    if (kept.length === 0) expect(result).toEqual(wanted)
    TEXT_ROOTS.forEach((root, i) => {
      const nodes = readPaper(live.getXmlFragment(root))
      const unheld = nodes.filter(({ source }) => !held.has(source)).map(({ key }) => key)
      let at = 0
      for (const key of wanted[i] ?? []) if (unheld[at] === key) at += 1
      expect(at).toBe(unheld.length)
      expect((wanted[i]?.length ?? 0) - at).toBeLessThanOrEqual(nodes.length - unheld.length)
    })
    // A second click finds nothing to do.
    const before = Y.encodeStateVector(live)
    restoreDocument(live, version, { threads: all, held })
    expect(Y.encodeStateVector(live)).toEqual(before)

    for (let round = 0; round < 2; round++)
      for (const doc of people) {
        Y.applyUpdate(live, Y.encodeStateAsUpdate(doc))
        Y.applyUpdate(doc, Y.encodeStateAsUpdate(live))
      }
    for (const doc of people) expect(contentHash(doc)).toBe(contentHash(live))
    const said = TEXT_ROOTS.flatMap((root) => readPaper(live.getXmlFragment(root)).map(wordsOf)).join('\n')
    for (const token of tokens) expect(said).toContain(token)
    expect(faultInDocument(live)).toBeNull()
  })

  it.each(seeds)('seed %i: putting back some changes leaves all others as they are', (seed) => {
    const random = randomFrom(seed)
    const live = documentWith(Array.from({ length: 3 + random.below(8) }, (_, i) => block(random, i))).doc
    const version = copyOf(live)
    for (let i = 0; i < 2 + random.below(12); i++) edit(live, random, i)
    const named = (doc: Y.Doc) =>
      diffStrategies(version, doc).chapters.flatMap(({ root, changes }) =>
        changes.flatMap((change) =>
          change.kind === 'same' ? [] : [{ name: changeName(root, change), change }],
        ),
      )
    const all = named(live)
    const chosen = new Set(all.filter(() => random.below(2) === 0).map(({ name }) => name))
    const moves = all.some(({ change }) => 'moved' in change && change.moved)
    const { found, kept } = live.transact(() => putBack(live, version, chosen, free))
    expect(kept).toEqual([])
    expect(found).toBeGreaterThanOrEqual(chosen.size)
    expect(faultInDocument(live)).toBeNull()
    // What was not chosen still stands as it did. (Two ends of a move belong together; ids tell moved items apart.)
    const keys = (list: typeof all) =>
      list.flatMap(({ change }) => ('after' in change ? change.after.key : [])).sort()
    const left = named(live)
    if (!moves) expect(keys(left)).toEqual(keys(all.filter(({ name }) => !chosen.has(name))))
    // The same button pressed twice: nothing of these names is left to put back.
    expect(left.some(({ name }) => chosen.has(name))).toBe(false)
    live.transact(() => putBack(live, version, new Set(named(live).map(({ name }) => name)), free))
    expect(keysOf(live)).toEqual(keysOf(version))
  })
})

describe('putting back one change', () => {
  it('passes over what says something else by now, and leaves alone what somebody writes in', () => {
    const { doc } = documentWith([
      paragraph('Food cost is known fourteen days late.'),
      paragraph('Wages rose.'),
    ])
    const version = copyOf(doc)
    const [cost, wages] = textsIn(doc)
    if (!cost || !wages) throw new Error('two texts')
    cost.delete(19, 8)
    cost.insert(19, 'twelve')
    wages.insert(11, ' Twice.')
    const [first, second] = diffStrategies(version, doc).chapters.flatMap(({ root, changes }) =>
      changes.flatMap((change) => (change.kind === 'same' ? [] : [changeName(root, change)])),
    )
    if (!first || !second) throw new Error('two changes')
    wages.insert(0, 'All ')
    expect(putBack(doc, version, new Set([second]), free)).toEqual({ found: 0, kept: [] })
    expect(plainOf(wages)).toBe('All Wages rose. Twice.')
    const caret = Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(cost, 3))
    const held = heldBlocks(doc, [caret], [])
    expect(putBack(doc, version, new Set([first]), { threads: all, held })).toMatchObject({
      found: 1,
      kept: [{}],
    })
    expect(putBack(doc, version, new Set([first]), free)).toEqual({ found: 1, kept: [] })
    expect(plainOf(cost)).toBe('Food cost is known fourteen days late.')
    expect(plainOf(wages)).toBe('All Wages rose. Twice.')
  })

  it('brings both ends of a move back', () => {
    const { doc, root } = documentWith([item(1, 'Slow close'), paragraph('Between.'), item(2, 'Another')])
    const version = copyOf(doc)
    const policy = doc.getXmlFragment('policy')
    const source = childrenOf(root)[0]
    if (!(source instanceof Y.XmlElement)) throw new Error('an item')
    const moved = source.clone()
    root.delete(0, 1)
    policy.insert(0, [moved])
    const came = diffStrategies(version, doc).chapters.flatMap(({ root, changes }) =>
      changes.flatMap((change) => (change.kind === 'added' ? [changeName(root, change)] : [])),
    )
    expect(putBack(doc, version, new Set(came), free)).toEqual({ found: 2, kept: [] })
    expect(keysOf(doc)).toEqual(keysOf(version))
  })
})
