import { Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view'
import type { Say } from '@/app/_i18n/say'
import { UploadError, upload } from './upload'

/** Kept in step with the server's list; it looks at the bytes itself. */
export const IMAGE_TYPES = ['image/png', 'image/jpeg', 'image/webp', 'image/gif']
/** The column in pixels, twice for sharp screens: a wider picture is shown as wide as the column. */
const COLUMN = 1200

type Change = { readonly add: Decoration } | { readonly remove: object }

const key = new PluginKey<DecorationSet>('uploads')

/** Pictures on their way stand where they will be, seen by this person only; the document gets them when they are there. */
export function imagesPlugin(options: { readonly url: string; readonly say: Say }): Plugin<DecorationSet> {
  return new Plugin<DecorationSet>({
    key,
    state: {
      init: () => DecorationSet.empty,
      apply(transaction, set) {
        const mapped = transaction.docChanged ? set.map(transaction.mapping, transaction.doc) : set
        const change: Change | undefined = transaction.getMeta(key)
        if (!change) return mapped
        if ('add' in change) return mapped.add(transaction.doc, [change.add])
        return mapped.remove(mapped.find(undefined, undefined, (spec) => spec.id === change.remove))
      },
    },
    props: {
      decorations: (state) => key.getState(state),
      handlePaste(view, event) {
        const files = picturesOf(event.clipboardData)
        // Word and spreadsheets put a picture of the text beside the text.
        if (files.length === 0 || event.clipboardData?.types.includes('text/html')) return false
        if (!view.editable) return false
        for (const file of files) insertImage(view, file, view.state.selection.to, options)
        return true
      },
      handleDrop(view, event) {
        const files = picturesOf(event.dataTransfer)
        if (files.length === 0 || !view.editable) return false
        event.preventDefault()
        const at =
          view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos ?? view.state.selection.to
        for (const file of files) insertImage(view, file, at, options)
        return true
      },
    },
  })
}

function picturesOf(data: DataTransfer | null): File[] {
  return [...(data?.files ?? [])].filter((file) => file.type.startsWith('image/'))
}

/** Uploads a picture and puts it behind the block at `position`, wherever that block is by then. */
export function insertImage(
  view: EditorView,
  file: File,
  position: number,
  { url, say }: { readonly url: string; readonly say: Say },
): void {
  const id = {}
  const abort = new AbortController()
  const shown = placeholder(file.name, say, () => {
    abort.abort()
    remove()
  })
  const remove = () => {
    if (!view.isDestroyed) view.dispatch(view.state.tr.setMeta(key, { remove: id } satisfies Change))
  }
  const $at = view.state.doc.resolve(Math.min(position, view.state.doc.content.size))
  const at = $at.depth > 0 ? $at.after(1) : $at.pos
  const add = Decoration.widget(at, shown.dom, { id, side: -1, ignoreSelection: true })
  view.dispatch(view.state.tr.setMeta(key, { add } satisfies Change))
  upload(url, file, shown.progress, abort.signal).then(
    ({ id: fileId, width }) => {
      if (view.isDestroyed) return
      const [place] = key.getState(view.state)?.find(undefined, undefined, (spec) => spec.id === id) ?? []
      const image = view.state.schema.nodes.image
      if (!place || !image) return
      const alt = file.name.replace(/\.[a-z0-9]+$/i, '')
      const node = image.create({
        fileId,
        alt,
        width: Math.min(width, COLUMN) < 16 ? null : Math.min(width, COLUMN),
      })
      view.dispatch(view.state.tr.insert(place.from, node).setMeta(key, { remove: id } satisfies Change))
    },
    (error: unknown) => {
      if (abort.signal.aborted) return
      const said = error instanceof UploadError ? error.said : null
      shown.fail(said ?? say('editor.upload_failed'))
    },
  )
}

function placeholder(name: string, say: Say, close: () => void) {
  const dom = document.createElement('div')
  dom.className = 'upload'
  dom.contentEditable = 'false'
  const words = document.createElement('span')
  words.setAttribute('role', 'status')
  const track = document.createElement('span')
  track.className = 'prog'
  const bar = document.createElement('i')
  track.append(bar)
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'btn sm plain'
  button.textContent = say('editor.upload_cancel')
  button.addEventListener('click', close)
  dom.append(words, track, button)
  const show = (part: number) => {
    track.style.setProperty('--v', `${Math.round(part * 100)}%`)
    words.textContent = say('editor.upload_busy', { name, percent: part })
  }
  show(0)
  return {
    dom,
    progress: show,
    fail(message: string) {
      dom.dataset.failed = ''
      track.remove()
      words.setAttribute('role', 'alert')
      words.textContent = say('editor.upload_said', { name, message })
      button.textContent = say('editor.upload_dismiss')
    },
  }
}
