import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { fillRoot } from '../fill'
import type { NodeJson } from '../json'
import { restoreDocument } from '../restore'
import { acceptChanges, rejectChanges } from '../suggest/apply'
import { docOf } from '../suggest/branch-over'
import { changesOf } from '../suggest/changes-of'
import { faultInDocument } from '../testing/inspect'
import { randomFrom } from '../testing/random'
import { node, paragraph, withAttrs } from '../testing/sample'
import { childrenOf, plainOf } from '../walk'
import { anchorsOf } from './anchors'
import { commentFormat } from './mark'

type Random = ReturnType<typeof randomFrom>

const WORDS = [
  'food',
  'cost',
  'kitchen',
  'order',
  'chain',
  '厨房',
  '成本',
  '每天',
  'waste',
  'site',
  'walk-in',
]
const sentence = (random: Random, n: number) =>
  Array.from({ length: 4 + random.below(9) }, () => `${random.pick(WORDS)}${n}`).join(' ')
const thread = (n: number) => `thr_${String(n).padStart(26, '0')}`

const heading = (words: string) => withAttrs({ level: 3 }, node('heading', words))
const copyOf = (doc: Y.Doc, client: number) => {
  const copy = docOf(Y.encodeStateAsUpdate(doc))
  copy.clientID = client
  return copy
}

/** Lines of a strategy and discussions on some of their words. */
function begun(random: Random): { doc: Y.Doc; threads: ReadonlySet<string> } {
  const doc = new Y.Doc()
  doc.clientID = 1
  const lines: NodeJson[] = Array.from({ length: 3 + random.below(5) }, (_, i) => {
    const words = sentence(random, i)
    return random.below(3) === 0 ? heading(words) : paragraph(words)
  })
  fillRoot(doc.getXmlFragment('policy'), lines)
  const threads = new Set<string>()
  for (const line of blocks(doc))
    for (let n = random.below(3); n > 0; n--) {
      const it = textOf(line)
      const from = random.below(it.length - 1)
      const id = thread(threads.size + 1)
      threads.add(id)
      it.format(from, 1 + random.below(it.length - from), commentFormat(id))
    }
  return { doc, threads }
}

const blocks = (doc: Y.Doc) =>
  childrenOf(doc.getXmlFragment('policy')).flatMap((child) => (child instanceof Y.XmlElement ? [child] : []))

function textOf(block: Y.XmlElement): Y.XmlText {
  const [first] = childrenOf(block)
  if (!(first instanceof Y.XmlText)) throw new Error('a text expected')
  return first
}

/** What an editor writes when a line is made another kind of line: another node with the same words and marks. */
function toggle(doc: Y.Doc, at: number): void {
  const root = doc.getXmlFragment('policy')
  const old = blocks(doc)[at]
  if (!old) return
  const made = new Y.XmlElement(old.nodeName === 'heading' ? 'paragraph' : 'heading')
  const words = textOf(old).toDelta()
  root.delete(at, 1)
  root.insert(at, [made])
  if (made.nodeName === 'heading') made.setAttribute('level', '3')
  const text = new Y.XmlText()
  made.insert(0, [text])
  text.applyDelta(words)
}

/** Enter in the middle of a line, between two words. */
function split(doc: Y.Doc, at: number, random: Random): void {
  const root = doc.getXmlFragment('policy')
  const old = blocks(doc)[at]
  if (!old) return
  const it = textOf(old)
  const place = plainOf(it).indexOf(' ', random.below(it.length >> 1)) + 1
  const rest: { insert: string; attributes?: object }[] = []
  let start = 0
  for (const op of it.toDelta()) {
    const cut = op.insert.slice(Math.max(0, place - start))
    start += op.insert.length
    if (cut !== '') rest.push({ ...op, insert: cut })
  }
  const made = new Y.XmlElement('paragraph')
  root.insert(at + 1, [made])
  const text = new Y.XmlText()
  made.insert(0, [text])
  text.applyDelta(rest)
  it.delete(place, it.length - place)
}

/** A line to another place. */
function move(doc: Y.Doc, from: number, to: number): void {
  const root = doc.getXmlFragment('policy')
  const old = blocks(doc)[from]
  if (!old || from === to) return
  const made = new Y.XmlElement(old.nodeName)
  for (const [name, value] of Object.entries(old.getAttributes())) made.setAttribute(name, `${value}`)
  const words = textOf(old).toDelta()
  root.delete(from, 1)
  root.insert(to, [made])
  const text = new Y.XmlText()
  made.insert(0, [text])
  text.applyDelta(words)
}

/** What each thread lies on, line ends apart. */
const quotes = (doc: Y.Doc) =>
  Object.fromEntries([...anchorsOf(doc).threads].map(([id, { quote }]) => [id, quote.replace(/\s+/g, '')]))
const words = (doc: Y.Doc) => blocks(doc).map((block) => plainOf(textOf(block)))

/** Every discussion has all its words. It may have more: words that replace argued ones are argued, too. */
function hold(doc: Y.Doc, said: Readonly<Record<string, string>>): void {
  const now = quotes(doc)
  for (const [id, quote] of Object.entries(said)) expect(now[id]).toContain(quote)
}

describe('discussions stay on their words', () => {
  const seeds = Array.from({ length: 80 }, (_, i) => i + 1)

  it.each(seeds)(
    'seed %i: when a version is restored in which lines were headings, or stood elsewhere',
    (seed) => {
      const random = randomFrom(seed)
      const { doc, threads } = begun(random)
      const version = copyOf(doc, 2)
      for (let n = 1 + random.below(4); n > 0; n--) {
        if (random.below(3) === 0)
          move(doc, random.below(blocks(doc).length), random.below(blocks(doc).length))
        else toggle(doc, random.below(blocks(doc).length))
      }
      // Discussions begun since then lie on words the version has, too.
      const late = thread(900)
      const line = random.pick(blocks(doc))
      textOf(line).format(2, 5, commentFormat(late))
      const said = quotes(doc)
      // Where the version has no marks at all they come from what is there now.
      for (const block of blocks(version))
        for (const id of threads)
          textOf(block).format(0, textOf(block).length, { [Object.keys(commentFormat(id))[0] ?? '']: null })
      doc.transact(() =>
        restoreDocument(doc, version, { threads: new Set([...threads, late]), held: new Set() }),
      )
      expect(words(doc)).toEqual(words(version))
      expect(blocks(doc).map(({ nodeName }) => nodeName)).toEqual(
        blocks(version).map(({ nodeName }) => nodeName),
      )
      hold(doc, said)
      expect(faultInDocument(doc)).toBeNull()
    },
  )

  it.each(seeds)('seed %i: when a proposal that turned, divided or moved their lines is accepted', (seed) => {
    const random = randomFrom(seed)
    const { doc } = begun(random)
    const branch = copyOf(doc, 50)
    const at = random.below(blocks(branch).length)
    const how = random.below(3)
    if (how === 0) toggle(branch, at)
    else if (how === 1) split(branch, at, random)
    else move(branch, at, random.below(blocks(branch).length))
    const said = quotes(doc)
    const before = words(doc)
    // Rejected in the branch, where the strategy's discussions are drawn too.
    const rejected = copyOf(branch, 51)
    rejected.transact(() => rejectChanges(changesOf(doc, rejected)))
    expect(words(rejected)).toEqual(before)
    hold(rejected, said)
    doc.transact(() => acceptChanges(changesOf(doc, branch)))
    expect(words(doc)).toEqual(words(branch))
    hold(doc, said)
    expect(faultInDocument(doc)).toBeNull()
  })

  it('also where words were written into the line that became a heading', () => {
    const doc = new Y.Doc()
    fillRoot(doc.getXmlFragment('policy'), [paragraph('Every kitchen gets a prep order each morning.')])
    const version = copyOf(doc, 2)
    toggle(version, 0)
    const [line] = blocks(version)
    if (!line) throw new Error('a line')
    textOf(line).insert(26, 'written ')
    const [now] = blocks(doc)
    if (!now) throw new Error('a line')
    textOf(now).format(6, 25, commentFormat(thread(1)))
    restoreDocument(doc, version, { threads: new Set([thread(1)]), held: new Set() })
    expect(blocks(doc).map(({ nodeName }) => nodeName)).toEqual(['heading'])
    expect(anchorsOf(doc).threads.get(thread(1))?.quote).toBe('kitchen gets a prep written order')
  })
})
