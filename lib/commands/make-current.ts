import { permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import type { Context } from './context'

/** Makes a strategy the one everybody works from. Only an active one can be. */
export async function makeCurrent(
  { actor, store, live }: Context,
  input: { readonly strategyId: string },
): Promise<void> {
  await store.transact(async (tx) => {
    // The workspace first, as in every command that locks both: two locks in two orders would deadlock.
    await tx.workspaces.lock(actor.workspaceId)
    const strategy = await tx.strategies.lock(input.strategyId, actor.memberId)
    if (!strategy) throw new Refusal('not_found')
    permit(actor, 'strategy.make-current', { kind: 'strategy', strategy })
    if (strategy.status !== 'active') throw new Refusal('strategy_not_editable')
    await tx.strategies.makeCurrent(actor.workspaceId, strategy.id)
  })
  live.publish(actor.workspaceId, { type: 'strategies.changed' })
}
