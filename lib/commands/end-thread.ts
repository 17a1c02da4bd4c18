import { permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import type { Outcome, Thread } from '@/lib/domain/thread'
import { reopenThread, resolveThread } from '@/lib/domain/thread'
import type { Context } from './context'
import { notify, readersOf, tellInboxes } from './notify'
import { threadFor } from './thread-access'

/**
 * Ends an argument; everybody who took part in it learns so. What is tried may be watched on a measure the actor may
 * read; one that is not theirs to see is `not_found`.
 */
export async function endThread(
  context: Context,
  input: { readonly threadId: string; readonly outcome: Outcome | null },
): Promise<void> {
  const { actor, store } = context
  if (input.outcome?.kind === 'watch' && input.outcome.measureId !== null) {
    const measure = await store.read.measures.find(input.outcome.measureId)
    if (!measure) throw new Refusal('not_found')
    permit(actor, 'measure.read', { kind: 'measure', measure })
  }
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
