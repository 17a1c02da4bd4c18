import { diffArrays } from 'diff'
import { holdsText, INERT, type PaperNode, wordsOf } from './read'

/** Two nodes that are the same or became one another, or a node that stands on one side only. */
export interface Pair {
  readonly before: PaperNode | null
  readonly after: PaperNode | null
}

/** Below this likeness two paragraphs are two paragraphs. */
const ALIKE = 0.34
/** Beyond so many comparisons in one gap, only nodes that are one and the same in Yjs are paired. */
const MOST_COMPARED = 60_000

/**
 * Lists of nodes side by side, both in their order. Equal ones first; between them whatever is most alike.
 * @param shared whether one state grew out of the other, so that ids mean something
 */
export function align(before: readonly PaperNode[], after: readonly PaperNode[], shared: boolean): Pair[] {
  let start = 0
  while (start < before.length && start < after.length && before[start]?.key === after[start]?.key) start += 1
  let end = 0
  while (
    end < before.length - start &&
    end < after.length - start &&
    before[before.length - 1 - end]?.key === after[after.length - 1 - end]?.key
  )
    end += 1
  const pairs: Pair[] = []
  for (let at = 0; at < start; at++) pairs.push(pair(before[at], after[at]))
  pairs.push(
    ...between(before.slice(start, before.length - end), after.slice(start, after.length - end), shared),
  )
  for (let at = end; at > 0; at--) pairs.push(pair(before[before.length - at], after[after.length - at]))
  return pairs
}

function pair(before: PaperNode | undefined, after: PaperNode | undefined): Pair {
  return { before: before ?? null, after: after ?? null }
}

function between(before: readonly PaperNode[], after: readonly PaperNode[], shared: boolean): Pair[] {
  const keys = new Map<string, number>()
  const number = ({ key }: PaperNode) => {
    const known = keys.get(key)
    if (known !== undefined) return known
    keys.set(key, keys.size)
    return keys.size - 1
  }
  const parts = diffArrays(before.map(number), after.map(number), { maxEditLength: 4_000 })
  if (!parts) return gap(before, after, shared)
  const pairs: Pair[] = []
  let x = 0
  let y = 0
  let left: PaperNode[] = []
  let right: PaperNode[] = []
  const close = () => {
    pairs.push(...gap(left, right, shared))
    left = []
    right = []
  }
  for (const part of parts) {
    const { length } = part.value
    if (part.removed) {
      left.push(...before.slice(x, x + length))
      x += length
    } else if (part.added) {
      right.push(...after.slice(y, y + length))
      y += length
    } else if (part.value.length === 1 && isBlank(before[x]) && left.length + right.length > 0) {
      // An empty line that both have says nothing about where the texts meet again.
      left.push(...before.slice(x, x + 1))
      right.push(...after.slice(y, y + 1))
      x += 1
      y += 1
    } else {
      close()
      for (let i = 0; i < length; i++) pairs.push(pair(before[x + i], after[y + i]))
      x += length
      y += length
    }
  }
  close()
  return pairs
}

function isBlank(node: PaperNode | undefined): boolean {
  return node !== undefined && node.name === 'paragraph' && node.text.length === 0
}

/** Pairs what is most alike, in order; what is left over went or came. What went stands before what came. */
function gap(before: readonly PaperNode[], after: readonly PaperNode[], shared: boolean): Pair[] {
  if (before.length === 0) return after.map((node) => pair(undefined, node))
  if (after.length === 0) return before.map((node) => pair(node, undefined))
  const [one, other] = [before[0], after[0]]
  // The common case: somebody changed a paragraph between two that stayed.
  if (
    before.length === 1 &&
    after.length === 1 &&
    one &&
    other &&
    isSame(one, other) &&
    mayBecome(one.name, other.name)
  )
    return [pair(one, other)]
  const small = before.length * after.length <= MOST_COMPARED
  const like: Like = (one, other) => likeness(one, other, shared)
  const chosen = small ? best(before, after, like) : ordered(before, after)
  const pairs: Pair[] = []
  let x = 0
  let y = 0
  for (const [i, j] of [...chosen, [before.length, after.length] as const]) {
    while (x < i) pairs.push(pair(before[x++], undefined))
    while (y < j) pairs.push(pair(undefined, after[y++]))
    if (i < before.length && j < after.length) pairs.push(pair(before[x++], after[y++]))
  }
  return pairs
}

type Like = (one: PaperNode, other: PaperNode) => number

/** The pairs, in order on both sides, whose likeness is together the greatest. */
function best(before: readonly PaperNode[], after: readonly PaperNode[], like: Like): [number, number][] {
  const width = after.length + 1
  const sums = new Float64Array((before.length + 1) * width)
  const scores = new Float64Array(before.length * after.length)
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      const one = before[i]
      const other = after[j]
      const score = one && other ? like(one, other) : 0
      scores[i * after.length + j] = score
      const together = score >= ALIKE ? score + (sums[(i + 1) * width + j + 1] ?? 0) : 0
      sums[i * width + j] = Math.max(together, sums[(i + 1) * width + j] ?? 0, sums[i * width + j + 1] ?? 0)
    }
  }
  const pairs: [number, number][] = []
  let i = 0
  let j = 0
  while (i < before.length && j < after.length) {
    const here = sums[i * width + j] ?? 0
    const score = scores[i * after.length + j] ?? 0
    if (score >= ALIKE && here === score + (sums[(i + 1) * width + j + 1] ?? 0)) {
      pairs.push([i, j])
      i += 1
      j += 1
    } else if (here === (sums[(i + 1) * width + j] ?? 0)) i += 1
    else j += 1
  }
  return pairs
}

/** The longest chain of nodes that are one and the same on both sides, found in one pass. */
function ordered(before: readonly PaperNode[], after: readonly PaperNode[]): [number, number][] {
  const places = new Map<string, number>()
  before.forEach((node, i) => {
    const name = identity(node)
    if (name !== null) places.set(name, i)
  })
  const chain: [number, number][] = []
  after.forEach((node, j) => {
    const name = identity(node)
    const i = name === null ? undefined : places.get(name)
    const last = chain.at(-1)
    if (i !== undefined && (!last || i > last[0])) chain.push([i, j])
  })
  return chain
}

/** An item is itself wherever it went; any other node is known by its place in Yjs. */
function identity(node: PaperNode): string | null {
  if (node.name === 'item' && typeof node.attrs.id === 'string') return node.attrs.id
  return node.at ? `${node.at.client}.${node.at.clock}` : null
}

function isSame(one: PaperNode, other: PaperNode): boolean {
  const name = identity(one)
  return name !== null && name === identity(other)
}

const LISTS = new Set(['bulletList', 'orderedList', 'taskList'])
const ENTRIES = new Set(['listItem', 'taskItem'])
const CELLS = new Set(['tableCell', 'tableHeader'])

function mayBecome(one: string, other: string): boolean {
  if (one === other) return true
  if (one === 'itemPart' || other === 'itemPart') return false
  if (holdsText(one) && holdsText(other)) return one !== INERT && other !== INERT
  return [LISTS, ENTRIES, CELLS].some((kind) => kind.has(one) && kind.has(other))
}

/** 0: nothing to do with each other. About 1: nearly the same. Above 1: one and the same, changed. */
function likeness(one: PaperNode, other: PaperNode, shared: boolean): number {
  if (!mayBecome(one.name, other.name)) return 0
  if (one.name === 'itemPart')
    return one.attrs.name === other.attrs.name && one.attrs.lang === other.attrs.lang ? 2 : 0
  // In one strategy two items are never one another, however alike their words are.
  if (
    one.name === 'item' &&
    typeof one.attrs.id === 'string' &&
    typeof other.attrs.id === 'string' &&
    !isSame(one, other)
  )
    return !shared && one.attrs.kind === other.attrs.kind ? common(one, other) : 0
  const inside =
    one.children.length > 0 && one.children.some(({ key }) => other.children.some((c) => c.key === key))
  // A list that kept one entry whole is that list, however many came and went.
  const alike = Math.max(common(one, other), inside ? ALIKE : 0)
  if (!isSame(one, other)) return alike
  // The same place in Yjs with not one word in common is a paragraph somebody emptied and wrote anew.
  return alike > 0.12 ? 1 + alike : alike
}

/** Words in common, by the Dice coefficient. */
function common(one: PaperNode, other: PaperNode): number {
  const a = bagOf(one)
  const b = bagOf(other)
  if (a.size === 0 && b.size === 0) return one.name === other.name ? 0.5 : 0
  if (a.size === 0 || b.size === 0) return isSame(one, other) ? ALIKE : 0
  let both = 0
  for (const [word, n] of a.words) both += Math.min(n, b.words.get(word) ?? 0)
  return (2 * both) / (a.size + b.size)
}

interface Bag {
  readonly words: ReadonlyMap<string, number>
  readonly size: number
}

const bags = new WeakMap<PaperNode, Bag>()

function bagOf(node: PaperNode): Bag {
  const known = bags.get(node)
  if (known) return known
  const words = new Map<string, number>()
  let size = 0
  for (const [word] of wordsOf(node)
    .toLowerCase()
    .matchAll(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{N}]+/gu)) {
    words.set(word, (words.get(word) ?? 0) + 1)
    size += 1
  }
  const bag = { words, size }
  bags.set(node, bag)
  return bag
}
