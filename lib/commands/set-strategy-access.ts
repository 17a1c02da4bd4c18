import { permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import type { Access } from '@/lib/domain/strategy-access'
import type { Context } from './context'

/** Widens or narrows what one member may do in one strategy; null gives back what the role gives. */
export async function setStrategyAccess(
  { actor, store, live }: Context,
  input: { readonly strategyId: string; readonly memberId: string; readonly level: Access | null },
): Promise<void> {
  await store.transact(async (tx) => {
    const strategy = await tx.strategies.lock(input.strategyId, actor.memberId)
    if (!strategy) throw new Refusal('not_found')
    permit(actor, 'strategy.access', { kind: 'strategy', strategy })
    const member = await tx.members.lock(input.memberId)
    if (!member || member.workspaceId !== actor.workspaceId || member.removedAt !== null)
      throw new Refusal('not_found')
    await tx.strategies.setAccess(strategy.id, member.id, input.level)
    await tx.members.bump(member.id)
  })
  live.revoke({ memberId: input.memberId })
  live.publish(actor.workspaceId, { type: 'strategies.changed' })
}
