import { removeComment } from '@/lib/document/comments/place-comment'
import { can } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import { mayRewrite } from '@/lib/domain/thread'
import type { Context } from './context'
import { threadFor } from './thread-access'

/**
 * Takes back a comment, one's own or, as an owner, anybody's. Its words are gone; that there were some remains while
 * others stand beside it. With the last one the thread goes, and its mark leaves the text.
 */
export async function deleteComment(
  context: Context,
  input: { readonly threadId: string; readonly commentId: string },
): Promise<{ readonly threadGone: boolean }> {
  const { actor, store, live, clock } = context
  const now = new Date(clock.now())
  const { thread, documentId, threadGone } = await store.transact(async (tx) => {
    const { thread, strategy } = await threadFor(context, tx, input.threadId)
    const comment = await tx.threads.lockComment(input.commentId)
    if (!comment || comment.threadId !== thread.id || comment.deletedAt !== null)
      throw new Refusal('not_found')
    const moderates = can(actor, 'strategy.moderate', { kind: 'strategy', strategy })
    if (!mayRewrite(comment, actor.memberId) && !moderates) throw new Refusal('not_allowed')
    await tx.threads.saveComment({ ...comment, text: '', deletedAt: now })
    await tx.threads.dropReactions(comment.id)
    const threadGone = (await tx.threads.standing(thread.id)) === 0
    if (threadGone) await tx.threads.remove(thread.id)
    else await tx.threads.touch(thread.id, now)
    return { thread, documentId: strategy.documentId, threadGone }
  })
  live.publish(thread.strategyId, {
    type: 'threads.changed',
    strategyId: thread.strategyId,
    threadId: thread.id,
  })
  // A mark without its row shows nothing; should this fail, nobody sees it.
  if (threadGone && thread.anchor.kind === 'words')
    await live.edit(documentId, { userId: null, sessionId: null }, (doc) => removeComment(doc, thread.id))
  return { threadGone }
}
