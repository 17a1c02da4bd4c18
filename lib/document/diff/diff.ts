import * as Y from 'yjs'
import type { Json } from '../json'
import { TEXT_ROOTS, type TextRoot } from '../roots'
import { align } from './align'
import {
  holdsText,
  type NameOf,
  type Origin,
  type PaperNode,
  readPaper,
  type ShownMark,
  type Stretch,
  wordsOf,
} from './read'
import { diffWords, type Span, sharedOf } from './words'

/** Words of one hand that stayed, came or went. */
export interface Run {
  readonly kind: 'same' | 'added' | 'removed'
  readonly text: string
  readonly marks: readonly ShownMark[]
  /** Which character to ask about: who wrote what came, who took away what went. */
  readonly at: Origin | null
  /**
   * The other side of the same change, asked about when nobody knows of this one: "site" went only in so far as
   * somebody wrote an "s" behind it.
   */
  readonly beside: Origin | null
  /** The same words, looking otherwise than before. */
  readonly restyled: boolean
}

export interface AttrChange {
  readonly name: string
  readonly before: Json
  readonly after: Json
}

export type Change =
  | { readonly kind: 'same'; readonly before: PaperNode; readonly after: PaperNode }
  | { readonly kind: 'added'; readonly after: PaperNode; readonly moved: boolean }
  | { readonly kind: 'removed'; readonly before: PaperNode; readonly moved: boolean }
  | {
      readonly kind: 'changed'
      readonly before: PaperNode
      readonly after: PaperNode
      readonly attrs: readonly AttrChange[]
      /** For nodes that hold words. */
      readonly runs: readonly Run[]
      /** For nodes that hold blocks. */
      readonly children: readonly Change[]
    }

export interface ChapterDiff {
  readonly root: TextRoot
  readonly changes: readonly Change[]
}

/** What is different between two states of a strategy, in reading order. */
export interface Diff {
  readonly chapters: readonly ChapterDiff[]
}

/**
 * Compares two documents. They need not have a common past: where they have, a paragraph is known by its place in
 * Yjs as well as by its words. Neither is changed.
 */
export function diffStrategies(before: Y.Doc, after: Y.Doc): Diff {
  return diffStates(readState(before), readState(after))
}

/** A state read off a document, which may go on changing afterwards. */
export interface PaperState {
  readonly chapters: Readonly<Record<TextRoot, readonly PaperNode[]>>
  /** How far each client had written. */
  readonly vector: ReadonlyMap<number, number>
}

/** @param nameOf for two states without a common past: see `readPaper` */
export function readState(doc: Y.Doc, nameOf: NameOf | null = null): PaperState {
  const of = (root: TextRoot) => readPaper(doc.getXmlFragment(root), nameOf)
  return {
    chapters: {
      preface: of('preface'),
      situation: of('situation'),
      difficulties: of('difficulties'),
      policy: of('policy'),
      activities: of('activities'),
    },
    vector: Y.decodeStateVector(Y.encodeStateVector(doc)),
  }
}

export function diffStates(before: PaperState, after: PaperState): Diff {
  const past = {
    isNew: ({ client, clock }: Origin) => clock >= (before.vector.get(client) ?? 0),
    shared: [...before.vector.keys()].some((client) => after.vector.has(client)),
  }
  const chapters = TEXT_ROOTS.map((root) => ({
    root,
    changes: diffNodes(before.chapters[root], after.chapters[root], past),
  }))
  return { chapters: markMoves(chapters) }
}

type IsNew = (at: Origin) => boolean

/** What two states have in common besides their words. */
interface Past {
  /** Whether a character came after the first state. */
  readonly isNew: IsNew
  /** One grew out of the other: two items are then only the same when their ids are. */
  readonly shared: boolean
}

export function diffNodes(before: readonly PaperNode[], after: readonly PaperNode[], past: Past): Change[] {
  return align(before, after, past.shared).map(({ before: one, after: other }): Change => {
    if (one && other) {
      if (one.key === other.key) return { kind: 'same', before: one, after: other }
      return changed(one, other, past)
    }
    if (other) return { kind: 'added', after: other, moved: false }
    if (one) return { kind: 'removed', before: one, moved: false }
    throw new Error('assertion failed: a pair has a side')
  })
}

function changed(before: PaperNode, after: PaperNode, past: Past): Change {
  const attrs = attrsOf(before, after)
  if (holdsText(before.name) && holdsText(after.name))
    return {
      kind: 'changed',
      before,
      after,
      attrs,
      runs: runsOf(before.text, after.text, past.isNew),
      children: [],
    }
  return {
    kind: 'changed',
    before,
    after,
    attrs,
    runs: [],
    children: diffNodes(before.children, after.children, past),
  }
}

function attrsOf(before: PaperNode, after: PaperNode): AttrChange[] {
  const changes: AttrChange[] = []
  if (before.name !== after.name) changes.push({ name: 'node', before: before.name, after: after.name })
  for (const name of new Set([...Object.keys(before.attrs), ...Object.keys(after.attrs)])) {
    const one = before.attrs[name] ?? null
    const other = after.attrs[name] ?? null
    if (JSON.stringify(one) !== JSON.stringify(other)) changes.push({ name, before: one, after: other })
  }
  return changes
}

/** Paragraphs with less than this in common are shown as one that went and one that came. */
const REWRITTEN = 0.15

function runsOf(before: readonly Stretch[], after: readonly Stretch[], isNew: IsNew): Run[] {
  const one = textOf(before)
  const other = textOf(after)
  let spans: readonly Span[] = diffWords(one, other)
  if (sharedOf(spans, one, other) < REWRITTEN)
    spans = [
      { kind: 'removed', before: [0, one.length], after: [0, 0] },
      { kind: 'added', before: [one.length, one.length], after: [0, other.length] },
    ]
  const runs: Run[] = []
  const old = new Cutter(before)
  const fresh = new Cutter(after)
  for (const span of spans) {
    if (span.kind === 'removed') {
      for (const cut of old.cut(...span.before))
        runs.push({ kind: 'removed', ...shown(cut), beside: null, restyled: false })
    } else if (span.kind === 'added') {
      runs.push(...addedRuns(fresh.cut(...span.after), isNew))
    } else {
      // Cut on both sides, so that each piece has one look before and one after.
      const [from] = span.before
      const looks = new Cutter(before)
      for (const cut of fresh.cut(...span.after)) {
        let at = from + (cut.from - span.after[0])
        let text = cut.text
        for (const was of looks.cut(at, at + text.length)) {
          const piece = text.slice(0, was.text.length)
          runs.push({
            kind: 'same',
            text: piece,
            marks: cut.marks,
            at: cut.at,
            beside: null,
            restyled: was.look !== cut.look,
          })
          text = text.slice(was.text.length)
          at += was.text.length
        }
      }
    }
  }
  return joinRuns(besides(runs.filter((run) => run.text !== '')))
}

function besides(runs: readonly Run[]): Run[] {
  return runs.map((run, i) => {
    if (run.kind === 'same') return run
    const other = run.kind === 'removed' ? 'added' : 'removed'
    // What went stands before what came.
    const step = run.kind === 'removed' ? 1 : -1
    for (let at = i + step; runs[at] && runs[at]?.kind !== 'same'; at += step) {
      const near = runs[at]
      if (near?.kind === other && near.at) return { ...run, beside: near.at }
    }
    return run
  })
}

function shown({ text, marks, at }: Cut): Pick<Run, 'text' | 'marks' | 'at'> {
  return { text, marks, at }
}

/**
 * In a word that came there may be letters that stood there before ("site" became "sites"): the word is the one's who
 * wrote the new letters.
 */
function addedRuns(cuts: readonly Cut[], isNew: IsNew): Run[] {
  return cuts.map((cut, i) => {
    let { at } = cut
    if (at && !isNew(at)) {
      at = null
      for (const near of [cut, ...cuts.slice(0, i).reverse(), ...cuts.slice(i + 1)]) at ??= newIn(near, isNew)
    }
    return { kind: 'added', text: cut.text, marks: cut.marks, at, beside: null, restyled: false }
  })
}

/**
 * A letter of a cut that came after the first state. Whoever goes on behind their own words of before writes into the same
 * stretch: it may begin with an old letter and end with a new one.
 */
function newIn({ at, text }: Cut, isNew: IsNew): Origin | null {
  if (!at || isNew(at)) return at
  const last = { client: at.client, clock: at.clock + text.length - 1 }
  return isNew(last) ? last : null
}

interface Cut extends Stretch {
  readonly from: number
}

/** Cuts pieces out of stretches by ranges of the whole text, which come in order. */
class Cutter {
  private index = 0
  private start = 0

  constructor(private readonly stretches: readonly Stretch[]) {}

  cut(from: number, to: number): Cut[] {
    const cuts: Cut[] = []
    if (from < this.start) {
      this.index = 0
      this.start = 0
    }
    for (;;) {
      const stretch = this.stretches[this.index]
      if (!stretch || this.start >= to) break
      const end = this.start + stretch.text.length
      const a = Math.max(from, this.start)
      const b = Math.min(to, end)
      if (a < b) {
        const at = stretch.at && {
          client: stretch.at.client,
          clock: stretch.at.clock + (a - this.start),
        }
        cuts.push({ ...stretch, text: stretch.text.slice(a - this.start, b - this.start), at, from: a })
      }
      if (end > to) break
      this.start = end
      this.index += 1
    }
    return cuts
  }
}

function textOf(stretches: readonly Stretch[]): string {
  return stretches.map((stretch) => stretch.text).join('')
}

/** One client's letters next to each other, in one look, as one run. */
function joinRuns(runs: readonly Run[]): Run[] {
  const out: Run[] = []
  for (const run of runs) {
    const last = out.at(-1)
    const together =
      last !== undefined &&
      last.kind === run.kind &&
      last.restyled === run.restyled &&
      sameMarks(last.marks, run.marks) &&
      (run.kind === 'same' || last.at?.client === run.at?.client)
    if (last && together) out[out.length - 1] = { ...last, text: last.text + run.text }
    else out.push(run)
  }
  return out
}

function sameMarks(one: readonly ShownMark[], other: readonly ShownMark[]): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other)
}

/** Shorter texts are alike by chance. */
const MOVED_FROM = 24

/** What a block is known by in another place; null: too little to be known by. */
export function movedName(node: PaperNode): string | null {
  if (node.name === 'item' && typeof node.attrs.id === 'string') return node.attrs.id
  return wordsOf(node).length >= MOVED_FROM ? node.key : null
}

/** What went in one place and came, word for word, in another was moved. */
function markMoves(chapters: readonly ChapterDiff[]): ChapterDiff[] {
  const name = movedName
  const went = new Map<string, number>()
  const came = new Map<string, number>()
  const count = (map: Map<string, number>, node: PaperNode) => {
    const key = name(node)
    if (key !== null) map.set(key, (map.get(key) ?? 0) + 1)
  }
  for (const { changes } of chapters)
    for (const change of changes) {
      if (change.kind === 'removed') count(went, change.before)
      if (change.kind === 'added') count(came, change.after)
    }
  const isMoved = (node: PaperNode) => {
    const key = name(node)
    return key !== null && went.has(key) && came.has(key)
  }
  return chapters.map(({ root, changes }) => ({
    root,
    changes: changes.map((change): Change => {
      if (change.kind === 'removed' && isMoved(change.before)) return { ...change, moved: true }
      if (change.kind === 'added' && isMoved(change.after)) return { ...change, moved: true }
      return change
    }),
  }))
}
