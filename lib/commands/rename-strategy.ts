import { permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import { retitle, type Strategy } from '@/lib/domain/strategy'
import type { Context } from './context'

/** A new title, seen by everybody who has the strategy or the list open. */
export async function renameStrategy(
  { actor, store, live, clock }: Context,
  input: { readonly strategyId: string; readonly title: string },
): Promise<Strategy> {
  const renamed = await store.transact(async (tx) => {
    const strategy = await tx.strategies.lock(input.strategyId, actor.memberId)
    if (!strategy) throw new Refusal('not_found')
    permit(actor, 'strategy.rename', { kind: 'strategy', strategy })
    return tx.strategies.save(retitle(strategy, input.title), new Date(clock.now()))
  })
  // The words go only to the room whose members may read them; the workspace learns that something changed.
  live.publish(renamed.id, {
    type: 'strategy.renamed',
    strategyId: renamed.id,
    title: renamed.title,
    revision: renamed.revision,
  })
  live.publish(actor.workspaceId, { type: 'strategies.changed' })
  return renamed
}
