import type { Reader } from '@/db/repositories'
import { type Action, permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import type { StrategyForMember } from '@/lib/domain/strategy'
import type { Thread } from '@/lib/domain/thread'
import type { Context } from './context'

/** The strategy, if the actor may do this in it; refused like one that does not exist where they may not read it. */
export async function strategyFor(
  { actor }: Context,
  data: Pick<Reader, 'strategies'>,
  strategyId: string,
  action: Action,
): Promise<StrategyForMember> {
  const strategy = await data.strategies.find(strategyId, actor.memberId)
  if (!strategy) throw new Refusal('not_found')
  permit(actor, action, { kind: 'strategy', strategy })
  return strategy
}

/** The thread with its row locked, and its strategy, if the actor may do this there. */
export async function threadFor(
  context: Context,
  data: Pick<Reader, 'strategies'> & { threads: { lock(id: string): Promise<Thread | null> } },
  threadId: string,
  action: Action = 'strategy.comment',
): Promise<{ thread: Thread; strategy: StrategyForMember }> {
  const thread = await data.threads.lock(threadId)
  if (!thread) throw new Refusal('not_found')
  return { thread, strategy: await strategyFor(context, data, thread.strategyId, action) }
}
