import { matters } from '@/lib/domain/coherence/matrix'
import { type AcceptedRisk, acceptRisk as accepted } from '@/lib/domain/coherence/risk'
import { focusSegments } from '@/lib/domain/coherence/world'
import { permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import { actorNow } from './board-access'
import type { Context } from './context'
import { strategyFor } from './thread-access'

/** Answers for it that nobody works on a difficulty until a day; said again, the last word counts. */
export async function acceptRisk(
  context: Context,
  input: {
    readonly strategyId: string
    readonly itemId: string
    readonly until: string
    readonly reason: string
  },
): Promise<AcceptedRisk> {
  const { store, live, clock } = context
  permit(context.actor, 'risk.accept')
  const at = new Date(clock.now())
  const risk = await store.transact(async (tx) => {
    const actor = await actorNow(tx, context)
    permit(actor, 'risk.accept')
    const strategy = await strategyFor(context, tx, input.strategyId, 'strategy.read')
    const items = await tx.strategyItems.list(strategy.id)
    const item = items.find(({ id }) => id === input.itemId)
    // Of what nobody need work on there is nothing to accept.
    if (!item || !matters(item, focusSegments(items))) throw new Refusal('not_found')
    const risk = accepted({
      strategyId: strategy.id,
      itemId: item.id,
      until: input.until,
      reason: input.reason,
      today: at.toISOString().slice(0, 10),
      by: actor.memberId,
      at,
    })
    await tx.risks.put(risk)
    return risk
  })
  live.publish(context.actor.workspaceId, { type: 'risks.changed', strategyId: risk.strategyId })
  return risk
}

/** It is nobody's to answer for any more: the row is empty again. Answers what was accepted; null: nothing was. */
export async function dropRisk(
  context: Context,
  input: { readonly strategyId: string; readonly itemId: string },
): Promise<AcceptedRisk | null> {
  const { store, live } = context
  permit(context.actor, 'risk.accept')
  const before = await store.transact(async (tx) => {
    const actor = await actorNow(tx, context)
    permit(actor, 'risk.accept')
    const strategy = await strategyFor(context, tx, input.strategyId, 'strategy.read')
    const risk = (await tx.risks.list(strategy.id)).find(({ itemId }) => itemId === input.itemId)
    if (risk) await tx.risks.remove(strategy.id, risk.itemId)
    return risk ?? null
  })
  if (before)
    live.publish(context.actor.workspaceId, { type: 'risks.changed', strategyId: before.strategyId })
  return before
}
