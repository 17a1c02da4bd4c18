import { type Editor, Extension, Node, wrappingInputRule } from '@tiptap/core'
import { Fragment, type Node as PmNode } from '@tiptap/pm/model'
import { Plugin } from '@tiptap/pm/state'

// Lists without the library's own: see marks.ts. Content is made lenient; see NODES in spec.ts for the reason.

export const Bullets = Node.create({
  name: 'bulletList',
  group: 'block list',
  content: 'listItem*',
  parseHTML: () => [{ tag: 'ul' }],
  renderHTML: ({ HTMLAttributes }) => ['ul', HTMLAttributes, 0],
  addKeyboardShortcuts() {
    return { 'Mod-Shift-8': () => this.editor.commands.toggleList(this.name, 'listItem') }
  },
  addInputRules() {
    return [wrappingInputRule({ find: /^\s*([-+*])\s$/, type: this.type })]
  },
})

export const Numbers = Node.create({
  name: 'orderedList',
  group: 'block list',
  content: 'listItem*',
  addAttributes: () => ({
    start: {
      default: 1,
      parseHTML: (element) => {
        const start = Number.parseInt(element.getAttribute('start') ?? '1', 10)
        return start >= 0 && start <= 999_999_999 ? start : 1
      },
      renderHTML: (attributes) =>
        typeof attributes.start === 'number' && attributes.start !== 1
          ? { start: String(attributes.start) }
          : {},
    },
  }),
  parseHTML: () => [{ tag: 'ol' }],
  renderHTML: ({ HTMLAttributes }) => ['ol', HTMLAttributes, 0],
  addKeyboardShortcuts() {
    return { 'Mod-Shift-7': () => this.editor.commands.toggleList(this.name, 'listItem') }
  },
  addInputRules() {
    return [
      wrappingInputRule({
        find: /^(\d+)\.\s$/,
        type: this.type,
        getAttributes: (match) => ({ start: Number(match[1]) }),
        joinPredicate: (match, node) => node.childCount + node.attrs.start === Number(match[1]),
      }),
    ]
  },
  addProseMirrorPlugins: () => [
    new Plugin({
      props: {
        // Numbered lines of plain text are a list.
        handlePaste: (view, event) => {
          const data = event.clipboardData
          const list = data?.getData('text/html').trim() ? null : numbered(data?.getData('text/plain') ?? '')
          if (!list) return false
          view.dispatch(view.state.tr.replaceSelectionWith(view.state.schema.nodeFromJSON(list)))
          return true
        },
      },
    }),
  ],
})

/** A list, where every line has the number after the last. */
function numbered(text: string) {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const found = lines.map((line) => /^(\d{1,9})[.)]\s+(.+)$/.exec(line.trim()))
  const start = Number(found[0]?.[1])
  if (!(start > 0) || !found.every((match, i) => Number(match?.[1]) === start + i)) return null
  return {
    type: 'orderedList',
    attrs: { start },
    content: found.map((match) => ({
      type: 'listItem',
      content: [{ type: 'paragraph', content: [{ type: 'text', text: match?.[2] ?? '' }] }],
    })),
  }
}

export const Tasks = Node.create({
  name: 'taskList',
  group: 'block list',
  content: 'taskItem*',
  parseHTML: () => [{ tag: 'ul[data-type="taskList"]', priority: 51 }],
  renderHTML: ({ HTMLAttributes }) => ['ul', { ...HTMLAttributes, 'data-type': 'taskList' }, 0],
  addKeyboardShortcuts() {
    return { 'Mod-Shift-9': () => this.editor.commands.toggleList(this.name, 'taskItem') }
  },
})

export const Entry = Node.create({
  name: 'listItem',
  content: 'block*',
  defining: true,
  parseHTML: () => [{ tag: 'li' }],
  renderHTML: ({ HTMLAttributes }) => ['li', HTMLAttributes, 0],
  addExtensions: () => [deletingBefore('listItem', ['bulletList', 'orderedList'])],
  addKeyboardShortcuts() {
    return {
      Enter: () => this.editor.commands.splitListItem(this.name),
      Tab: () => this.editor.commands.sinkListItem(this.name),
      'Shift-Tab': () => this.editor.commands.liftListItem(this.name),
    }
  },
})

/**
 * Delete at the end of an entry's line, before a list below it: where an entry of that list has more below it again,
 * they all come up beside this one, and nothing is lost.
 */
export function deletingBefore(item: string, lists: readonly string[]) {
  return Extension.create({
    name: `${item}Delete`,
    // Before what a list does at Delete otherwise.
    priority: 101,
    addKeyboardShortcuts() {
      const lift = () => liftBelow(this.editor, item, lists)
      return { Delete: lift, 'Mod-Delete': lift }
    },
  })
}

function liftBelow({ state, view }: Editor, item: string, lists: readonly string[]): boolean {
  const { selection } = state
  const { $from } = selection
  if (!selection.empty || !$from.parent.isTextblock || $from.parentOffset !== $from.parent.content.size)
    return false
  let depth = $from.depth
  while (depth > 0 && $from.node(depth).type.name !== item) depth -= 1
  if (depth === 0) return false
  const below = $from.node(depth).maybeChild($from.index(depth) + 1)
  const beside = state.doc.resolve($from.after()).nodeAfter
  if (!below || !beside || ![below, beside].every(({ type }) => lists.includes(type.name))) return false
  const branches = (entry: PmNode) => entry.type.name === item && entry.childCount > 1
  if (!below.children.some(branches) || beside.childCount === 0) return false
  const from = $from.after()
  const tr = state.tr.delete(from, from + beside.nodeSize)
  tr.insert(tr.mapping.map($from.after(depth)), Fragment.from(beside.children))
  view.dispatch(tr.setSelection(selection.map(tr.doc, tr.mapping)))
  return true
}
