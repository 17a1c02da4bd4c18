import { getSchema } from '@tiptap/core'
import type { Node as PmNode } from '@tiptap/pm/model'
import { EditorState, type Plugin, TextSelection, type Transaction } from '@tiptap/pm/state'
import type * as Y from 'yjs'
import { extensions } from '@/lib/document/schema/extensions'
import { tolerate } from '@/lib/document/schema/tolerance'
import { must } from '@/lib/kit/assert'
import { Binding, type BindingHooks } from './binding'

/** The binding around a view that has a state and no screen, for tests. */
export interface Headless {
  readonly binding: Binding
  readonly view: HeadlessView
  /** Writes like a person: `text` over the positions from..to. */
  type(from: number, to: number, text: string): void
  /** The browser has moved the caret and told nobody yet. */
  moveUnheard(to: number): void
  composition(part: 'start' | 'end'): void
  text(): string
}

interface HeadlessView {
  state: EditorState
  composing: boolean
  dispatch(transaction: Transaction): void
  hasFocus(): boolean
  /** As much of the editor's element as is asked for its selection. */
  readonly dom: {
    readonly ownerDocument: { getSelection(): Shown | null }
    contains(node: unknown): boolean
  }
  posAtDOM(node: unknown, offset: number): number
}

/** Where the browser shows the caret: its nodes are positions here. */
interface Shown {
  readonly anchorNode: unknown
  readonly anchorOffset: number
  readonly focusNode: unknown
  readonly focusOffset: number
}

export function openHeadless(root: Y.XmlFragment, hooks: Partial<BindingHooks> = {}): Headless {
  const schema = getSchema(extensions())
  tolerate(schema)
  const binding = new Binding(root, {
    broken: (error) => {
      throw error
    },
    ...hooks,
  })
  const doc: PmNode = binding.open(schema)
  const plugin: Plugin = binding.plugin()
  const started: { update?(view: unknown, before: EditorState): void }[] = []
  let shown: Shown | null = null
  const view: HeadlessView = {
    dom: { ownerDocument: { getSelection: () => shown }, contains: () => true },
    posAtDOM: (_, offset) => offset,
    state: EditorState.create({ doc, plugins: [plugin] }),
    composing: false,
    hasFocus: () => true,
    dispatch(transaction) {
      const before = view.state
      view.state = before.apply(transaction)
      for (const one of started) one.update?.(view, before)
    },
  }
  const open: unknown = plugin.spec.view
  if (typeof open === 'function') started.push(open(view))
  return {
    binding,
    view,
    type(from, to, text) {
      const transaction = view.state.tr.insertText(text, from, to)
      const after = TextSelection.create(transaction.doc, from + text.length)
      view.dispatch(transaction.setSelection(after))
    },
    moveUnheard(to) {
      shown = { anchorNode: view, anchorOffset: to, focusNode: view, focusOffset: to }
    },
    composition(part) {
      const handlers: unknown = plugin.props.handleDOMEvents
      const handler: unknown = Reflect.get(Object(handlers), `composition${part}`)
      view.composing = part === 'start'
      if (typeof handler === 'function') must(handler, 'a handler')()
    },
    text: () => view.state.doc.textBetween(0, view.state.doc.content.size, '|'),
  }
}
