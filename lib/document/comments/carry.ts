import * as Y from 'yjs'
import { holdsText } from '../diff/read'
import { diffWords } from '../diff/words'
import type { Json } from '../json'
import { markName } from '../mark-names'
import { childrenOf, plainOf } from '../walk'

type Format = Readonly<Record<string, Json>>

/** The words of a block that holds words, and the comments on them. A hard break counts as one letter, as everywhere. */
interface Line {
  readonly element: Y.XmlElement
  readonly words: string
  /** By ranges of the words; only those with a comment. */
  readonly comments: readonly { readonly from: number; readonly to: number; readonly format: Format }[]
}

/** The comments of a block about to be taken out of the text, read while it still stands. */
export interface Commented {
  readonly lines: readonly Line[]
}

/** What discussions lie on the words of a block; null: none, so there is nothing to carry. */
export function commentsOn(element: Y.XmlElement): Commented | null {
  const lines = linesOf(element)
  return lines.some(({ comments }) => comments.length > 0) ? { lines } : null
}

/**
 * Lays the comments of a block that went on the same words of one that came in its place. A node of Yjs can neither
 * change its name nor its place: a paragraph that became a heading, was moved or was divided is another node, and
 * without this its discussions would end on deleted text although not one word was touched.
 */
export function carryComments(from: Commented, to: Y.XmlElement): void {
  const targets = linesOf(to)
  const free = new Set(from.lines)
  for (const target of targets) {
    if (target.words === '' || target.element.nodeName === 'codeBlock') continue
    // A moved block has the same lines; a changed one has one, which is like it.
    const source =
      [...free].find(({ words }) => words === target.words) ??
      (from.lines.length === 1 || targets.length === 1
        ? best(free, target.words)
        : [...free].find((line) => sameSlot(line.element, target.element)))
    if (!source) continue
    if (source.words === target.words) free.delete(source)
    lay(source, target)
  }
}

/**
 * The same for blocks that may have come from anywhere among those that went: a line is taken for another only where it
 * says the very same, or is a part of it (Enter divided it) or holds all of it (two were joined).
 */
export function carryMoved(from: readonly Commented[], to: Y.XmlElement): void {
  const targets = linesOf(to)
  const sources = from.flatMap(({ lines }) => lines)
  for (const target of targets) {
    if (target.element.nodeName === 'codeBlock' || target.words.trim() === '') continue
    for (const source of sources) {
      if (source.comments.length === 0) continue
      const inside = source.words.indexOf(target.words)
      const around = target.words.indexOf(source.words)
      if (inside >= 0 && target.words.length >= SHORTEST) shift(source, target, -inside)
      else if (around >= 0 && source.words.trim().length >= SHORTEST) shift(source, target, around)
    }
  }
}

/** A single letter stands everywhere. */
const SHORTEST = 2

function shift(source: Line, target: Line, by: number): void {
  for (const { from, to, format } of source.comments) {
    const a = Math.max(0, from + by)
    const b = Math.min(target.words.length, to + by)
    if (a < b) formatLine(target.element, a, b, format)
  }
}

function lay(source: Line, target: Line): void {
  if (source.comments.length === 0) return
  for (const span of diffWords(source.words, target.words)) {
    if (span.kind === 'added') {
      // Words that came into the middle of an argued stretch belong to it.
      const [at] = span.before
      for (const { from, to, format } of source.comments)
        if (from < at && at < to) formatLine(target.element, span.after[0], span.after[1], format)
      continue
    }
    if (span.kind !== 'same') continue
    const shift = span.after[0] - span.before[0]
    for (const { from, to, format } of source.comments) {
      const a = Math.max(from, span.before[0])
      const b = Math.min(to, span.before[1])
      if (a < b) formatLine(target.element, a + shift, b + shift, format)
    }
  }
}

function best(lines: ReadonlySet<Line>, words: string): Line | undefined {
  let found: Line | undefined
  let most = 0
  for (const line of lines) {
    if (line.comments.length === 0) continue
    const shared = diffWords(line.words, words).reduce(
      (sum, span) => sum + (span.kind === 'same' ? span.after[1] - span.after[0] : 0),
      0,
    )
    if (shared > most) {
      most = shared
      found = line
    }
  }
  return found
}

function sameSlot(one: Y.XmlElement, other: Y.XmlElement): boolean {
  return (
    one.nodeName === 'itemPart' &&
    other.nodeName === 'itemPart' &&
    one.getAttribute('name') === other.getAttribute('name') &&
    one.getAttribute('lang') === other.getAttribute('lang')
  )
}

function linesOf(element: Y.XmlElement): Line[] {
  const lines: Line[] = []
  const open: Y.XmlElement[] = [element]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (holdsText(next.nodeName)) lines.push(lineOf(next))
    else
      open.push(
        ...childrenOf(next)
          .filter((child) => child instanceof Y.XmlElement)
          .reverse(),
      )
  }
  return lines
}

function lineOf(element: Y.XmlElement): Line {
  let words = ''
  const comments: { from: number; to: number; format: Format }[] = []
  for (const child of childrenOf(element)) {
    if (!(child instanceof Y.XmlText)) {
      words += '\n'
      continue
    }
    const delta: { insert?: unknown; attributes?: Record<string, Json> }[] = child.toDelta()
    for (const { insert, attributes } of delta) {
      if (typeof insert !== 'string') continue
      const format: Record<string, Json> = {}
      for (const key in attributes)
        if (markName(key) === 'comment' && attributes[key]) format[key] = attributes[key] ?? null
      if (Object.keys(format).length > 0)
        comments.push({ from: words.length, to: words.length + insert.length, format })
      words += insert
    }
  }
  return { element, words, comments }
}

function formatLine(element: Y.XmlElement, from: number, to: number, format: Format): void {
  let at = 0
  for (const child of childrenOf(element)) {
    const length = child instanceof Y.XmlText ? plainOf(child).length : 1
    if (child instanceof Y.XmlText) {
      const a = Math.max(from, at)
      const b = Math.min(to, at + length)
      if (a < b) child.format(a - at, b - a, format)
    }
    at += length
  }
}
