import type { Plugin, Transaction } from '@tiptap/pm/state'
import { ySyncPluginKey } from '@tiptap/y-tiptap'

/** True when a transaction shows what Yjs already holds: the first rendering, a colleague's edit, an undo. */
export function comesFromYjs(transaction: Transaction): boolean {
  const meta: unknown = transaction.getMeta(ySyncPluginKey)
  return typeof meta === 'object' && meta !== null && 'isChangeOrigin' in meta && meta.isChangeOrigin === true
}

/**
 * Lets a plugin append to this person's own edits only. Otherwise every browser that has the document open
 * answers the same incoming change with a change of its own: merely opening a document would write to it.
 */
export function localOnly(plugin: Plugin): Plugin {
  const append = plugin.spec.appendTransaction
  if (append) {
    plugin.spec.appendTransaction = (transactions, before, after) =>
      transactions.some(comesFromYjs) ? null : append.call(plugin, transactions, before, after)
  }
  return plugin
}
