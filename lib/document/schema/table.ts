import type { Command, RawCommands } from '@tiptap/core'
import { TableCell as TiptapCell } from '@tiptap/extension-table/cell'
import { TableHeader as TiptapHeader } from '@tiptap/extension-table/header'
import { TableRow as TiptapRow } from '@tiptap/extension-table/row'
import { Table as TiptapTable } from '@tiptap/extension-table/table'
import type { Node as PmNode } from '@tiptap/pm/model'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { fixTables } from '@tiptap/pm/tables'
import { comesFromYjs } from './local-only'

/**
 * No column group and no view of its own: widths are the page's matter, and a `colgroup` would be one more thing
 * that has to be kept in step with columns that colleagues add.
 */
export const Table = TiptapTable.extend({
  content: 'tableRow*',

  renderHTML() {
    return ['div', { class: 'tableWrapper' }, ['table', ['tbody', 0]]]
  },

  addNodeView() {
    return null
  },

  addCommands() {
    const commands = this.parent?.() ?? {}
    return { ...commands, ...Object.fromEntries(RESHAPING.map((name) => [name, squaredUp(commands[name])])) }
  },

  addProseMirrorPlugins() {
    return [...(this.parent?.() ?? []).map(repairOnlyOwnShape), refuseMisshapen()]
  },
}).configure({ resizable: false })

/** The library's commands that count rows and columns, which in a ragged table come out wrong. */
const RESHAPING = [
  'addColumnBefore',
  'addColumnAfter',
  'deleteColumn',
  'addRowBefore',
  'addRowAfter',
  'deleteRow',
  'mergeCells',
  'splitCell',
  'mergeOrSplit',
  'toggleHeaderColumn',
  'toggleHeaderRow',
] as const

type TableCommands = Partial<RawCommands>

/** The command after the tables have been squared up, in the same transaction and so in the same undo. */
function squaredUp(command: TableCommands[(typeof RESHAPING)[number]]) {
  return (): Command => (props) => {
    if (!command) return false
    // Inside a command the state hands out the transaction at hand, so this adds to it.
    if (props.dispatch) fixTables(props.state)
    return command()(props)
  }
}

/**
 * The last guard: the library inserts without asking the schema, and what it made of an odd selection in an odd
 * table once was a row inside a row. Such an edit does not happen.
 */
function refuseMisshapen(): Plugin {
  return new Plugin({
    key: new PluginKey('refuseMisshapen'),
    filterTransaction(transaction, state) {
      if (!transaction.docChanged || comesFromYjs(transaction)) return true
      if (shapeOf(state.doc) === shapeOf(transaction.doc)) return true
      try {
        transaction.doc.check()
        return true
      } catch {
        return false
      }
    },
  })
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

export const TableRow = TiptapRow.extend({ content: '(tableCell | tableHeader)*' })
export const TableCell = TiptapCell.extend({ content: 'block*', addAttributes: cellAttributes })
export const TableHeader = TiptapHeader.extend({ content: 'block*', addAttributes: cellAttributes })

/**
 * The library's plugin squares up a table after every change. When two people add a column at once the merged
 * table is ragged in both browsers, both would add the missing cells, the result is ragged again and grows with
 * every round. So a table is squared up only by a person's own edit that changes the shape of one; until then
 * it is shown ragged, which reads well and does no harm.
 */
function repairOnlyOwnShape(plugin: Plugin): Plugin {
  const append = plugin.spec.appendTransaction
  if (append) {
    plugin.spec.appendTransaction = (transactions, before, after) => {
      const own = !transactions.some(comesFromYjs)
      // With the same state twice there is nothing to repair, and the selection is still put in order.
      const repair = own && shapeOf(before.doc) !== shapeOf(after.doc)
      for (const since of repair ? [before, after] : [after]) {
        try {
          return append.call(plugin, transactions, since, after)
        } catch {
          // The library cannot square up every table that a merge can make (cells that overlap in two rows), nor
          // find every selection in one. Such a table stays as it is: the edit at hand must not fail for it.
        }
      }
      return null
    }
  }
  return plugin
}

const shapes = new WeakMap<PmNode, string>()

/** The spans of all cells of all tables below a node. Nodes never change, so each is looked at once. */
function shapeOf(node: PmNode): string {
  if (node.isTextblock || node.isLeaf) return ''
  const known = shapes.get(node)
  if (known !== undefined) return known
  let shape = ''
  node.forEach((child) => {
    shape += shapeOf(child)
  })
  const role: unknown = node.type.spec.tableRole
  if (role === 'cell' || role === 'header_cell') {
    shape = `${node.attrs.colspan}x${node.attrs.rowspan}${shape},`
  } else if (role === 'row') shape = `${shape};`
  else if (role === 'table') shape = `[${shape}]`
  shapes.set(node, shape)
  return shape
}
