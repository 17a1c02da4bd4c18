import type { Node as PmNode } from '@tiptap/pm/model'
import * as Y from 'yjs'
import type { Mapping } from '../_editor/binding/read'
import { toRelative } from '../_editor/binding/relative'

export interface ChosenWords {
  /** Both encoded as Yjs relative positions. */
  readonly start: Uint8Array
  readonly end: Uint8Array
  readonly quote: string
}

/**
 * The chosen words by the letters they stand at, as the server is told of them. The beginning clings to the first
 * letter and the end to the last: what others write at either side meanwhile does not become part of it. Null where
 * there are no words.
 */
export function wordsAt(
  root: Y.XmlFragment,
  mapping: Mapping,
  doc: PmNode,
  from: number,
  to: number,
): ChosenWords | null {
  const quote = doc.textBetween(from, to, ' ', ' ')
  if (quote.trim() === '') return null
  const start = cling(root, toRelative(root, mapping, from), 0)
  const end = cling(root, toRelative(root, mapping, to), -1)
  return start && end ? { start, end, quote: quote.slice(0, 2_000) } : null
}

function cling(root: Y.XmlFragment, position: Y.RelativePosition | null, side: 0 | -1): Uint8Array | null {
  if (!position || !root.doc) return null
  const at = Y.createAbsolutePositionFromRelativePosition(position, root.doc)
  if (!at) return null
  return Y.encodeRelativePosition(Y.createRelativePositionFromTypeIndex(at.type, at.index, side))
}

/** For JSON. */
export function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
}
