import { type AnyExtension, Editor, Extension } from '@tiptap/core'
import { Selection, TextSelection } from '@tiptap/pm/state'
import type * as Y from 'yjs'
import type { TextRoot } from '@/lib/document/roots'
import { extensions } from '@/lib/document/schema/extensions'
import { comesFromYjs } from '@/lib/document/schema/local-only'
import { Binding, type BindingHooks } from './binding/binding'
import { type RelativeSelection, toAbsolute } from './binding/relative'
import { caretInStep } from './caret-in-step'
import { edgeOf, enter, leaving } from './walk'

export interface ChapterHooks extends BindingHooks {
  undo(): void
  redo(): void
  /** The link key. Answers false to leave it to the page. */
  link(): boolean
  neighbour(way: 'previous' | 'next'): Chapter | null
  focused(chapter: Chapter): void
  /** Anything changed: text, selection or focus. Called before the screen is painted; be quick. */
  changed(chapter: Chapter, what: { doc: boolean; own: boolean }): void
}

export interface ChapterOptions {
  readonly root: TextRoot
  readonly fragment: Y.XmlFragment
  /** Holds the server's rendering of the same text; the editor takes its place. */
  readonly element: HTMLElement
  readonly label: string
  readonly editable: boolean
  readonly extensions: readonly AnyExtension[]
  readonly hooks: ChapterHooks
}

/** One chapter's editor. */
export class Chapter {
  readonly root: TextRoot
  readonly binding: Binding
  readonly editor: Editor

  constructor(options: ChapterOptions) {
    const { root, fragment, element, hooks } = options
    this.root = root
    this.binding = new Binding(fragment, hooks)
    this.editor = new Editor({
      element: { mount: element },
      extensions: [...extensions(), this.keys(hooks), this.plugins(), ...options.extensions],
      // The words of the document itself, before the first keystroke and without parsing anything.
      onBeforeCreate: ({ editor }) => {
        // Its type speaks of JSON and HTML; a node is taken as it is.
        Object.assign(editor.options, { content: this.binding.open(editor.schema) })
      },
      injectCSS: false,
      editable: options.editable,
      editorProps: {
        attributes: {
          role: 'textbox',
          'aria-multiline': 'true',
          'aria-label': options.label,
          // Chrome's grammar service would send a strategy elsewhere.
          spellcheck: 'false',
          autocorrect: 'off',
        },
      },
      onFocus: () => {
        hooks.focused(this)
        hooks.changed(this, { doc: false, own: true })
      },
      onBlur: () => hooks.changed(this, { doc: false, own: true }),
      onTransaction: ({ transaction }) => {
        hooks.changed(this, { doc: transaction.docChanged, own: !comesFromYjs(transaction) })
      },
    })
  }

  get view() {
    return this.editor.view
  }

  setEditable(editable: boolean): void {
    if (this.editor.isEditable !== editable) this.editor.setEditable(editable, false)
  }

  focusAt(selection: RelativeSelection | null): void {
    const { view } = this
    view.focus()
    const { tr } = view.state
    if (selection) {
      const head = toAbsolute(this.binding.root, this.binding.mapping, selection.head)
      const size = tr.doc.content.size
      if (head !== null && head <= size) tr.setSelection(TextSelection.near(tr.doc.resolve(head)))
    }
    view.dispatch(tr.scrollIntoView())
  }

  /** Puts the caret where the pointer was when there was no editor yet. */
  focusPoint(left: number, top: number): void {
    const found = this.view.posAtCoords({ left, top })
    const { tr } = this.view.state
    const at = found ? Selection.near(tr.doc.resolve(found.pos)) : Selection.atEnd(tr.doc)
    this.view.focus()
    this.view.dispatch(tr.setSelection(at))
  }

  destroy(): void {
    this.editor.destroy()
  }

  private plugins(): AnyExtension {
    const { binding } = this
    return Extension.create({
      name: 'binding',
      // Before every other plugin: they are told of a change when the document has it.
      priority: 1000,
      addProseMirrorPlugins: () => [binding.plugin(), caretInStep()],
    })
  }

  private keys(hooks: ChapterHooks): AnyExtension {
    const walk = (key: Parameters<typeof leaving>[1]) => () => {
      const { view } = this
      if (view.composing) return false
      const way = leaving(view, key)
      const next = way && hooks.neighbour(way)
      if (!way || !next) return false
      const upright = key === 'ArrowUp' || key === 'ArrowDown'
      const left = upright ? view.coordsAtPos(view.state.selection.head).left : null
      enter(next.view, way === 'next' ? 'previous' : 'next', left)
      return true
    }
    // By ourselves: a caret the browser puts at the very start just after the chapter was entered is taken for one of
    // its own resets, and put back.
    const jump = (to: 'start' | 'end') => () => {
      const { view } = this
      const edge = view.composing ? null : edgeOf(view, to)
      if (!(edge instanceof TextSelection)) return false
      view.dispatch(view.state.tr.setSelection(edge).scrollIntoView())
      return true
    }
    const act = (run: () => void) => () => {
      run()
      return true
    }
    return Extension.create({
      name: 'pageKeys',
      priority: 900,
      addKeyboardShortcuts: () => ({
        'Mod-z': act(hooks.undo),
        'Shift-Mod-z': act(hooks.redo),
        'Mod-y': act(hooks.redo),
        'Mod-k': () => hooks.link(),
        'Ctrl-Home': jump('start'),
        'Ctrl-End': jump('end'),
        ArrowUp: walk('ArrowUp'),
        ArrowDown: walk('ArrowDown'),
        ArrowLeft: walk('ArrowLeft'),
        ArrowRight: walk('ArrowRight'),
      }),
    })
  }
}
