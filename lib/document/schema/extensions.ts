import { type AnyExtension, Extension } from '@tiptap/core'
import { ListKeymap } from '@tiptap/extension-list/keymap'
import { Callout, Foreign, Image } from './blocks'
import { ClickToFill } from './click-to-fill'
import { CodeLines } from './code-lines'
import { Comment } from './comment'
import { DropLine } from './drop-line'
import { Item } from './item'
import { ItemPart } from './item-part'
import { latePlugin } from './late-plugin'
import { Link } from './link'
import { Bullets, Entry, Numbers, Tasks } from './lists'
import { Bold, Code, Italic, Strike, Underline } from './marks'
import { SteadyBinding } from './steady-binding'
import { Table, TableCell, TableHeader, TableRow } from './table'
import { TaskItem } from './task-item'
import { Document, HardBreak, Heading, HorizontalRule, Paragraph, Quote, Text } from './text-blocks'
import { tolerate } from './tolerance'

/** The caret between blocks that take none themselves. */
const GapCursor = Extension.create({
  name: 'gapCursor',
  addProseMirrorPlugins: () => [
    latePlugin(() => import('@tiptap/pm/gapcursor').then(({ gapCursor }) => gapCursor())),
  ],
})

const Tolerance = Extension.create({
  name: 'tolerance',
  // Runs after the schema is made and before any binding asks it for a node.
  onBeforeCreate() {
    tolerate(this.editor.schema)
  },
})

/**
 * Nodes, marks, their keys and input rules: everything a strategy may hold, for the editor of one root. Add the
 * binding (`Collaboration` with `fragment`), the caret and the menus beside it. Opening a document with these
 * writes nothing into it.
 */
export function extensions(): AnyExtension[] {
  return [
    Bold,
    Quote,
    Code,
    CodeLines,
    Document,
    DropLine,
    GapCursor,
    HardBreak,
    Heading,
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
