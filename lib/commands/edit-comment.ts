import { Refusal } from '@/lib/domain/refusal'
import { cleanComment, mayRewrite } from '@/lib/domain/thread'
import type { Context } from './context'
import { tellInboxes } from './notify'
import { tellOfComment } from './say-in-thread'
import { threadFor } from './thread-access'

/** Puts one's own comment into other words. Whom only the new ones mention is told. */
export async function editComment(
  context: Context,
  input: { readonly threadId: string; readonly commentId: string; readonly text: string },
): Promise<void> {
  const { actor, store, live, clock } = context
  const text = cleanComment(input.text)
  const now = new Date(clock.now())
  const { thread, told } = await store.transact(async (tx) => {
    const { thread, strategy } = await threadFor(context, tx, input.threadId)
    const comment = await tx.threads.lockComment(input.commentId)
    if (!comment || comment.threadId !== thread.id) throw new Refusal('not_found')
    if (!mayRewrite(comment, actor.memberId)) throw new Refusal('not_allowed')
    if (comment.text === text) return { thread, told: [] }
    const changed = { ...comment, text, editedAt: now }
    await tx.threads.saveComment(changed)
    await tx.threads.touch(thread.id, now)
    return { thread, told: await tellOfComment(tx, { strategy, comment: changed, before: comment.text }) }
  })
  live.publish(thread.strategyId, {
    type: 'threads.changed',
    strategyId: thread.strategyId,
    threadId: thread.id,
  })
  tellInboxes(live, thread.workspaceId, told)
}
