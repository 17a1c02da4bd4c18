import type { Outcome, Thread } from '@/lib/domain/thread'
import { reopenThread, resolveThread } from '@/lib/domain/thread'
import type { Context } from './context'
import { notify, readersOf, tellInboxes } from './notify'
import { threadFor } from './thread-access'

/** Ends an argument; everybody who took part in it learns so. */
export function endThread(
  context: Context,
  input: { readonly threadId: string; readonly outcome: Outcome | null },
): Promise<void> {
  const at = new Date(context.clock.now())
  return turn(context, input.threadId, (thread) =>
    resolveThread(thread, context.actor.memberId, at, input.outcome),
  )
}

/** Takes an argument up again. What became of it before is not kept: it is open. */
export function takeUpThread(context: Context, input: { readonly threadId: string }): Promise<void> {
  return turn(context, input.threadId, reopenThread)
}

async function turn(context: Context, threadId: string, change: (thread: Thread) => Thread): Promise<void> {
  const { actor, store, live, clock } = context
  const now = new Date(clock.now())
  const { thread, told, turned } = await store.transact(async (tx) => {
    const { thread, strategy } = await threadFor(context, tx, threadId)
    const changed = change(thread)
    if (changed === thread) return { thread, told: [], turned: false }
    await tx.threads.save(changed, now)
    const [readers, said] = await Promise.all([readersOf(tx, strategy), tx.threads.saidInThread(thread.id)])
    const took = said.filter((one) => one.deletedAt === null).map((one) => one.memberId)
    const told = await notify(tx, {
      workspaceId: thread.workspaceId,
      strategyId: thread.strategyId,
      kind: changed.standing.state === 'resolved' ? 'resolved' : 'reopened',
      to: took.filter((id) => readers.has(id)),
      by: actor.memberId,
      threadId: thread.id,
      commentId: null,
      at: now,
    })
    return { thread, told, turned: true }
  })
  if (!turned) return
  live.publish(thread.strategyId, {
    type: 'threads.changed',
    strategyId: thread.strategyId,
    threadId: thread.id,
  })
  tellInboxes(live, thread.workspaceId, told)
}
