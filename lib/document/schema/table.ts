import { Node } from '@tiptap/core'
import { Fragment, type NodeType, type Schema } from '@tiptap/pm/model'
import { TextSelection } from '@tiptap/pm/state'
import { refuseMisshapen } from './table-shape'
import { standIn, TABLE_COMMANDS, TABLE_KEYS, type TableCommand, tableCommand, tableKey } from './table-tools'

declare module '@tiptap/core' {
  interface Commands<ReturnType> {
    table: {
      /** Puts an empty table in place of the selection, the caret in its first cell. */
      insertTable: (size: { rows: number; cols: number; withHeaderRow: boolean }) => ReturnType
    } & Record<TableCommand, () => ReturnType>
  }
}

const ROLES: Readonly<Record<string, string>> = {
  table: 'table',
  tableRow: 'row',
  tableCell: 'cell',
  tableHeader: 'header_cell',
}

/**
 * No column group and no view of its own: widths are the page's matter, and a `colgroup` would be one more thing
 * that has to be kept in step with columns that colleagues add. What works in a table is in table-editing.ts, which
 * comes when it is needed; the nodes are always known.
 */
export const Table = Node.create({
  name: 'table',
  group: 'block',
  content: 'tableRow*',
  isolating: true,

  extendNodeSchema({ name }) {
    const tableRole = ROLES[name]
    return tableRole ? { tableRole } : {}
  },

  parseHTML() {
    return [{ tag: 'table' }]
  },

  renderHTML() {
    return ['div', { class: 'tableWrapper' }, ['table', ['tbody', 0]]]
  },

  addCommands() {
    return {
      insertTable:
        ({ rows, cols, withHeaderRow }) =>
        ({ tr, dispatch, editor }) => {
          if (dispatch) {
            const at = tr.selection.from + 1
            tr.replaceSelectionWith(emptyTable(editor.schema, rows, cols, withHeaderRow))
            tr.scrollIntoView().setSelection(TextSelection.near(tr.doc.resolve(at)))
          }
          return true
        },
      ...tableCommands,
    }
  },

  addKeyboardShortcuts() {
    return Object.fromEntries(TABLE_KEYS.map((name) => [name, tableKey(name)]))
  },

  addProseMirrorPlugins() {
    return [standIn(), refuseMisshapen()]
  },
})

const tableCommands = Object.fromEntries(TABLE_COMMANDS.map((name) => [name, tableCommand(name)]))

function emptyTable(schema: Schema, rows: number, cols: number, withHeaderRow: boolean) {
  const { table, tableRow, tableCell, tableHeader } = schema.nodes
  if (!table || !tableRow || !tableCell || !tableHeader) throw new Error('the schema knows no tables')
  const row = (cell: NodeType) => {
    const cells = Array.from({ length: cols }, () => cell.createAndFill()).filter((one) => one !== null)
    return tableRow.createChecked(null, cells)
  }
  const all = Array.from({ length: rows }, (_, i) => row(withHeaderRow && i === 0 ? tableHeader : tableCell))
  return table.createChecked(null, all)
}

const cellAttributes = () => ({
  colspan: {
    default: 1,
    renderHTML: (attributes: Record<string, unknown>) => span('colspan', attributes.colspan),
  },
  rowspan: {
    default: 1,
    renderHTML: (attributes: Record<string, unknown>) => span('rowspan', attributes.rowspan),
  },
  colwidth: { default: null, rendered: false },
  align: {
    default: null,
    parseHTML: (element: HTMLElement) => {
      const align = element.style.textAlign || element.getAttribute('align')
      return align === 'left' || align === 'center' || align === 'right' ? align : null
    },
    renderHTML: (attributes: Record<string, unknown>) =>
      typeof attributes.align === 'string' ? { 'data-align': attributes.align } : {},
  },
})

function span(name: string, value: unknown): Record<string, string> {
  return typeof value === 'number' && value > 1 ? { [name]: String(value) } : {}
}

export const TableRow = Node.create({
  name: 'tableRow',
  content: '(tableCell | tableHeader)*',
  parseHTML: () => [{ tag: 'tr' }],
  renderHTML: ({ HTMLAttributes }) => ['tr', HTMLAttributes, 0],
})

const cell = (name: 'tableCell' | 'tableHeader', tag: 'td' | 'th') =>
  Node.create({
    name,
    content: 'block*',
    isolating: true,
    addAttributes: cellAttributes,
    // An empty cell that is pasted gets a line to write on, as a new one does.
    parseHTML: () => [
      {
        tag,
        getAttrs: (element) => (isEmpty(element) ? {} : false),
        getContent: (_, schema) => schema.nodes[name]?.createAndFill()?.content ?? Fragment.empty,
      },
      { tag },
    ],
    renderHTML: ({ HTMLAttributes }) => [tag, HTMLAttributes, 0],
  })

/** A no-break space is content; blanks and line ends are not. */
const isEmpty = (element: HTMLElement) =>
  element.children.length === 0 && !/[^ \t\r\n\f]/.test(element.textContent ?? '')

export const TableCell = cell('tableCell', 'td')
export const TableHeader = cell('tableHeader', 'th')
