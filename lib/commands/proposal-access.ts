import type { Reader } from '@/db/repositories'
import type { Action } from '@/lib/domain/permissions'
import type { Proposal } from '@/lib/domain/proposal'
import { Refusal } from '@/lib/domain/refusal'
import type { StrategyForMember } from '@/lib/domain/strategy'
import type { Context } from './context'
import { strategyFor } from './thread-access'

/** A proposal and its strategy, if the actor may do this there; like one that does not exist where they may not read. */
export async function proposalFor(
  context: Context,
  data: Pick<Reader, 'strategies' | 'proposals'>,
  proposalId: string,
  action: Action,
): Promise<{ readonly proposal: Proposal; readonly strategy: StrategyForMember }> {
  const proposal = await data.proposals.find(proposalId)
  if (!proposal) throw new Refusal('not_found')
  const strategy = await strategyFor(context, data, proposal.strategyId, action)
  return { proposal, strategy }
}
