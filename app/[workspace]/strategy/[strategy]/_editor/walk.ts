import { Selection, TextSelection } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'

/** The first or last place of a chapter that can be seen: the slots of its other language are not. */
export function edgeOf(view: EditorView, edge: 'start' | 'end'): Selection {
  const { doc } = view.state
  const end = edge === 'end'
  const first = end ? Selection.atEnd(doc) : Selection.atStart(doc)
  let found: Selection | null = first
  while (found instanceof TextSelection) {
    const { node } = view.domAtPos(found.head)
    const element = node instanceof Element ? node : node.parentElement
    if (element && element.getClientRects().length > 0) return found
    const { $head } = found
    found = Selection.findFrom(doc.resolve(end ? $head.before() : $head.after()), end ? -1 : 1)
  }
  return found ?? first
}

/** Which way an arrow key leaves a chapter from where the caret stands; null: it stays inside. */
export function leaving(view: EditorView, key: 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight') {
  const { selection, doc } = view.state
  const forward = key === 'ArrowDown' || key === 'ArrowRight'
  const way = forward ? ('next' as const) : ('previous' as const)
  if (!selection.empty && !('node' in selection)) return null
  if (key === 'ArrowLeft' || key === 'ArrowRight')
    return selection.head === edgeOf(view, forward ? 'end' : 'start').head ? way : null
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
  const { tr } = view.state
  const start = from === 'previous'
  const edge = edgeOf(view, start ? 'start' : 'end')
  view.focus()
  view.dispatch(tr.setSelection(edge).scrollIntoView())
  if (left === null) return
  const line = view.coordsAtPos(edge.head)
  const found = view.posAtCoords({ left, top: (line.top + line.bottom) / 2 })
  if (!found) return
  view.dispatch(view.state.tr.setSelection(Selection.near(view.state.doc.resolve(found.pos), start ? 1 : -1)))
}
