import { Plugin } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'

/**
 * Stands in for a plugin until somebody touches the text, and does then what that one does: adding one to a running
 * editor would take down all the others. For a plugin of props alone. `meanwhile`: props of its own until then.
 */
export function latePlugin(
  load: () => Promise<Plugin>,
  meanwhile: (ask: () => Promise<void>) => Plugin['props'] = () => ({}),
): Plugin {
  let coming: Promise<void> | null = null
  const ask = () => {
    coming ??= load().then(
      ({ props }) => {
        // The editor looks for them anew each time.
        Object.assign(own, props)
      },
      (error: unknown) => {
        // The next touch asks again.
        coming = null
        throw error
      },
    )
    return coming
  }
  const touched = () => {
    ask().catch(() => undefined)
    return false
  }
  const handleDOMEvents = { focus: touched, mousedown: touched }
  const plugin: Plugin = new Plugin({ props: { ...meanwhile(ask), handleDOMEvents } })
  const own = plugin.props
  return plugin
}

/** Pastes once more what was pasted before anybody knew how; as words alone where nobody ever will. */
export function pasteLater(
  view: Pick<EditorView, 'isDestroyed' | 'pasteHTML' | 'pasteText'>,
  event: { readonly clipboardData: Pick<DataTransfer, 'getData'> | null },
  known: Promise<void>,
): boolean {
  const html = event.clipboardData?.getData('text/html') ?? ''
  const text = event.clipboardData?.getData('text/plain') ?? ''
  if (html === '' && text === '') return false
  known.then(
    () => !view.isDestroyed && (html === '' ? view.pasteText(text) : view.pasteHTML(html)),
    () => !view.isDestroyed && view.pasteText(text),
  )
  return true
}
