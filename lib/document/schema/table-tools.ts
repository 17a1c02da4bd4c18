import type { Command, Editor } from '@tiptap/core'
import { type EditorState, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state'
import { comesFromYjs } from './local-only'
import { shapeOf } from './table-shape'

/** What works inside tables: rows, columns, chosen cells, pasting into them. A script of its own, see loadTables. */
export interface TableTools {
  readonly plugin: Plugin
  readonly commands: Readonly<Record<TableCommand, () => Command>>
  readonly keys: Readonly<Record<TableKey, (editor: Editor) => boolean>>
  /** A transaction that makes every table a rectangle, or nothing where they are. */
  squareUp(state: EditorState): Transaction | undefined
}

export const TABLE_COMMANDS = [
  'addColumnAfter',
  'deleteColumn',
  'addRowAfter',
  'deleteRow',
  'mergeOrSplit',
  'toggleHeaderRow',
  'deleteTable',
  'goToNextCell',
  'goToPreviousCell',
] as const
export type TableCommand = (typeof TABLE_COMMANDS)[number]

export const TABLE_KEYS = ['Tab', 'Shift-Tab', 'Backspace', 'Mod-Backspace', 'Delete', 'Mod-Delete'] as const
export type TableKey = (typeof TABLE_KEYS)[number]

/** Under this name the plugin finds the cell a choice began in. */
export const SELECTING = new PluginKey('selectingCells')

let tools: TableTools | null = null
let coming: Promise<TableTools> | null = null

/**
 * Most strategies have no table, and the tables' library is a tenth of the editor. It comes with the first sign of a
 * table in use: the caret or the pointer in one, or one inserted or pasted. After a failure the next sign asks again.
 */
export function loadTables(): Promise<TableTools> {
  coming ??= import('./table-editing').then(
    (module) => {
      tools = module.tableTools
      return tools
    },
    (error: unknown) => {
      coming = null
      throw error
    },
  )
  return coming
}

const wanted = () => void loadTables().catch(() => undefined)

/** The command, once the tools are there; they are when there is a menu to choose it from. */
export function tableCommand(name: TableCommand): () => Command {
  return () => (props) => tools?.commands[name]()(props) ?? false
}

export function tableKey(name: TableKey): (given: { editor: Editor }) => boolean {
  return ({ editor }) => {
    if (tools) return tools.keys[name](editor)
    // Without the tools no cells can be chosen, so only going from cell to cell is left to be done by a key.
    if (!name.endsWith('Tab') || !inTable(editor.state)) return false
    void loadTables().then(
      (loaded) => !editor.isDestroyed && loaded.keys[name](editor),
      () => undefined,
    )
    return true
  }
}

/**
 * Stands in the editor from the beginning and hands everything on to the tables' own plugin when that has come.
 * Adding a plugin to a running editor would take down and set up every other plugin, the binding too.
 */
export function standIn(): Plugin {
  // A table came in misshapen before there was anything to square it up with.
  let owed = false
  return new Plugin({
    key: SELECTING,
    state: {
      init: () => null,
      apply(transaction, value, before, after) {
        const { plugin } = tools ?? {}
        return plugin?.spec.state
          ? plugin.spec.state.apply.call(plugin, transaction, value, before, after)
          : value
      },
    },
    props: {
      decorations: (state) => tools?.plugin.props.decorations?.call(tools.plugin, state),
      handleDOMEvents: {
        mouseover(_view, event) {
          if (!tools && event.target instanceof Element && event.target.closest('table')) wanted()
          return false
        },
        mousedown: (view, event) =>
          tools ? tools.plugin.props.handleDOMEvents?.mousedown?.call(tools.plugin, view, event) : false,
      },
      createSelectionBetween: (view, anchor, head) =>
        tools?.plugin.props.createSelectionBetween?.call(tools.plugin, view, anchor, head) ?? null,
      handleTripleClick: (view, at, event) =>
        tools?.plugin.props.handleTripleClick?.call(tools.plugin, view, at, event),
      handleKeyDown: (view, event) => tools?.plugin.props.handleKeyDown?.call(tools.plugin, view, event),
      handlePaste: (view, event, slice) =>
        tools?.plugin.props.handlePaste?.call(tools.plugin, view, event, slice),
    },
    appendTransaction(transactions, before, after) {
      if (tools) return tools.plugin.spec.appendTransaction?.call(tools.plugin, transactions, before, after)
      owed ||= !transactions.some(comesFromYjs) && shapeOf(before.doc) !== shapeOf(after.doc)
      return null
    },
    view: () => ({
      update(view) {
        if (tools || !(owed || (view.hasFocus() && inTable(view.state)))) return
        void loadTables().then(
          ({ squareUp }) => {
            if (!owed || view.isDestroyed) return
            owed = false
            const squared = squareUp(view.state)
            if (squared) view.dispatch(squared)
          },
          () => undefined,
        )
      },
    }),
  })
}

function inTable({ selection: { $head } }: EditorState): boolean {
  for (let depth = $head.depth; depth > 0; depth -= 1)
    if ($head.node(depth).type.spec.tableRole === 'row') return true
  return false
}
