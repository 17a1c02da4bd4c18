import type { EditorState } from '@tiptap/pm/state'

export interface Trigger {
  /** Position of the sign. */
  readonly from: number
  /** The caret. */
  readonly to: number
  readonly sign: string
  readonly query: string
}

/** Nobody filters with more letters than this; a sentence after a slash is a sentence. */
const LONGEST = 24

/**
 * `/`, its full-width form or `、` at the beginning of a block or after a space, and what was typed behind it. Read from
 * the text itself and not from keys: through an input method `、` never is one. Between two words `、` is a comma of
 * the Chinese sentence and means nothing here.
 */
export function findTrigger(state: EditorState): Trigger | null {
  const { selection } = state
  if (!selection.empty) return null
  const { $from } = selection
  const { parent } = $from
  if (!parent.isTextblock || parent.type.spec.code) return null
  if ($from.marks().some((mark) => mark.type.name === 'code')) return null
  const start = Math.max(0, $from.parentOffset - LONGEST - 2)
  const before = parent.textBetween(start, $from.parentOffset, undefined, '\ufffc')
  const match = /(^|[\s\ufffc])([/／、])([^/／、\ufffc]*)$/.exec(before)
  if (!match) return null
  // The beginning of a window is the beginning of the block only when the window starts there.
  if (match[1] === '' && start > 0) return null
  const query = match[3] ?? ''
  return { from: $from.pos - query.length - 1, to: $from.pos, sign: match[2] ?? '/', query }
}
