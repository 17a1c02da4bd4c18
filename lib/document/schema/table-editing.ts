import { type Command, type Editor, findParentNodeClosestToPos } from '@tiptap/core'
import { type EditorState, type Plugin, TextSelection, type Transaction } from '@tiptap/pm/state'
import {
  addColumnAfter,
  addRowAfter,
  CellSelection,
  deleteColumn,
  deleteRow,
  deleteTable,
  fixTables,
  goToNextCell,
  mergeCells,
  splitCell,
  tableEditing,
  tableEditingKey,
  toggleHeader,
} from '@tiptap/pm/tables'
import { comesFromYjs } from './local-only'
import { shapeOf } from './table-shape'
import { SELECTING, type TableTools } from './table-tools'

// The library looks for its value in the state under its own name; the one that stands there is ours.
Object.assign(tableEditingKey, SELECTING)

type Act = (state: EditorState, dispatch?: (transaction: Transaction) => void) => boolean

const plain =
  (act: Act) =>
  (): Command =>
  ({ state, dispatch }) =>
    act(state, dispatch)

/**
 * The library's commands count rows and columns, which in a ragged table comes out wrong: so the tables are squared
 * up first, in the same transaction and so in the same undo.
 */
const counting =
  (act: Act) =>
  (): Command =>
  ({ state, dispatch }) => {
    // Inside a command the state hands out the transaction at hand, so this adds to it.
    if (dispatch) fixTables(state)
    return act(state, dispatch)
  }

/** Where the last row or column goes the caret would slip out behind the table; it stays in its end. */
const inside =
  (act: Act): Act =>
  (state, dispatch) => {
    const table = tableAround(state.selection)
    return act(
      state,
      dispatch &&
        ((transaction) => {
          if (table) keepInside(transaction, table.pos)
          dispatch(transaction)
        }),
    )
  }

const tableAround = ({ $from }: Pick<EditorState['selection'], '$from'>) =>
  findParentNodeClosestToPos($from, (node) => node.type.spec.tableRole === 'table')

function keepInside(transaction: Transaction, table: number): void {
  const at = transaction.mapping.map(table)
  // The caret may have fallen into the next table, so it has to be this very one.
  if (tableAround(transaction.selection)?.pos === at) return
  const node = transaction.doc.nodeAt(at)
  if (!node) return
  const end = transaction.doc.resolve(at + node.nodeSize - 1)
  transaction.setSelection(TextSelection.near(end, -1))
}

const commands: TableTools['commands'] = {
  addColumnAfter: counting(addColumnAfter),
  deleteColumn: counting(inside(deleteColumn)),
  addRowAfter: counting(addRowAfter),
  deleteRow: counting(inside(deleteRow)),
  mergeOrSplit: counting((state, dispatch) => mergeCells(state, dispatch) || splitCell(state, dispatch)),
  toggleHeaderRow: counting(toggleHeader('row')),
  deleteTable: plain(deleteTable),
  goToNextCell: plain(goToNextCell(1)),
  goToPreviousCell: plain(goToNextCell(-1)),
}

/** With every cell of a table chosen the table itself goes, not just what is written in it. */
function removeWhole({ state, commands }: Editor): boolean {
  const { selection } = state
  if (!(selection instanceof CellSelection)) return false
  let cells = 0
  tableAround(selection.ranges[0] ?? selection)?.node.descendants((node) => {
    const role: unknown = node.type.spec.tableRole
    if (role === 'cell' || role === 'header_cell') cells += 1
    return role !== 'table'
  })
  return cells === selection.ranges.length && commands.deleteTable()
}

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

export const tableTools: TableTools = {
  plugin: repairOnlyOwnShape(tableEditing()),
  commands,
  keys: {
    Tab: (editor) =>
      editor.commands.goToNextCell() ||
      (editor.can().addRowAfter() && editor.chain().addRowAfter().goToNextCell().run()),
    'Shift-Tab': (editor) => editor.commands.goToPreviousCell(),
    Backspace: removeWhole,
    'Mod-Backspace': removeWhole,
    Delete: removeWhole,
    'Mod-Delete': removeWhole,
  },
  squareUp(state) {
    try {
      return fixTables(state)
    } catch {
      // As above.
      return undefined
    }
  },
}
