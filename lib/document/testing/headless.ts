import { Editor } from '@tiptap/core'
import { Collaboration } from '@tiptap/extension-collaboration'
import { DOMSerializer } from '@tiptap/pm/model'
import { EditorState, type Plugin, type Transaction } from '@tiptap/pm/state'
import type * as Y from 'yjs'
import { extensions } from '../schema/extensions'
import { loadTables } from '../schema/table-tools'
import { fakeDocument, htmlOf } from './fake-dom'

// Tiptap's key map asks what machine it runs on; Node 20 has nobody to ask.
if (!('navigator' in globalThis)) {
  Object.defineProperty(globalThis, 'navigator', {
    configurable: true,
    value: { platform: 'Linux x86_64', userAgent: 'node', maxTouchPoints: 0 },
  })
}

// In a page they come with the first sign of a table; here they are there.
await loadTables()

/** The real editor's schema, plugins and Yjs binding around a view that has a state and no screen. */
export interface Headless {
  readonly editor: Editor
  readonly view: { state: EditorState; dispatch(transaction: Transaction): void }
  /** What the editor's DOM would be. */
  html(): string
  close(): void
}

interface PluginView {
  update?(view: unknown, before: EditorState): void
  destroy?(): void
}

export function openHeadless(fragment: Y.XmlFragment): Headless {
  const editor = new Editor({
    element: null,
    content: { type: 'doc', content: [] },
    extensions: [...extensions(), Collaboration.configure({ fragment })],
  })
  const plugins = editor.extensionManager.plugins
  const views: PluginView[] = []
  const view = {
    state: EditorState.create({ schema: editor.schema, plugins }),
    editable: true,
    hasFocus: () => false,
    dispatch(transaction: Transaction) {
      const before = view.state
      view.state = before.apply(transaction)
      for (const one of views) one.update?.(view, before)
    },
  }
  for (const plugin of plugins.filter(isBinding)) {
    const open: unknown = plugin.spec.view
    if (typeof open === 'function') views.push(open(view))
  }
  return {
    editor,
    view,
    html: () => {
      const serializer = DOMSerializer.fromSchema(editor.schema)
      // ProseMirror asks this document for elements and texts, which is what the fake one has.
      const options: unknown = { document: fakeDocument }
      return htmlOf(serializer.serializeFragment(view.state.doc.content, options as { document: Document }))
    },
    close: () => {
      for (const one of views) one.destroy?.()
    },
  }
}

/** The plugins that write to Yjs; the others' views want a screen. */
function isBinding(plugin: Plugin): boolean {
  const key: unknown = plugin.spec.key && 'key' in plugin.spec.key ? plugin.spec.key.key : ''
  return typeof key === 'string' && /^(?:y-sync|y-undo|steadyBinding)/.test(key)
}
