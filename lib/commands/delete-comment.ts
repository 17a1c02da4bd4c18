import { can } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import { mayRewrite } from '@/lib/domain/thread'
import type { Context } from './context'
import { threadFor } from './thread-access'

/**
 * Takes back a comment, one's own or, as an owner, anybody's. Nobody reads its words from then on; that there were some
 * remains while others stand beside it. With the last one the thread goes. Its mark stays in the text as long as the
 * comment can be put back: alone it shows nothing, and it goes where its words go.
 */
export async function deleteComment(
  context: Context,
  input: { readonly threadId: string; readonly commentId: string },
): Promise<{ readonly threadGone: boolean }> {
  const { actor, store, live, clock } = context
  const now = new Date(clock.now())
  const { thread, threadGone } = await store.transact(async (tx) => {
    const { thread, strategy } = await threadFor(context, tx, input.threadId)
    const comment = await tx.threads.lockComment(input.commentId)
    if (!comment || comment.threadId !== thread.id || comment.deletedAt !== null)
      throw new Refusal('not_found')
    const moderates = can(actor, 'strategy.moderate', { kind: 'strategy', strategy })
    if (!mayRewrite(comment, actor.memberId) && !moderates) throw new Refusal('not_allowed')
    await tx.threads.saveComment({ ...comment, text: '', deletedAt: now })
    await tx.threads.layAside(comment.id, comment.text, actor.memberId, now)
    const threadGone = (await tx.threads.standing(thread.id)) === 0
    if (threadGone) await tx.threads.withdraw(thread.id, now)
    await tx.threads.touch(thread.id, now)
    return { thread, threadGone }
  })
  live.publish(thread.strategyId, {
    type: 'threads.changed',
    strategyId: thread.strategyId,
    threadId: thread.id,
  })
  return { threadGone }
}
