import type { MarkType, Node as PmNode, Schema } from '@tiptap/pm/model'
import { type EditorState, Plugin, PluginKey, TextSelection } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { updateYFragment, ySyncPluginKey } from '@tiptap/y-tiptap'
import * as Y from 'yjs'
import { changes } from './changes'
import { type Mapping, readDoc } from './read'
import { rebase } from './rebase'
import { type RelativeSelection, restoreSelection, selectionToRelative } from './relative'

/** The origin of everything typed here, in all chapters: what undo takes back. */
export const TYPED = { name: 'typed here' } as const

/**
 * After compositionend the browser still writes the last character, and ProseMirror reads it up to 20 ms later.
 * Another composition that begins within this time is the same sentence going on.
 */
const AFTER_COMPOSITION = 50

export interface BindingHooks {
  /** The selection before a change of this person, to come back to when it is undone. */
  typing?(before: RelativeSelection | null): void
  /** Something composed is not in the document yet (true), or is now (false). */
  holding?(unsent: boolean): void
  /** The editor could not show a change: nothing may be written from it any more. */
  broken(error: unknown): void
}

/**
 * Binds one root of the document to one editor, in place of y-tiptap's own plugin, for three reasons: that one
 * reads the whole chapter anew for every keystroke of a colleague; it deletes, for everybody, what it cannot show;
 * and it replaces the text an input method is composing in, which ends the composition and leaves stray letters.
 *
 * While somebody composes here, this editor stands still in both directions: what others write waits, half-typed
 * pinyin is not sent. When the composition ends both are put together. The other chapters, and the document
 * itself, go on.
 */
export class Binding {
  readonly mapping: Mapping = new Map()
  private readonly meta: { mapping: Mapping; isOMark: Map<MarkType, boolean> }
  private view: EditorView | null = null
  private pushing = false
  private rendering = false
  private before: RelativeSelection | null = null
  /** What stood here when the composition began, and whether others have changed it since. */
  private held: { base: PmNode; stale: boolean; unsent: boolean } | null = null
  private release: ReturnType<typeof setTimeout> | undefined

  constructor(
    readonly root: Y.XmlFragment,
    private readonly hooks: BindingHooks,
  ) {
    this.meta = { mapping: this.mapping, isOMark: new Map() }
  }

  /** What the editor begins with. Writes nothing. */
  open(schema: Schema): PmNode {
    return readDoc(this.root, schema, this.mapping)
  }

  plugin(): Plugin {
    return new Plugin({
      key: new PluginKey('binding'),
      view: (view) => {
        this.attach(view)
        return { update: (_view, before) => this.changed(before), destroy: () => this.detach() }
      },
      props: {
        handleDOMEvents: {
          compositionstart: () => {
            this.hold()
            return false
          },
          compositionend: () => {
            clearTimeout(this.release)
            this.release = setTimeout(() => this.settle(), AFTER_COMPOSITION)
            return false
          },
        },
      },
    })
  }

  get holding(): boolean {
    return this.held !== null
  }

  /** Ends waiting at once: the page is being left. */
  flush(): void {
    if (this.held) this.letGo()
  }

  private attach(view: EditorView): void {
    this.view = view
    const doc = this.root.doc
    doc?.on('beforeAllTransactions', this.remember)
    this.root.observeDeep(this.observe)
    // Between reading the document and now something may have come.
    this.guarded(() => this.render(false))
  }

  private detach(): void {
    this.flush()
    clearTimeout(this.release)
    this.root.doc?.off('beforeAllTransactions', this.remember)
    this.root.unobserveDeep(this.observe)
    this.view = null
  }

  private readonly remember = (): void => {
    const view = this.view
    if (this.pushing || this.held || !view?.hasFocus()) {
      this.before = null
      return
    }
    this.before = selectionToRelative(this.root, this.mapping, selectionInSight(view) ?? view.state.selection)
  }

  // --- from the editor into the document

  private changed(before: EditorState): void {
    const view = this.view
    if (!view || this.rendering || view.state.doc === before.doc) return
    if (this.held) {
      if (!this.held.unsent) {
        this.held.unsent = true
        this.hooks.holding?.(true)
      }
      return
    }
    this.guarded(() => this.push(selectionToRelative(this.root, this.mapping, before.selection)))
  }

  private push(selection: RelativeSelection | null): void {
    const { root, view } = this
    if (!view || !root.doc) return
    this.hooks.typing?.(selection)
    this.pushing = true
    try {
      const { doc } = view.state
      root.doc.transact(() => updateYFragment(root.doc ?? { transact: run }, root, doc, this.meta), TYPED)
    } finally {
      this.pushing = false
    }
  }

  // --- from the document into the editor

  private readonly observe = (_events: unknown, transaction: Y.Transaction): void => {
    if (this.pushing && transaction.origin === TYPED) return
    Y.iterateDeletedStructs(transaction, transaction.deleteSet, (struct) => {
      if (struct instanceof Y.Item && struct.content instanceof Y.ContentType)
        this.mapping.delete(struct.content.type)
    })
    for (const type of transaction.changed.keys()) this.mapping.delete(type)
    for (const type of transaction.changedParentTypes.keys()) this.mapping.delete(type)
    if (this.held) {
      this.held.stale = true
      return
    }
    this.guarded(() => this.render(transaction.origin instanceof Y.UndoManager))
  }

  private render(undo: boolean): void {
    const view = this.view
    if (!view) return
    const next = readDoc(this.root, view.state.schema, this.mapping)
    const steps = changes(view.state.doc, next)
    if (steps.length === 0) return
    const transaction = view.state.tr.setMeta('addToHistory', false)
    // lib/document's plugins leave alone what carries this mark.
    transaction.setMeta(ySyncPluginKey, { isChangeOrigin: true, isUndoRedoOperation: undo })
    for (const step of steps) {
      if (transaction.maybeStep(step).failed === null) continue
      transaction.replaceWith(0, transaction.doc.content.size, next.content)
      break
    }
    if (!transaction.doc.eq(next)) transaction.replaceWith(0, transaction.doc.content.size, next.content)
    if (this.before) restoreSelection(transaction, this.root, this.mapping, this.before)
    this.show(transaction)
  }

  private show(transaction: EditorState['tr']): void {
    this.rendering = true
    try {
      this.view?.dispatch(transaction)
    } finally {
      this.rendering = false
    }
  }

  // --- composing

  private hold(): void {
    clearTimeout(this.release)
    if (!this.view || this.held) return
    this.held = { base: this.view.state.doc, stale: false, unsent: false }
  }

  private settle(): void {
    // A composition that began again holds on until its own end.
    if (this.view?.composing) return
    this.letGo()
  }

  private letGo(): void {
    const { held, view } = this
    this.held = null
    if (!held || !view) return
    this.guarded(() => {
      const local = view.state.doc
      const typed = local !== held.base && !local.eq(held.base)
      if (typed && held.stale) this.merge(held.base, local)
      else if (held.stale) this.render(false)
      else if (typed) this.push(null)
    })
    if (held.unsent) this.hooks.holding?.(false)
  }

  private merge(base: PmNode, local: PmNode): void {
    const view = this.view
    if (!view) return
    const remote = readDoc(this.root, view.state.schema, this.mapping)
    const { doc, caret } = rebase(base, local, remote, view.state.selection.head)
    const transaction = view.state.tr
    transaction.setMeta(ySyncPluginKey, { isChangeOrigin: true, isUndoRedoOperation: false })
    for (const step of changes(local, doc)) transaction.maybeStep(step)
    if (!transaction.doc.eq(doc)) transaction.replaceWith(0, transaction.doc.content.size, doc.content)
    transaction.setSelection(TextSelection.near(transaction.doc.resolve(caret), -1))
    this.show(transaction)
    this.push(null)
  }

  /** A change that cannot be shown must not be answered with one that deletes it. */
  private guarded(act: () => void): void {
    try {
      act()
    } catch (error) {
      this.hooks.broken(error)
    }
  }
}

function run(act: () => void): void {
  act()
}

/**
 * Where the caret stands in the page, when the editor has not heard of it yet; else null. The browser moves the caret at
 * once (Home, an arrow, a click) and tells of it later. What a colleague wrote may be drawn in between, and the caret would
 * be put back to where it was, with the next letters typed in the wrong place.
 */
function selectionInSight(view: EditorView): TextSelection | null {
  const { state, dom } = view
  if (!(state.selection instanceof TextSelection)) return null
  const shown = dom.ownerDocument.getSelection()
  if (!shown?.anchorNode || !shown.focusNode) return null
  if (!dom.contains(shown.anchorNode) || !dom.contains(shown.focusNode)) return null
  try {
    const anchor = state.doc.resolve(view.posAtDOM(shown.anchorNode, shown.anchorOffset))
    const head = state.doc.resolve(view.posAtDOM(shown.focusNode, shown.focusOffset))
    if (!anchor.parent.inlineContent || !head.parent.inlineContent) return null
    return anchor.pos === state.selection.anchor && head.pos === state.selection.head
      ? null
      : new TextSelection(anchor, head)
  } catch {
    // A place the editor does not know: what it remembers is as good.
    return null
  }
}
