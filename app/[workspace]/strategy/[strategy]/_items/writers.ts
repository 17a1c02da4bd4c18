import { Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view'
import * as Y from 'yjs'
import type { Binding } from '../_editor/binding/binding'
import { toAbsolute } from '../_editor/binding/relative'

/** Somebody else's caret is in this part. */
export interface Writer {
  /** Position before the part. */
  readonly at: number
  readonly name: string
  /** Their colour. */
  readonly who: number
}

const key = new PluginKey<{ said: string; set: DecorationSet }>('writers')

/** The names of those who write in a slot, in the slot's own tag, where the style sheet finds them. */
export function writersPlugin(): Plugin {
  return new Plugin<{ said: string; set: DecorationSet }>({
    key,
    state: {
      init: () => ({ said: '', set: DecorationSet.empty }),
      apply(transaction, value, _before, state) {
        const writers: unknown = transaction.getMeta(key)
        if (Array.isArray(writers)) {
          const parts = new Map<number, Writer[]>()
          for (const one of writers as Writer[]) parts.set(one.at, [...(parts.get(one.at) ?? []), one])
          const set = [...parts].flatMap(([at, all]) => {
            const part = state.doc.nodeAt(at)
            if (part?.type.name !== 'itemPart') return []
            const attrs = {
              'data-writer': all.map(({ name }) => name).join(', '),
              'data-who': String(all[0]?.who ?? 1),
            }
            return [Decoration.node(at, at + part.nodeSize, attrs)]
          })
          return { said: saying(writers as Writer[]), set: DecorationSet.create(state.doc, set) }
        }
        return transaction.docChanged
          ? { said: value.said, set: value.set.map(transaction.mapping, transaction.doc) }
          : value
      },
    },
    props: { decorations: (state) => key.getState(state)?.set ?? null },
  })
}

/** Tells the editor only of what has changed: carets move with every key, and hardly ever into another slot. */
export function showWriters(view: EditorView, writers: readonly Writer[]): void {
  if (view.isDestroyed || key.getState(view.state)?.said === saying(writers)) return
  view.dispatch(view.state.tr.setMeta(key, [...writers]).setMeta('addToHistory', false))
}

/** The order of the parts does not change with what is typed before them, so a name stays where it is. */
function saying(writers: readonly Writer[]): string {
  return writers.map(({ at, name }) => `${at} ${name}`).join('|')
}

/** Where a caret stands that another browser tells of; null where nobody can say. */
export function placeOfCaret(head: unknown, binding: Binding): number | null {
  try {
    return toAbsolute(binding.root, binding.mapping, Y.createRelativePositionFromJSON(head))
  } catch {
    return null
  }
}
