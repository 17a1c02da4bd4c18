import { Fragment, Mark, type Node as PmNode, Slice } from '@tiptap/pm/model'
import { ReplaceAroundStep, ReplaceStep, type Step } from '@tiptap/pm/transform'

/**
 * The steps from one document to another, the last place first, so that each can be applied at the positions of
 * `before`. Small on purpose: what a step does not touch keeps its caret, its decorations and its DOM, and an
 * input method goes on composing in it.
 */
export function changes(before: PmNode, after: PmNode): Step[] {
  const steps: Step[] = []
  children(before, after, 0, steps)
  return steps
}

/** `at`: where the content of `before` begins. */
function children(before: PmNode, after: PmNode, at: number, steps: Step[]): void {
  if (before.content === after.content) return
  if (before.inlineContent && after.inlineContent) {
    inline(before, after, at, steps)
    return
  }
  const same = Math.min(before.childCount, after.childCount)
  let head = 0
  while (head < same && equal(before.child(head), after.child(head))) head += 1
  let tail = 0
  while (
    tail < same - head &&
    equal(before.child(before.childCount - 1 - tail), after.child(after.childCount - 1 - tail))
  )
    tail += 1
  const left = before.childCount - head - tail
  if (left === 0 && after.childCount - head - tail === 0) return
  if (left === after.childCount - head - tail) {
    pairs(before, after, at, head, left, steps)
    return
  }
  const from = at + sizeOf(before, 0, head)
  const to = from + sizeOf(before, head, before.childCount - tail)
  steps.push(
    split(before, after, at, head, tail) ??
      new ReplaceStep(from, to, new Slice(cut(after, head, after.childCount - tail), 0, 0)),
  )
}

/** As many blocks before as after: each is compared with the one in its place. */
function pairs(before: PmNode, after: PmNode, at: number, first: number, count: number, steps: Step[]): void {
  let end = at + sizeOf(before, 0, first + count)
  for (let i = first + count - 1; i >= first; i -= 1) {
    const old = before.child(i)
    const now = after.child(i)
    const start = end - old.nodeSize
    if (!equal(old, now)) pair(old, now, start, steps)
    end = start
  }
}

function pair(old: PmNode, now: PmNode, start: number, steps: Step[]): void {
  const end = start + old.nodeSize
  if (old.isLeaf || now.isLeaf || old.isText || now.isText || old.inlineContent !== now.inlineContent) {
    steps.push(new ReplaceStep(start, end, new Slice(Fragment.from(now), 0, 0)))
    return
  }
  if (old.sameMarkup(now)) {
    children(old, now, start + 1, steps)
    return
  }
  // A paragraph became a heading: the words inside stay, and whoever writes in them stays in them. The wrapper's
  // own step comes last, at the positions the inner ones have left behind.
  if (!now.type.validContent(old.content)) {
    steps.push(new ReplaceStep(start, end, new Slice(Fragment.from(now), 0, 0)))
    return
  }
  const inner: Step[] = []
  children(old, now, start + 1, inner)
  steps.push(...inner)
  const grown = now.content.size - old.content.size
  steps.push(
    new ReplaceAroundStep(
      start,
      end + grown,
      start + 1,
      end + grown - 1,
      new Slice(Fragment.from(now.copy(Fragment.empty)), 0, 0),
      1,
      true,
    ),
  )
}

/** Longer stretches are replaced as one: comparing them letter by letter would be felt. */
const COMPARED = 600

function inline(before: PmNode, after: PmNode, at: number, steps: Step[]): void {
  const old = before.content
  const now = after.content
  const start = old.findDiffStart(now, 0)
  if (start === null) return
  const end = old.findDiffEnd(now, old.size, now.size)
  if (!end) return
  // In "aa" to "aaa" both searches claim the same letters; the overlap is given back.
  const overlap = Math.max(0, start - Math.min(end.a, end.b))
  const replace = (a: number, b: number, c: number, d: number) =>
    steps.push(new ReplaceStep(at + a, at + b, new Slice(now.cut(c, d), 0, 0)))
  const between = (a: number, b: number, c: number, d: number): void => {
    const kept =
      b - a > COMPARED || d - c > COMPARED ? null : longestKept(letters(old, a, b), letters(now, c, d))
    if (!kept) {
      if (b > a || d > c) replace(a, b, c, d)
      return
    }
    between(a + kept.old + kept.length, b, c + kept.now + kept.length, d)
    between(a, a + kept.old, c, c + kept.now)
  }
  between(start, end.a + overlap, start, end.b + overlap)
}

interface Letter {
  readonly text: string
  readonly marks: readonly Mark[]
  /** What is no letter: a line break. */
  readonly node: PmNode | null
}

function letters(content: Fragment, from: number, to: number): Letter[] {
  const found: Letter[] = []
  content.cut(from, to).forEach((child) => {
    if (child.text === undefined) found.push({ text: '', marks: [], node: child })
    else
      for (let i = 0; i < child.text.length; i += 1)
        found.push({ text: child.text.charAt(i), marks: child.marks, node: null })
  })
  return found
}

/** The longest stretch both have: what stays, while the letters on either side were changed by two people. */
function longestKept(old: readonly Letter[], now: readonly Letter[]) {
  let best = { old: 0, now: 0, length: 0 }
  let above = new Uint16Array(now.length + 1)
  for (let i = 1; i <= old.length; i += 1) {
    const row = new Uint16Array(now.length + 1)
    for (let j = 1; j <= now.length; j += 1) {
      const one = old[i - 1]
      const other = now[j - 1]
      if (!one || !other || !sameLetter(one, other)) continue
      const length = (above[j - 1] ?? 0) + 1
      row[j] = length
      if (length > best.length) best = { old: i - length, now: j - length, length }
    }
    above = row
  }
  return best.length > 0 ? best : null
}

function sameLetter(one: Letter, other: Letter): boolean {
  if (one.node || other.node) return one.node !== null && other.node !== null && one.node.eq(other.node)
  return one.text === other.text && Mark.sameSet(one.marks, other.marks)
}

/**
 * A paragraph was divided or two were joined: the smallest step, cut through the blocks. Null when it would not fit
 * exactly; whole blocks are replaced then.
 */
function split(before: PmNode, after: PmNode, at: number, head: number, tail: number): Step | null {
  const old = before.copy(cut(before, head, before.childCount - tail))
  const now = after.copy(cut(after, head, after.childCount - tail))
  const start = old.content.findDiffStart(now.content, 0)
  const end = old.content.findDiffEnd(now.content, old.content.size, now.content.size)
  if (start === null || !end) return null
  const overlap = Math.max(0, start - Math.min(end.a, end.b))
  const from = at + sizeOf(before, 0, head)
  try {
    const slice = now.slice(start, end.b + overlap)
    const local = new ReplaceStep(start, end.a + overlap, slice).apply(old)
    if (!local.doc?.content.eq(now.content)) return null
    return new ReplaceStep(from + start, from + end.a + overlap, slice)
  } catch {
    return null
  }
}

function equal(one: PmNode, other: PmNode): boolean {
  return one === other || one.eq(other)
}

function sizeOf(parent: PmNode, from: number, to: number): number {
  let size = 0
  for (let i = from; i < to; i += 1) size += parent.child(i).nodeSize
  return size
}

function cut(parent: PmNode, from: number, to: number): Fragment {
  const nodes: PmNode[] = []
  for (let i = from; i < to; i += 1) nodes.push(parent.child(i))
  return Fragment.fromArray(nodes)
}
