import { removeComment } from '@/lib/document/comments/place-comment'
import { WAY_BACK } from '@/lib/domain/thread'
import type { Services } from './context'

/**
 * Ends for good what was deleted and can no longer be put back: the words of comments with their reactions, and threads
 * with their marks in the text. Any node may run it, also two at once.
 */
export async function eraseDeletedComments(
  { store, live }: Pick<Services, 'store' | 'live'>,
  now: number,
): Promise<void> {
  const before = new Date(now - WAY_BACK)
  // Two transactions: who puts a comment back holds it first and its words then, and would wait for this one for ever.
  const erased = await store.transact((tx) => tx.threads.eraseWords(before))
  if (erased.length > 0) await store.transact((tx) => tx.threads.dropReactions(erased))
  for (const { id, documentId } of await store.read.threads.withdrawn(before)) {
    if (!(await store.transact((tx) => tx.threads.erase(id, before)))) continue
    // A mark without its row shows nothing; should this fail, nobody sees it.
    await live.edit(documentId, { userId: null, sessionId: null }, (doc) => removeComment(doc, id))
  }
}
