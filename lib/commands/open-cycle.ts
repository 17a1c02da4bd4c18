import type { Writer } from '@/db/repositories'
import type { Activity } from '@/lib/domain/activity'
import type { Cycle } from '@/lib/domain/cycle'
import { isOpen, openCycle as opened, type RunningCycle, type SealedCycle } from '@/lib/domain/cycle-state'
import { permit } from '@/lib/domain/permissions'
import { sealPlan } from '@/lib/domain/plan-seal'
import { actorNow } from './board-access'
import type { Context } from './context'
import { type CapturedStrategy, captureForSeal, cleanCycleName, holdCycle, planNow } from './hold-cycle'

/**
 * Opens a quarter and seals its plan: the strategy's version, the positioning, the activities of the quarter, the
 * targets, byte for byte. Opened twice is opened once: the second click finds the plan of the first.
 * Refuses `cycle_running` while another quarter goes on, `cycle_step` behind one that was closed.
 */
export async function openCycle(context: Context, input: { readonly cycle: string }): Promise<SealedCycle> {
  const { actor, store, live } = context
  const cycle = cleanCycleName(input.cycle)
  permit(actor, 'cycle.open')
  const known = await store.read.cycles.find(actor.workspaceId, cycle)
  if (known && isOpen(known)) return known
  const captured = await captureForSeal(context)
  const done = await store.transact(async (tx) => {
    const now = await actorNow(tx, context)
    permit(now, 'cycle.open')
    const held = await holdCycle(tx, now.workspaceId, cycle)
    if (isOpen(held)) return { row: held, fresh: false }
    return { row: await sealInto(tx, context, cycle, captured), fresh: true }
  })
  if (done.fresh) live.publish(actor.workspaceId, { type: 'cycles.changed', cycle })
  return done.row
}

/**
 * Seals the plan of a quarter that is held, inside a transaction that may do more: closing the one before. `activities`:
 * those of the workspace as that transaction leaves them.
 */
export async function sealInto(
  tx: Writer,
  { actor, clock }: Context,
  cycle: Cycle,
  captured: CapturedStrategy,
  activities: readonly Activity[] | null = null,
): Promise<RunningCycle> {
  const held = await holdCycle(tx, actor.workspaceId, cycle)
  const others = (await tx.cycles.list(actor.workspaceId)).filter(({ id }) => id !== held.id)
  const plan = await planNow(tx, actor.workspaceId, cycle, captured, activities)
  const row = opened(held, others, {
    seal: sealPlan(plan),
    versionId: captured.strategy?.versionId ?? null,
    sealedAt: new Date(clock.now()),
    sealedBy: actor.memberId,
  })
  await tx.cycles.save(row)
  return row
}
