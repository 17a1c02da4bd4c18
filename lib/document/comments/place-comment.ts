import * as Y from 'yjs'
import { commentFormat, noComment } from './mark'
import { rootOf, walkAll, walkRoot } from './stretches'

/**
 * The words a thread is to hang on, by the letters they stand at: whatever others write before or in between, these
 * are still the same words. Encoded by Y.encodeRelativePosition.
 */
export interface CommentRange {
  readonly start: Uint8Array
  readonly end: Uint8Array
}

/**
 * `placed`: the words are marked. `gone`: they were deleted meanwhile, nothing was written. `unknown`: they have not
 * arrived here yet, or are no place of this document.
 */
export type Placed = 'placed' | 'gone' | 'unknown'

/** Longest encoding of a position: two ids and a name. */
export const MAX_POSITION = 64

/** Lays a thread on the words of a range. Repeating it changes nothing. */
export function placeComment(doc: Y.Doc, range: CommentRange, threadId: string): Placed {
  const start = resolve(doc, range.start)
  const end = resolve(doc, range.end)
  if (start === 'unknown' || end === 'unknown') return 'unknown'
  if (start === 'gone' || end === 'gone') return 'gone'
  const root = rootOf(start.type)
  if (root === null || rootOf(end.type) !== root) return 'gone'
  const marked: { text: Y.XmlText; from: number; length: number }[] = []
  let inside = false
  let over = false
  walkRoot(doc, root, {
    between(parent, index) {
      if (start.type === parent && start.index === index) inside = true
      if (end.type === parent && end.index === index) over = true
    },
    text({ text }) {
      if (over) return
      if (start.type === text) inside = true
      if (!inside) {
        if (end.type === text) over = true
        return
      }
      const from = start.type === text ? Math.min(start.index, text.length) : 0
      const to = end.type === text ? Math.min(end.index, text.length) : text.length
      if (end.type === text) over = true
      if (to > from) marked.push({ text, from, length: to - from })
    },
  })
  const format = commentFormat(threadId)
  for (const { text, from, length } of marked) text.format(from, length, format)
  return marked.length > 0 ? 'placed' : 'gone'
}

/** Whether a document knows the letters of a range, also such as were deleted. Changes nothing. */
export function knowsRange(doc: Y.Doc, range: CommentRange): boolean {
  return resolve(doc, range.start) !== 'unknown' && resolve(doc, range.end) !== 'unknown'
}

/** Takes a thread off all its words. */
export function removeComment(doc: Y.Doc, threadId: string): void {
  const none = noComment(threadId)
  const [key = ''] = Object.keys(none)
  walkAll(doc, {
    text({ text }) {
      if (holdsFormat(text, key)) text.format(0, text.length, none)
    },
  })
}

function holdsFormat(text: Y.XmlText, key: string): boolean {
  for (let item = text._start; item !== null; item = item.right)
    if (!item.deleted && item.content instanceof Y.ContentFormat && item.content.key === key) return true
  return false
}

function resolve(
  doc: Y.Doc,
  bytes: Uint8Array,
): { type: Y.AbstractType<unknown>; index: number } | 'gone' | 'unknown' {
  if (bytes.length > MAX_POSITION) return 'unknown'
  let position: Y.RelativePosition
  try {
    position = Y.decodeRelativePosition(bytes)
  } catch {
    return 'unknown'
  }
  const { item, type, tname } = position
  if (item === null && type === null && (tname === null || !doc.share.has(tname))) return 'unknown'
  for (const id of [item, type]) if (id && Y.getState(doc.store, id.client) <= id.clock) return 'unknown'
  try {
    const found = Y.createAbsolutePositionFromRelativePosition(position, doc)
    return found ? { type: found.type, index: found.index } : 'gone'
  } catch {
    return 'gone'
  }
}
