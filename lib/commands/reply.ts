import { Refusal } from '@/lib/domain/refusal'
import { type Comment, cleanComment } from '@/lib/domain/thread'
import { type Id, newId } from '@/lib/kit/ids'
import type { Context } from './context'
import { tellInboxes } from './notify'
import { limit, limitKey } from './rate-limit'
import { COMMENTS, tellOfComment } from './say-in-thread'
import { threadFor } from './thread-access'

const MOST_COMMENTS = 500

/** Answers in a thread, an ended one too: whoever has more to say need not open it again. */
export async function reply(
  context: Context,
  input: { readonly threadId: string; readonly text: string },
): Promise<{ readonly id: Id<'com'> }> {
  const { actor, store, live, clock } = context
  const text = cleanComment(input.text)
  const now = new Date(clock.now())
  await limit(store, limitKey('comment', actor.memberId), COMMENTS, clock.now())
  const { thread, comment, told } = await store.transact(async (tx) => {
    const { thread, strategy } = await threadFor(context, tx, input.threadId)
    if ((await tx.threads.commentCount(thread.id)) >= MOST_COMMENTS) throw new Refusal('quota')
    const comment: Comment = {
      id: newId('com'),
      threadId: thread.id,
      memberId: actor.memberId,
      text,
      createdAt: now,
      editedAt: null,
      deletedAt: null,
    }
    await tx.threads.addComment(comment)
    await tx.threads.touch(thread.id, now)
    return { thread, comment, told: await tellOfComment(tx, { strategy, comment }) }
  })
  live.publish(thread.strategyId, {
    type: 'threads.changed',
    strategyId: thread.strategyId,
    threadId: thread.id,
  })
  tellInboxes(live, thread.workspaceId, told)
  return { id: comment.id }
}
