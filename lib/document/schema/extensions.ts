import { type AnyExtension, Extension, Mark, Node, textblockTypeInputRule } from '@tiptap/core'
import { BulletList, ListItem, OrderedList, TaskList } from '@tiptap/extension-list'
import { StarterKit } from '@tiptap/starter-kit'
import { Callout, Foreign, Image } from './blocks'
import { ClickToFill } from './click-to-fill'
import { Link } from './link'
import { SteadyBinding } from './steady-binding'
import { Table, TableCell, TableHeader, TableRow } from './table'
import { TaskItem } from './task-item'
import { tolerate } from './tolerance'

const Tolerance = Extension.create({
  name: 'tolerance',
  // Runs after the schema is made and before any binding asks it for a node.
  onBeforeCreate() {
    tolerate(this.editor.schema)
  },
})

/** The kit's nodes with content made lenient; see NODES in spec.ts for the reason. */
const Kit = StarterKit.extend({
  addExtensions() {
    return (this.parent?.() ?? []).map(lenient)
  },
})

function lenient(extension: AnyExtension): AnyExtension {
  if (extension instanceof Node && extension.name === 'blockquote') {
    return extension.extend({ content: 'block*' })
  }
  if (extension instanceof Node && extension.name === 'heading') {
    return extension.extend({
      addAttributes() {
        return { level: { default: 3, rendered: false } }
      },
      // One to three signs make the largest heading there is inside a chapter, so nobody has to know that the
      // chapter's own title is level 2.
      addInputRules() {
        return [
          textblockTypeInputRule({
            find: /^(#{1,5})\s$/,
            type: this.type,
            getAttributes: (match) => ({ level: Math.max(3, match[1]?.length ?? 3) }),
          }),
        ]
      },
    })
  }
  // Bold code stays bold and code: one person may set the one while another sets the other.
  if (extension instanceof Mark && extension.name === 'code') return extension.extend({ excludes: 'code' })
  return extension
}

const Bullets = BulletList.extend({ content: 'listItem*' })
const Tasks = TaskList.extend({ content: 'taskItem*' })
const Item = ListItem.extend({ content: 'block*' })
const Numbers = OrderedList.extend({
  content: 'listItem*',
  addAttributes() {
    return {
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
    }
  },
  renderHTML({ HTMLAttributes }) {
    return ['ol', HTMLAttributes, 0]
  },
})

/**
 * Nodes, marks, their keys and input rules: everything a strategy may hold, for the editor of one root. Add the
 * binding (`Collaboration` with `fragment`), the caret and the menus beside it. Opening a document with these
 * writes nothing into it.
 */
export function extensions(): AnyExtension[] {
  return [
    Kit.configure({
      heading: { levels: [3, 4, 5] },
      // Ours, below.
      link: false,
      bulletList: false,
      orderedList: false,
      listItem: false,
      // Undo belongs to the shared document; a trailing paragraph would be written on opening.
      undoRedo: false,
      trailingNode: false,
    }),
    Link,
    Bullets,
    Numbers,
    Item,
    Tasks,
    TaskItem,
    Callout,
    Image,
    Table,
    TableRow,
    TableHeader,
    TableCell,
    Foreign,
    ClickToFill,
    Tolerance,
    SteadyBinding,
  ]
}
