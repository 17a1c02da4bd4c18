import { Refusal } from '@/lib/domain/refusal'
import type { Reaction } from '@/lib/domain/thread'
import type { Context } from './context'
import { threadFor } from './thread-access'

/** Gives a comment a reaction, or takes one's own back. Rings nobody's bell. */
export async function react(
  context: Context,
  input: {
    readonly threadId: string
    readonly commentId: string
    readonly reaction: Reaction
    readonly on: boolean
  },
): Promise<void> {
  const { actor, store, live, clock } = context
  const thread = await store.transact(async (tx) => {
    const { thread } = await threadFor(context, tx, input.threadId)
    const comment = await tx.threads.lockComment(input.commentId)
    if (!comment || comment.threadId !== thread.id || comment.deletedAt !== null)
      throw new Refusal('not_found')
    await tx.threads.react(comment.id, actor.memberId, input.reaction, input.on)
    await tx.threads.touch(thread.id, new Date(clock.now()))
    return thread
  })
  live.publish(thread.strategyId, {
    type: 'threads.changed',
    strategyId: thread.strategyId,
    threadId: thread.id,
  })
}
