import { type EditorState, Plugin, PluginKey } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { mentionQuery } from '@/app/[workspace]/strategy/[strategy]/_threads/mention-draft'

/** What is being typed behind `@`, from the sign to the caret. */
export interface MentionAt {
  readonly from: number
  readonly to: number
  readonly query: string
}

/** Where the sign stands that the person has chosen to leave as text. */
const key = new PluginKey<number | null>('mention')

export type MentionKey = 'ArrowDown' | 'ArrowUp' | 'Enter' | 'Tab'

export function mentionPlugin({
  show,
  press,
}: {
  show: (at: MentionAt | null) => void
  /** A key the list may take. Answers whether it did. */
  press: (name: MentionKey) => boolean
}): Plugin<number | null> {
  return new Plugin<number | null>({
    key,
    state: {
      init: () => null,
      apply(transaction, left) {
        const told: unknown = transaction.getMeta(key)
        if (typeof told === 'number') return told
        return left === null ? null : transaction.mapping.map(left)
      },
    },
    view: () => ({ update: (view) => show(view.hasFocus() ? findMention(view.state) : null) }),
    props: {
      handleKeyDown(view, event) {
        if (view.composing || event.isComposing || event.keyCode === 229) return false
        if (event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return false
        switch (event.key) {
          case 'ArrowDown':
          case 'ArrowUp':
          case 'Enter':
          case 'Tab':
            return findMention(view.state) !== null && press(event.key)
          default:
            return false
        }
      },
    },
  })
}

/** The words behind a sign before the caret, read from the text itself: through an input method no key says so. */
export function findMention(state: EditorState): MentionAt | null {
  const { selection } = state
  if (!selection.empty) return null
  const { $from } = selection
  if (!$from.parent.isTextblock || $from.parent.type.spec.code) return null
  if ($from.marks().some(({ type }) => type.name === 'link' || type.name === 'code')) return null
  const text = $from.parent.textBetween(0, $from.parentOffset, undefined, ' ')
  const found = mentionQuery(text, text.length)
  if (!found) return null
  const at = { from: $from.start() + found.from, to: $from.pos, query: found.query }
  return key.getState(state) === at.from ? null : at
}

/** Closes the list and leaves the text as typed. */
export function leaveMention(view: EditorView): void {
  const at = findMention(view.state)
  if (at) view.dispatch(view.state.tr.setMeta(key, at.from))
}
