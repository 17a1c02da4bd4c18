import { Plugin, PluginKey } from '@tiptap/pm/state'
import { type Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view'
import type { Say } from '@/app/_i18n/say'
import { toast } from '@/app/_ui/toast'

export type UploadChange = { readonly add: Decoration } | { readonly remove: object }

export interface Uploading {
  readonly url: string
  readonly say: Say
}

export const uploads = new PluginKey<DecorationSet>('uploads')

/** Pictures on their way stand where they will be, seen by this person only; the document gets them when they are there. */
export function imagesPlugin(options: Uploading): Plugin<DecorationSet> {
  return new Plugin<DecorationSet>({
    key: uploads,
    state: {
      init: () => DecorationSet.empty,
      apply(transaction, set) {
        const mapped = transaction.docChanged ? set.map(transaction.mapping, transaction.doc) : set
        const change: UploadChange | undefined = transaction.getMeta(uploads)
        if (!change) return mapped
        if ('add' in change) return mapped.add(transaction.doc, [change.add])
        return mapped.remove(mapped.find(undefined, undefined, (spec) => spec.id === change.remove))
      },
    },
    props: {
      decorations: (state) => uploads.getState(state),
      handlePaste(view, event) {
        const files = picturesOf(event.clipboardData)
        // Word and spreadsheets put a picture of the text beside the text.
        if (files.length === 0 || event.clipboardData?.types.includes('text/html')) return false
        if (!view.editable) return false
        insertImages(view, files, null, options)
        return true
      },
      handleDrop(view, event) {
        const files = picturesOf(event.dataTransfer)
        if (files.length === 0 || !view.editable) return false
        event.preventDefault()
        const at =
          view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos ?? view.state.selection.to
        insertImages(view, files, at, options)
        return true
      },
    },
  })
}

function picturesOf(data: DataTransfer | null): File[] {
  return [...(data?.files ?? [])].filter((file) => file.type.startsWith('image/'))
}

/** Uploads pictures into the text; null: behind where the caret is. How is not known before the first one. */
export function insertImages(
  view: EditorView,
  files: readonly File[],
  position: number | null,
  options: Uploading,
): void {
  import('./insert-image').then(
    ({ insertImage }) => {
      if (view.isDestroyed) return
      for (const file of files) insertImage(view, file, position ?? view.state.selection.to, options)
    },
    () => toast({ text: options.say('common.no_answer') }),
  )
}
