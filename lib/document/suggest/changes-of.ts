import { digest } from 'lib0/hash/sha256'
import * as Y from 'yjs'
import { type Change as Difference, diffStrategies, type Run } from '../diff/diff'
import { holdsText, type Origin, type PaperNode, wordsOf } from '../diff/read'
import type { Json } from '../json'
import type { TextRoot } from '../roots'

/** A range of UTF-16 units in the words of one block. */
export type Range = readonly [from: number, to: number]

/** Where a block stands: what it lies in, and the nearest block before it that stands in that document. */
export interface Place {
  readonly parent: Y.XmlFragment
  readonly after: PaperNode | null
}

/** The smallest piece of a change. `before` is the strategy's side, `after` the proposal's. */
export type Part =
  | {
      readonly kind: 'words'
      readonly before: PaperNode
      readonly after: PaperNode
      readonly was: Range
      readonly is: Range
    }
  | {
      readonly kind: 'look'
      readonly before: PaperNode
      readonly after: PaperNode
      readonly was: Range
      readonly is: Range
    }
  | {
      readonly kind: 'attribute'
      readonly before: PaperNode
      readonly after: PaperNode
      readonly name: string
    }
  /** A block the proposal brings. `place` is where it goes in the strategy. */
  | {
      readonly kind: 'in'
      readonly after: PaperNode
      readonly place: Place
      readonly holder: Y.XmlFragment
    }
  /** A block the proposal takes away. `place` is where it goes back in the proposal. */
  | {
      readonly kind: 'out'
      readonly before: PaperNode
      readonly place: Place
      readonly holder: Y.XmlFragment
    }

export type ChangeKind = 'words' | 'look' | 'field' | 'block_in' | 'block_out' | 'move' | 'rebuild'

/** One thing a proposal would change: what is decided as a whole. */
export interface Change {
  /** The same as long as it would do the same at the same place. */
  readonly id: string
  readonly root: TextRoot
  readonly kind: ChangeKind
  readonly removed: string
  readonly added: string
  /** The words around it in its block, as the strategy has them. */
  readonly lead: string
  readonly tail: string
  readonly item: { readonly kind: string; readonly part: string | null; readonly field: string | null } | null
  readonly parts: readonly Part[]
}

/** Between two edits of one sentence no more than this stays the same, or they are two changes. UTF-16 units. */
const NEAR = 28
const SENTENCE_END = /[.!?。！？；;\n]/
/** Nobody suggests these; they follow from something else or are given out by the server. */
const SILENT = new Set(['id', 'code', 'agreed'])
const AROUND = 48

/** What a proposal would change, in reading order. `branch` must hold everything `main` does (see `branchOver`). */
export function changesOf(main: Y.Doc, branch: Y.Doc): Change[] {
  const changes: Draft[] = []
  for (const { root, changes: differences } of diffStrategies(main, branch).chapters) {
    const walk = new Walk(root)
    walk.blocks(differences, main.getXmlFragment(root), branch.getXmlFragment(root), null)
    changes.push(...joinSplits(walk.found))
  }
  return named(joinMoves(changes))
}

type Draft = Omit<Change, 'id'> & { readonly anchor: string }

class Walk {
  readonly found: Draft[] = []

  constructor(private readonly root: TextRoot) {}

  blocks(
    differences: readonly Difference[],
    main: Y.XmlFragment,
    branch: Y.XmlFragment,
    item: PaperNode | null,
  ): void {
    let mainLast: PaperNode | null = null
    let branchLast: PaperNode | null = null
    for (const one of differences) {
      if (one.kind === 'added') {
        this.add(
          one.moved ? 'move' : 'block_in',
          one.after,
          item,
          '',
          wordsOf(one.after),
          [
            {
              kind: 'in',
              after: one.after,
              place: { parent: main, after: mainLast },
              holder: branch,
            },
          ],
          `${idOf(mainLast)}/${one.after.key}`,
        )
        branchLast = one.after
        continue
      }
      if (one.kind === 'removed') {
        this.add(
          one.moved ? 'move' : 'block_out',
          one.before,
          item,
          wordsOf(one.before),
          '',
          [
            {
              kind: 'out',
              before: one.before,
              place: { parent: branch, after: branchLast },
              holder: main,
            },
          ],
          idOf(one.before),
        )
        mainLast = one.before
        continue
      }
      if (one.kind === 'changed') {
        if (one.before.name !== one.after.name)
          // A node of Yjs cannot change its name: a heading that was a paragraph is another node.
          this.add(
            'rebuild',
            one.after,
            item,
            wordsOf(one.before),
            wordsOf(one.after),
            [
              {
                kind: 'in',
                after: one.after,
                place: { parent: main, after: one.before },
                holder: branch,
              },
              {
                kind: 'out',
                before: one.before,
                place: { parent: branch, after: one.after },
                holder: main,
              },
            ],
            `${idOf(one.before)}>${one.after.name}`,
          )
        else this.changed(one, item)
      }
      mainLast = one.before
      branchLast = one.after
    }
  }

  private changed(one: Extract<Difference, { kind: 'changed' }>, item: PaperNode | null): void {
    const { before, after } = one
    const within = before.name === 'item' ? before : item
    for (const { name, before: was, after: is } of one.attrs) {
      if (before.name === 'item' && SILENT.has(name)) continue
      this.add(
        'field',
        after,
        within,
        said(was),
        said(is),
        [{ kind: 'attribute', before, after, name }],
        `${idOf(before)}@${name}`,
        name,
      )
    }
    if (one.runs.length > 0) this.runs(before, after, one.runs, within)
    const main = before.source
    const branch = after.source
    if (one.children.length > 0 && main instanceof Y.XmlElement && branch instanceof Y.XmlElement)
      this.blocks(one.children, main, branch, within)
  }

  private runs(before: PaperNode, after: PaperNode, runs: readonly Run[], item: PaperNode | null): void {
    const words = wordsOf(before)
    const fresh = wordsOf(after)
    const close = (open: readonly Part[]) => {
      const first = open[0]
      const last = open.at(-1)
      if (!first || !last || !('was' in first) || !('was' in last)) return
      const [a, b] = [first.was[0], last.was[1]]
      const [c, d] = [first.is[0], last.is[1]]
      const start = charAt(before, a > 0 ? a - 1 : 0)
      this.add(
        open.some(({ kind }) => kind === 'words') ? 'words' : 'look',
        after,
        item ?? (before.name === 'itemPart' ? before : null),
        words.slice(a, b),
        fresh.slice(c, d),
        open,
        `${start ? `${start.client}.${start.clock}` : idOf(before)}:${open.map(({ kind }) => kind).join()}`,
        null,
        [upTo(words, a), wordsFrom(words, b)],
        before,
      )
    }
    let open: Part[] = []
    let x = 0
    let y = 0
    let gap = ''
    for (const run of runs) {
      const { length } = run.text
      const was: Range = [x, run.kind === 'added' ? x : x + length]
      const is: Range = [y, run.kind === 'removed' ? y : y + length]
      x = was[1]
      y = is[1]
      if (run.kind === 'same' && !run.restyled) {
        gap += run.text
        continue
      }
      if (open.length > 0 && gap !== '' && (gap.length > NEAR || SENTENCE_END.test(gap))) {
        close(open)
        open = []
      }
      const last = open.at(-1)
      if (run.kind === 'same') open.push({ kind: 'look', before, after, was, is })
      else if (last?.kind === 'words' && gap === '')
        open[open.length - 1] = { ...last, was: [last.was[0], was[1]], is: [last.is[0], is[1]] }
      else open.push({ kind: 'words', before, after, was, is })
      gap = ''
    }
    close(open)
  }

  private add(
    kind: ChangeKind,
    node: PaperNode,
    item: PaperNode | null,
    removed: string,
    added: string,
    parts: readonly Part[],
    anchor: string,
    field: string | null = null,
    around: readonly [string, string] = ['', ''],
    part: PaperNode = node,
  ): void {
    const whose = node.name === 'item' ? node : item
    this.found.push({
      root: this.root,
      kind,
      removed,
      added,
      lead: around[0],
      tail: around[1],
      item:
        whose?.name === 'item'
          ? {
              kind: said(whose.attrs.kind ?? null),
              part: part.name === 'itemPart' ? said(part.attrs.name ?? null) : null,
              field,
            }
          : null,
      parts,
      anchor: `${this.root} ${kind} ${anchor}`,
    })
  }
}

/** A paragraph split in two, or two joined: words that went in one block and came in the next are one change. */
function joinSplits(drafts: readonly Draft[]): Draft[] {
  const out: Draft[] = []
  for (const one of drafts) {
    const last = out.at(-1)
    const split =
      last?.kind === 'words' &&
      one.kind === 'block_in' &&
      holds(one.added, last.removed) &&
      last.added.trim() === ''
    const joined =
      last?.kind === 'words' &&
      one.kind === 'block_out' &&
      holds(last.added, one.removed) &&
      last.removed.trim() === ''
    if (last && (split || joined))
      out[out.length - 1] = {
        ...last,
        kind: 'rebuild',
        removed: `${last.lead}${last.removed}${last.tail}${one.removed === '' ? '' : `\n${one.removed}`}`,
        added: `${last.lead}${last.added}${last.tail}${one.added === '' ? '' : `\n${one.added}`}`,
        parts: [...last.parts, ...one.parts],
        anchor: `${last.anchor}+${one.anchor}`,
      }
    else out.push(one)
  }
  return out
}

/** A few words up to a place, none of them cut; Chinese has no spaces to look for. */
function upTo(text: string, to: number): string {
  const from = Math.max(0, to - AROUND)
  const near = text.slice(from, to)
  return from === 0 ? near : near.replace(/^[\p{L}\p{N}]{1,16}?(?=[^\p{L}\p{N}])/u, '').trimStart()
}

function wordsFrom(text: string, from: number): string {
  const near = text.slice(from, from + AROUND)
  return from + AROUND >= text.length
    ? near
    : near.replace(/(?<=[^\p{L}\p{N}])[\p{L}\p{N}]{1,16}$/u, '').trimEnd()
}

function holds(text: string, part: string): boolean {
  const words = part.trim()
  return words.length > 1 && text.includes(words)
}

/** Both ends of a move are decided together. */
function joinMoves(drafts: readonly Draft[]): Draft[] {
  const open = new Map<string, Draft[]>()
  const keyOf = ({ parts: [part] }: Draft) => {
    const node = part?.kind === 'in' ? part.after : part?.kind === 'out' ? part.before : null
    return node && (node.name === 'item' && typeof node.attrs.id === 'string' ? node.attrs.id : node.key)
  }
  for (const one of drafts)
    if (one.kind === 'move') {
      const key = keyOf(one) ?? ''
      open.set(key, [...(open.get(key) ?? []), one])
    }
  const done = new Set<Draft>()
  return drafts.flatMap((one) => {
    if (one.kind !== 'move') return [one]
    if (done.has(one)) return []
    const ends = open.get(keyOf(one) ?? '') ?? [one]
    for (const end of ends) done.add(end)
    const removed = ends.map((end) => end.removed).find((words) => words !== '') ?? ''
    const added = ends.map((end) => end.added).find((words) => words !== '') ?? ''
    return [{ ...one, removed, added, parts: ends.flatMap((end) => end.parts) }]
  })
}

function named(drafts: readonly Draft[]): Change[] {
  const count = new Map<string, number>()
  return drafts.map(({ anchor, ...change }) => {
    const bytes = digest(new TextEncoder().encode(`${anchor}\u0001${change.removed}\u0001${change.added}`))
    const name = Array.from(bytes.slice(0, 10), (byte) => byte.toString(16).padStart(2, '0')).join('')
    const n = (count.get(name) ?? 0) + 1
    count.set(name, n)
    return { ...change, id: n === 1 ? name : `${name}-${n}` }
  })
}

function idOf(node: PaperNode | null): string {
  return node?.at ? `${node.at.client}.${node.at.clock}` : '-'
}

/** Which character stands at a place of a block's words. */
export function charAt(node: PaperNode, at: number): Origin | null {
  let start = 0
  for (const stretch of node.text) {
    const end = start + stretch.text.length
    if (at < end && at >= start)
      return stretch.at && { client: stretch.at.client, clock: stretch.at.clock + (at - start) }
    start = end
  }
  return null
}

function said(value: Json): string {
  if (value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** True for a block whose words can be edited as words. */
export function isLine(node: PaperNode): boolean {
  return holdsText(node.name)
}
