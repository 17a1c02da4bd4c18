import { type Action, permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import { moveTo, type Strategy } from '@/lib/domain/strategy'
import type { StrategyStatus } from '@/lib/domain/strategy-access'
import { captureVersion } from './capture-version'
import type { Context } from './context'

const asked: Record<StrategyStatus, Action> = {
  active: 'strategy.restore',
  archived: 'strategy.archive',
  trashed: 'strategy.trash',
}

/**
 * Archives, trashes or restores. Whoever has it open is judged again at once: an archived strategy is read, a
 * trashed one is seen by owners and partners only. Nothing is deleted.
 */
export async function moveStrategy(
  context: Context,
  input: { readonly strategyId: string; readonly status: StrategyStatus },
): Promise<Strategy> {
  const { actor, store, live, clock } = context
  // Nobody writes in it from then on: what it says now can be named and found again.
  if (input.status !== 'active') {
    const strategy = await store.read.strategies.find(input.strategyId, actor.memberId)
    if (!strategy) throw new Refusal('not_found')
    permit(actor, asked[input.status], { kind: 'strategy', strategy })
    const workspace = await store.read.workspaces.find(actor.workspaceId)
    moveTo(strategy, input.status, workspace?.currentStrategyId === strategy.id)
    if (strategy.status === 'active')
      await captureVersion(
        context,
        strategy.id,
        input.status === 'archived' ? 'before_archive' : 'before_trash',
      )
  }
  const { moved, changed } = await store.transact(async (tx) => {
    const workspace = await tx.workspaces.lock(actor.workspaceId)
    const strategy = await tx.strategies.lock(input.strategyId, actor.memberId)
    if (!strategy || !workspace) throw new Refusal('not_found')
    permit(actor, asked[input.status], { kind: 'strategy', strategy })
    // A second click finds the same state and changes nothing.
    if (strategy.status === input.status) return { moved: strategy, changed: false }
    const next = moveTo(strategy, input.status, workspace.currentStrategyId === strategy.id)
    await tx.strategies.bumpDocument(strategy.documentId)
    return { moved: await tx.strategies.save(next, new Date(clock.now())), changed: true }
  })
  if (changed) {
    live.revoke({ documentId: moved.documentId })
    live.publish(actor.workspaceId, { type: 'strategies.changed' })
  }
  return moved
}
