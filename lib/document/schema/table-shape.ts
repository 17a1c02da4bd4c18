import type { Node as PmNode } from '@tiptap/pm/model'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { comesFromYjs } from './local-only'

const shapes = new WeakMap<PmNode, string>()

/** The spans of all cells of all tables below a node. Nodes never change, so each is looked at once. */
export function shapeOf(node: PmNode): string {
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

/**
 * The last guard: the library inserts without asking the schema, and what it made of an odd selection in an odd
 * table once was a row inside a row. Such an edit does not happen.
 */
export function refuseMisshapen(): Plugin {
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
