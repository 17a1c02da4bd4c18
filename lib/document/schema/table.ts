import {
  TableCell as TiptapCell,
  TableHeader as TiptapHeader,
  TableRow as TiptapRow,
  Table as TiptapTable,
} from '@tiptap/extension-table'
import type { Node as PmNode } from '@tiptap/pm/model'
import type { Plugin } from '@tiptap/pm/state'
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

  addProseMirrorPlugins() {
    return (this.parent?.() ?? []).map(repairOnlyOwnShape)
  },
}).configure({ resizable: false })

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
      const repair = own && shapeOf(before.doc) !== shapeOf(after.doc)
      // With the same state twice there is nothing to repair, and the selection is still put in order.
      return append.call(plugin, transactions, repair ? before : after, after)
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
