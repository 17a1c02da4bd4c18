import { NodeSelection, type Selection, TextSelection, type Transaction } from '@tiptap/pm/state'
import { absolutePositionToRelativePosition, relativePositionToAbsolutePosition } from '@tiptap/y-tiptap'
import * as Y from 'yjs'
import type { Mapping } from './read'

/** A selection by the letters it stands at instead of numbers, so that it survives what others write. */
export interface RelativeSelection {
  readonly anchor: Y.RelativePosition
  readonly head: Y.RelativePosition
}

export function toRelative(
  root: Y.XmlFragment,
  mapping: Mapping,
  position: number,
): Y.RelativePosition | null {
  // An empty root shows a line that is not in the document: there is no letter to stand at.
  if (root.length === 0) return null
  try {
    const relative: unknown = absolutePositionToRelativePosition(position, root, mapping)
    return relative instanceof Y.RelativePosition ? relative : null
  } catch {
    return null
  }
}

/** The position in the editor, or null while its place is not in the document (any more, or yet). */
export function toAbsolute(
  root: Y.XmlFragment,
  mapping: Mapping,
  relative: Y.RelativePosition,
): number | null {
  const doc = root.doc
  if (!doc) return null
  try {
    // In a deleted block the library counts on; the caret then follows the steps that replaced the block.
    if (Y.createAbsolutePositionFromRelativePosition(relative, doc)?.type._item?.deleted !== false)
      return null
    const position: unknown = relativePositionToAbsolutePosition(doc, root, relative, mapping)
    return typeof position === 'number' ? position : null
  } catch {
    return null
  }
}

export function selectionToRelative(
  root: Y.XmlFragment,
  mapping: Mapping,
  selection: Selection,
): RelativeSelection | null {
  if (selection instanceof NodeSelection) return null
  const head = toRelative(root, mapping, selection.head)
  const anchor = selection.empty ? head : toRelative(root, mapping, selection.anchor)
  return anchor && head ? { anchor, head } : null
}

/** Puts a selection back after the document changed under it. Does nothing when its place is gone. */
export function restoreSelection(
  transaction: Transaction,
  root: Y.XmlFragment,
  mapping: Mapping,
  selection: RelativeSelection,
): void {
  const head = toAbsolute(root, mapping, selection.head)
  const anchor = selection.anchor === selection.head ? head : toAbsolute(root, mapping, selection.anchor)
  if (head === null || anchor === null) return
  const size = transaction.doc.content.size
  if (head > size || anchor > size) return
  transaction.setSelection(
    TextSelection.between(transaction.doc.resolve(anchor), transaction.doc.resolve(head)),
  )
}
