import { Selection, TextSelection } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'

/**
 * The browser tells of a moved caret only before it paints; of two keys within one frame the second would be judged by
 * where the caret stood before the first.
 */
export function readCaret(view: EditorView): void {
  const selection = document.getSelection()
  if (!selection?.isCollapsed || !selection.focusNode || !view.dom.contains(selection.focusNode)) return
  const at = view.posAtDOM(selection.focusNode, selection.focusOffset)
  const { state } = view
  if (at < 0 || at === state.selection.head || !state.selection.empty) return
  const $at = state.doc.resolve(at)
  if ($at.parent.inlineContent) view.dispatch(state.tr.setSelection(TextSelection.create(state.doc, at)))
}

/** Which way an arrow key leaves a chapter from where the caret stands; null: it stays inside. */
export function leaving(view: EditorView, key: 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight') {
  const { selection, doc } = view.state
  const forward = key === 'ArrowDown' || key === 'ArrowRight'
  const way = forward ? ('next' as const) : ('previous' as const)
  if (!selection.empty && !('node' in selection)) return null
  const edge = forward ? Selection.atEnd(doc) : Selection.atStart(doc)
  if (key === 'ArrowLeft' || key === 'ArrowRight') return selection.head === edge.head ? way : null
  // The last line of the last block that can hold the caret.
  const beyond = forward ? selection.$to : selection.$from
  if (beyond.depth > 0) {
    const outside = forward ? beyond.after() : beyond.before()
    if (Selection.findFrom(doc.resolve(outside), forward ? 1 : -1) !== null) return null
    return view.endOfTextblock(forward ? 'down' : 'up') ? way : null
  }
  return Selection.findFrom(beyond, forward ? 1 : -1) === null ? way : null
}

/**
 * Puts the caret into a chapter entered from its neighbour: at its end or beginning, or on its nearest line, as far to
 * the right as it stood before.
 */
export function enter(view: EditorView, from: 'previous' | 'next', left: number | null): void {
  const { doc, tr } = view.state
  const start = from === 'previous'
  const edge = start ? Selection.atStart(doc) : Selection.atEnd(doc)
  view.focus()
  view.dispatch(tr.setSelection(edge).scrollIntoView())
  if (left === null) return
  const line = view.coordsAtPos(edge.head)
  const found = view.posAtCoords({ left, top: (line.top + line.bottom) / 2 })
  if (!found) return
  view.dispatch(view.state.tr.setSelection(Selection.near(view.state.doc.resolve(found.pos), start ? 1 : -1)))
}
