import type { EditorState } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import type { Chapter } from './chapter'

/** A place on the screen, in pixels of the window. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

export const markNames = ['bold', 'italic', 'underline', 'strike', 'code'] as const
export type MarkName = (typeof markNames)[number]

/** What the tools beside a selection show. */
export interface Bubble {
  readonly box: Box
  readonly marks: readonly MarkName[]
  /** Address of the link the selection is in. */
  readonly href: string | null
}

export interface Tools {
  readonly bubble: Bubble | null
  /** The table the caret is in. */
  readonly table: Box | null
  /** The link field is open. */
  readonly linking: boolean
}

export const NO_TOOLS: Tools = { bubble: null, table: null, linking: false }

/** The selection's own tools, or null while there is nothing to do with it. */
export function readBubble(chapter: Chapter): Bubble | null {
  const { editor, view } = chapter
  const { selection } = view.state
  if (selection.empty || 'node' in selection || view.composing) return null
  const { $from, $to } = selection
  if ($from.parent.type.spec.code || $to.parent.type.spec.code) return null
  if (view.state.doc.textBetween(selection.from, selection.to, ' ').trim() === '') return null
  const href: unknown = editor.getAttributes('link').href
  return {
    box: selectionBox(view),
    marks: markNames.filter((name) => editor.isActive(name)),
    href: typeof href === 'string' ? href : null,
  }
}

/** The first line of the selection that is in sight. */
function selectionBox(view: EditorView): Box {
  const { from, to } = view.state.selection
  const start = view.coordsAtPos(from, 1)
  const end = view.coordsAtPos(to, -1)
  if (end.top < start.bottom)
    return { left: start.left, right: end.right, top: start.top, bottom: end.bottom }
  const box = view.dom.getBoundingClientRect()
  return { left: start.left, right: box.right, top: start.top, bottom: end.bottom }
}

/** The table the caret is in, or null. */
export function readTable(chapter: Chapter): Box | null {
  const depth = tableDepth(chapter.view.state)
  if (depth === null) return null
  const { $from } = chapter.view.state.selection
  const dom = chapter.view.nodeDOM($from.before(depth))
  if (!(dom instanceof Element)) return null
  const { left, top, right, bottom } = dom.getBoundingClientRect()
  return { left, top, right, bottom }
}

function tableDepth(state: EditorState): number | null {
  const { $from } = state.selection
  for (let depth = $from.depth; depth > 0; depth -= 1)
    if ($from.node(depth).type.name === 'table') return depth
  return null
}
