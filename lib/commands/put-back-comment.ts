import { can } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import { mayRewrite, WAY_BACK } from '@/lib/domain/thread'
import type { Context } from './context'
import { strategyFor } from './thread-access'

/**
 * Undoes the deleting of a comment: for who deleted it, within WAY_BACK, and while they might delete it still. It stands
 * where it stood, with its reactions; a thread that went with it is back on its words, wherever they are now. Rings
 * nobody's bell a second time. Refuses `not_found` whatever else there is to put back.
 */
export async function putBackComment(
  context: Context,
  input: { readonly threadId: string; readonly commentId: string },
): Promise<void> {
  const { actor, store, live, clock } = context
  const now = clock.now()
  const thread = await store.transact(async (tx) => {
    const thread = await tx.threads.lockWithdrawn(input.threadId)
    if (!thread) throw new Refusal('not_found')
    const strategy = await strategyFor(context, tx, thread.strategyId, 'strategy.comment')
    const comment = await tx.threads.lockComment(input.commentId)
    if (!comment || comment.threadId !== thread.id) throw new Refusal('not_found')
    const moderates = can(actor, 'strategy.moderate', { kind: 'strategy', strategy })
    if (!mayRewrite({ ...comment, deletedAt: null }, actor.memberId) && !moderates)
      throw new Refusal('not_found')
    const text = await tx.threads.takeUp(comment.id, actor.memberId, new Date(now - WAY_BACK))
    if (text === null) throw new Refusal('not_found')
    await tx.threads.saveComment({ ...comment, text, deletedAt: null })
    await tx.threads.withdraw(thread.id, null)
    await tx.threads.touch(thread.id, new Date(now))
    return thread
  })
  live.publish(thread.strategyId, {
    type: 'threads.changed',
    strategyId: thread.strategyId,
    threadId: thread.id,
  })
}
