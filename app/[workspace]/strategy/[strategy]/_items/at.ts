import { Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import { placeOf } from './place'

/** Marks the item the caret is in: there its empty parts and its tools come into sight. */
export function atItem(): Plugin<DecorationSet> {
  const key = new PluginKey<DecorationSet>('atItem')
  return new Plugin<DecorationSet>({
    key,
    state: {
      init: () => DecorationSet.empty,
      apply(transaction, value, _before, state) {
        if (!transaction.docChanged && !transaction.selectionSet) return value
        const place = placeOf(state)
        if (!place) return DecorationSet.empty
        const end = place.at + place.item.nodeSize
        return DecorationSet.create(state.doc, [Decoration.node(place.at, end, { class: 'at' })])
      },
    },
    props: { decorations: (state) => key.getState(state) ?? null },
  })
}
