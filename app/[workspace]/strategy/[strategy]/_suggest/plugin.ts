import { Plugin, PluginKey } from '@tiptap/pm/state'
import { DecorationSet } from '@tiptap/pm/view'

/** Where what is proposed is drawn over one chapter. Nothing of it is ever in the document. */
export const suggestKey = new PluginKey<DecorationSet>('suggest')

/** Holds what `decorate` has drawn, and moves it along with the text until it is drawn anew. */
export function suggestPlugin(): Plugin<DecorationSet> {
  return new Plugin<DecorationSet>({
    key: suggestKey,
    state: {
      init: () => DecorationSet.empty,
      apply(transaction, drawn) {
        const next: unknown = transaction.getMeta(suggestKey)
        if (next instanceof DecorationSet) return next
        return drawn === DecorationSet.empty ? drawn : drawn.map(transaction.mapping, transaction.doc)
      },
    },
    props: { decorations: (state) => suggestKey.getState(state) },
  })
}
