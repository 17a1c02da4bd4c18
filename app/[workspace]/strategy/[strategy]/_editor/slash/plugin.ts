import { type EditorState, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { comesFromYjs } from '@/lib/document/schema/local-only'
import { findTrigger, type Trigger } from './trigger'

interface SlashPluginState {
  /** Where the sign stands of the menu that is open. */
  readonly open: number | null
  /** A sign the person has chosen to leave as text. */
  readonly left: number | null
}

export interface SlashHooks {
  /** The menu as it should be now; null: closed. */
  show(trigger: Trigger | null, view: EditorView): void
  /** A key the menu may take. Answers whether it did. */
  key(name: 'ArrowDown' | 'ArrowUp' | 'Enter' | 'Tab'): boolean
}

const key = new PluginKey<SlashPluginState>('slash')

/** Closes the menu and leaves the text as typed. */
export function leaveSlash(view: EditorView): void {
  view.dispatch(view.state.tr.setMeta(key, 'leave'))
}

export function slashPlugin(hooks: SlashHooks): Plugin<SlashPluginState> {
  const shut = (view: EditorView) => {
    if (key.getState(view.state)?.open !== null) leaveSlash(view)
  }
  return new Plugin<SlashPluginState>({
    key,
    state: { init: () => ({ open: null, left: null }), apply: next },
    view: () => ({
      update(view, before) {
        const now = key.getState(view.state)
        const was = key.getState(before)
        if (!now || (now.open === null && (was?.open ?? null) === null)) return
        hooks.show(now.open === null ? null : findTrigger(view.state), view)
      },
    }),
    props: {
      handleKeyDown(view, event) {
        if (view.composing || event.isComposing || event.keyCode === 229) return false
        if ((key.getState(view.state)?.open ?? null) === null) return false
        if (event.key === 'Escape') {
          leaveSlash(view)
          return true
        }
        if (event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return false
        switch (event.key) {
          case 'ArrowDown':
          case 'ArrowUp':
          case 'Enter':
          case 'Tab':
            return hooks.key(event.key)
          default:
            return false
        }
      },
      handleDOMEvents: {
        blur(view) {
          shut(view)
          return false
        },
      },
    },
  })
}

function next(
  transaction: Transaction,
  value: SlashPluginState,
  _before: EditorState,
  state: EditorState,
): SlashPluginState {
  const map = (position: number | null) => {
    if (position === null) return null
    const mapped = transaction.mapping.mapResult(position)
    return mapped.deletedAfter ? null : mapped.pos
  }
  const open = transaction.docChanged ? map(value.open) : value.open
  const left = transaction.docChanged ? map(value.left) : value.left
  if (transaction.getMeta(key) === 'leave') return { open: null, left: open ?? left }
  if (!transaction.docChanged && !transaction.selectionSet) return value
  const found = findTrigger(state)
  if (!found) return { open: null, left: left }
  if (open === found.from) {
    // A space ends the choosing; within a composition it only parts two syllables.
    const spaced = /\s/.test(found.query) && !transaction.getMeta('composition')
    return spaced ? { open: null, left: found.from } : { open, left }
  }
  const typed = transaction.docChanged && !comesFromYjs(transaction)
  if (typed && found.query === '' && left !== found.from) return { open: found.from, left: null }
  return { open: null, left }
}
