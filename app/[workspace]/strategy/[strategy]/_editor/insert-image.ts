import { Decoration, type EditorView } from '@tiptap/pm/view'
import type { Say } from '@/app/_i18n/say'
import { type UploadChange, type Uploading, uploads } from './images'
import { UploadError, upload } from './upload'

/** The column in pixels, twice for sharp screens: a wider picture is shown as wide as the column. */
const COLUMN = 1200

/** Uploads a picture and puts it behind the block at `position`, wherever that block is by then. */
export function insertImage(view: EditorView, file: File, position: number, { url, say }: Uploading): void {
  const id = {}
  const abort = new AbortController()
  const shown = placeholder(file.name, say, () => {
    abort.abort()
    remove()
  })
  const remove = () => {
    if (!view.isDestroyed)
      view.dispatch(view.state.tr.setMeta(uploads, { remove: id } satisfies UploadChange))
  }
  const $at = view.state.doc.resolve(Math.min(position, view.state.doc.content.size))
  const at = $at.depth > 0 ? $at.after(1) : $at.pos
  const add = Decoration.widget(at, shown.dom, { id, side: -1, ignoreSelection: true })
  view.dispatch(view.state.tr.setMeta(uploads, { add } satisfies UploadChange))
  upload(url, file, shown.progress, abort.signal).then(
    ({ id: fileId, width }) => {
      if (view.isDestroyed) return
      const [place] = uploads.getState(view.state)?.find(undefined, undefined, (spec) => spec.id === id) ?? []
      const image = view.state.schema.nodes.image
      if (!place || !image) return
      const alt = file.name.replace(/\.[a-z0-9]+$/i, '')
      const node = image.create({
        fileId,
        alt,
        width: Math.min(width, COLUMN) < 16 ? null : Math.min(width, COLUMN),
      })
      view.dispatch(
        view.state.tr.insert(place.from, node).setMeta(uploads, { remove: id } satisfies UploadChange),
      )
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
