import { permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import type { Context } from './context'

/** Ends a link. Whoever has it open reads nothing more from now on, pictures included. */
export async function revokeShare(
  { actor, store, clock }: Context,
  input: { readonly strategyId: string; readonly shareId: string },
): Promise<void> {
  const strategy = await store.read.strategies.find(input.strategyId, actor.memberId)
  if (!strategy) throw new Refusal('not_found')
  permit(actor, 'strategy.share', { kind: 'strategy', strategy })
  const revoked = await store.transact((tx) =>
    tx.shares.revoke(input.shareId, strategy.id, new Date(clock.now())),
  )
  if (!revoked) throw new Refusal('not_found')
}
