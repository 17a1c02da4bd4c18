import { cleanWhy, mustBeOpen } from '@/lib/domain/proposal'
import { Refusal } from '@/lib/domain/refusal'
import type { Context } from './context'
import { leadBranch } from './lead-branch'
import { tellInboxes, tellOfProposal } from './notify'
import { proposalFor } from './proposal-access'

/** Ends a proposal without taking what is left of it: its author withdraws it, or somebody who decides says no. */
export async function closeProposal(
  context: Context,
  input: { readonly proposalId: string; readonly how: 'withdraw' | 'reject' },
): Promise<void> {
  const { actor, store, live, clock } = context
  const action = input.how === 'withdraw' ? 'proposal.withdraw' : 'proposal.decide'
  const { proposal, strategy } = await proposalFor(context, store.read, input.proposalId, action)
  if (input.how === 'withdraw' && proposal.author !== actor.memberId) throw new Refusal('not_allowed')
  const told = await leadBranch(store, proposal.id, async (tx, held) => {
    await proposalFor(context, tx, proposal.id, action)
    mustBeOpen(held)
    const at = new Date(clock.now())
    const state = input.how === 'withdraw' ? 'withdrawn' : 'rejected'
    await tx.proposals.close(held, { state, by: actor.memberId, at })
    return tellOfProposal(tx, { proposal: held, strategy, by: actor.memberId, at })
  })
  live.revoke({ documentId: proposal.documentId })
  live.publish(strategy.id, { type: 'proposals.changed', strategyId: strategy.id })
  live.publish(proposal.id, { type: 'proposals.changed', strategyId: strategy.id })
  tellInboxes(live, proposal.workspaceId, told)
}

/** The sentence that says why. Its author's alone. */
export async function explainProposal(
  context: Context,
  input: { readonly proposalId: string; readonly why: string },
): Promise<void> {
  const { actor, store, live } = context
  const { proposal, strategy } = await proposalFor(context, store.read, input.proposalId, 'proposal.withdraw')
  if (proposal.author !== actor.memberId) throw new Refusal('not_allowed')
  mustBeOpen(proposal)
  const why = cleanWhy(input.why)
  await store.transact((tx) => tx.proposals.explain(proposal.id, why))
  live.publish(strategy.id, { type: 'proposals.changed', strategyId: strategy.id })
}
