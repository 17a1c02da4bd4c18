import { MOST_OPEN, type Proposal } from '@/lib/domain/proposal'
import { Refusal } from '@/lib/domain/refusal'
import { newId } from '@/lib/kit/ids'
import type { Context } from './context'
import { followStrategy } from './lead-branch'
import { strategyFor } from './thread-access'

/** One's own open proposal in a strategy, up to date with it; a new one where there is none. */
export async function openProposal(
  context: Context,
  input: { readonly strategyId: string },
): Promise<{ readonly id: Proposal['id'] }> {
  const { actor, store, live } = context
  const strategy = await strategyFor(context, store.read, input.strategyId, 'proposal.create')
  const known = await store.read.proposals.openOf(strategy.id, actor.memberId)
  if (known) {
    await followStrategy(context, known.id, strategy.documentId)
    return { id: known.id }
  }
  const update = await live.readDocument(strategy.documentId)
  return store.transact(async (tx) => {
    // Holding the strategy's row: two tabs of one person make one proposal.
    const held = await tx.strategies.lock(strategy.id, actor.memberId)
    if (!held) throw new Refusal('not_found')
    await strategyFor(context, tx, strategy.id, 'proposal.create')
    const other = await tx.proposals.openOf(strategy.id, actor.memberId)
    if (other) return { id: other.id }
    if ((await tx.proposals.countOpen(strategy.id)) >= MOST_OPEN) throw new Refusal('quota')
    const id = newId('prp')
    await tx.proposals.add(
      {
        id,
        workspaceId: strategy.workspaceId,
        strategyId: strategy.id,
        documentId: newId('doc'),
        author: actor.memberId,
      },
      { update, userId: actor.userId },
    )
    return { id }
  })
}
