import type * as Y from 'yjs'

/**
 * Keeps Yjs from answering a remote change with one of its own. After applying an update that touches formatted text,
 * Yjs deletes marks it finds redundant - in every replica, as a change of that replica's user. On the server such
 * deletes would be in memory but in no journal; a reader's page would "write"; and with N people each bold word would
 * bring N - 1 more updates. The marks it removes say nothing, so they may stay.
 */
export function withoutCleanup(doc: Y.Doc): () => void {
  const listener = (transaction: Y.Transaction) => {
    if (!transaction.local) transaction._needFormattingCleanup = false
  }
  // Yjs looks at the flag right after this event.
  doc.on('afterTransaction', listener)
  return () => doc.off('afterTransaction', listener)
}
