import { Extension } from '@tiptap/core'
import { Plugin, type PluginView } from '@tiptap/pm/state'

/** The line where something that is dragged would land. It is drawn by the library's plugin, once somebody drags. */
export const DropLine = Extension.create({
  name: 'dropLine',

  addProseMirrorPlugins: () => [
    new Plugin({
      view: (view) => {
        let line: PluginView | null = null
        let asked = false
        let ended = false
        const ask = () => {
          if (asked) return
          asked = true
          import('@tiptap/pm/dropcursor').then(
            ({ dropCursor }) => {
              if (!ended) line = dropCursor({ color: 'currentColor' }).spec.view?.(view) ?? null
            },
            () => {
              // The next one who drags asks again.
              asked = false
            },
          )
        }
        view.dom.addEventListener('dragenter', ask)
        return {
          update: (current, before) => line?.update?.(current, before),
          destroy() {
            ended = true
            view.dom.removeEventListener('dragenter', ask)
            line?.destroy?.()
          },
        }
      },
    }),
  ],
})
