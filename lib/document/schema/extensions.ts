import { type AnyExtension, Extension, textblockTypeInputRule } from '@tiptap/core'
import { Blockquote } from '@tiptap/extension-blockquote'
import { Bold } from '@tiptap/extension-bold'
import { Code } from '@tiptap/extension-code'
import { CodeBlock } from '@tiptap/extension-code-block'
import { Document } from '@tiptap/extension-document'
import { HardBreak } from '@tiptap/extension-hard-break'
import { Heading } from '@tiptap/extension-heading'
import { HorizontalRule } from '@tiptap/extension-horizontal-rule'
import { Italic } from '@tiptap/extension-italic'
import { BulletList } from '@tiptap/extension-list/bullet-list'
import { ListItem } from '@tiptap/extension-list/item'
import { ListKeymap } from '@tiptap/extension-list/keymap'
import { OrderedList } from '@tiptap/extension-list/ordered-list'
import { TaskList } from '@tiptap/extension-list/task-list'
import { Paragraph } from '@tiptap/extension-paragraph'
import { Strike } from '@tiptap/extension-strike'
import { Text } from '@tiptap/extension-text'
import { Underline } from '@tiptap/extension-underline'
import { Dropcursor } from '@tiptap/extensions/drop-cursor'
import { Gapcursor } from '@tiptap/extensions/gap-cursor'
import { Callout, Foreign, Image } from './blocks'
import { ClickToFill } from './click-to-fill'
import { Comment } from './comment'
import { Item } from './item'
import { ItemPart } from './item-part'
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

// Nodes with content made lenient; see NODES in spec.ts for the reason.
const Quote = Blockquote.extend({ content: 'block*' })
const ChapterHeading = Heading.extend({
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
}).configure({ levels: [3, 4, 5] })
// Bold code stays bold and code: one person may set the one while another sets the other.
const CodeMark = Code.extend({ excludes: 'code' })
// Its words can be discussed like any others.
const CodeLines = CodeBlock.extend({ marks: 'comment' })
const Bullets = BulletList.extend({ content: 'listItem*' })
const Tasks = TaskList.extend({ content: 'taskItem*' })
const Entry = ListItem.extend({ content: 'block*' })
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
    // One by one and from the single files: the kit and the packages' own lists bring along a parser of addresses,
    // an undo beside the shared one and a trailing paragraph that would be written on opening.
    Bold,
    Quote,
    CodeMark,
    CodeLines,
    Document,
    Dropcursor,
    Gapcursor,
    HardBreak,
    ChapterHeading,
    HorizontalRule,
    Italic,
    ListKeymap,
    Paragraph,
    Strike,
    Text,
    Underline,
    Comment,
    Link,
    Bullets,
    Numbers,
    Entry,
    Tasks,
    TaskItem,
    Callout,
    Image,
    Table,
    TableRow,
    TableHeader,
    TableCell,
    Item,
    ItemPart,
    Foreign,
    ClickToFill,
    Tolerance,
    SteadyBinding,
  ]
}
