import type { Writer } from '@/db/repositories'
import type { Cycle } from '@/lib/domain/cycle'
import {
  type CycleRow,
  isOpen,
  openCycle as opened,
  type RunningCycle,
  type SealedCycle,
} from '@/lib/domain/cycle-state'
import { permit } from '@/lib/domain/permissions'
import { type SealedPlan, sealPlan } from '@/lib/domain/plan-seal'
import { newId } from '@/lib/kit/ids'
import { actorNow } from './board-access'
import type { Context } from './context'
import {
  type CapturedStrategy,
  captureForSeal,
  cleanCycleName,
  holdCycle,
  type PlanParts,
  planNow,
  planWith,
} from './hold-cycle'

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
    return { row: await sealInto(tx, context, held, captured), fresh: true }
  })
  if (done.fresh) live.publish(actor.workspaceId, { type: 'cycles.changed', cycle })
  return done.row
}

async function sealInto(
  tx: Writer,
  context: Context,
  held: CycleRow,
  captured: CapturedStrategy,
): Promise<RunningCycle> {
  const { workspaceId } = context.actor
  const others = (await tx.cycles.states(workspaceId)).filter(({ id }) => id !== held.id)
  const row = begun(context, held, others, captured, await planNow(tx, workspaceId, held.cycle, captured))
  await tx.cycles.seal(row)
  return row
}

/**
 * Writes out the plan of the quarter after one that closes, before the transaction comes to it; answers what writes it
 * there. The workspace's row is held, so that nobody makes the quarter beside it. One that began already stays as it is.
 * `states`: the quarters as the transaction leaves them; `known`: what the plan is made of, the same.
 */
export function sealAhead(
  context: Context,
  {
    cycle,
    states,
    captured,
    known,
  }: {
    readonly cycle: Cycle
    readonly states: readonly Pick<CycleRow, 'id' | 'cycle' | 'state' | 'revision'>[]
    readonly captured: CapturedStrategy
    readonly known: PlanParts
  },
): (tx: Writer) => Promise<void> {
  const { workspaceId } = context.actor
  const there = states.find((one) => one.cycle === cycle)
  if (there && there.state !== 'planned') return async () => {}
  const { id, revision } = there ?? { id: newId('cyc'), revision: 1 }
  const row = begun(
    context,
    { id, workspaceId, cycle, revision, state: 'planned' },
    states.filter((one) => one.id !== id),
    captured,
    planWith(cycle, captured, known),
  )
  return (tx) => (there ? tx.cycles.seal(row) : tx.cycles.add(row))
}

function begun(
  { actor, clock }: Context,
  held: CycleRow,
  others: readonly Pick<CycleRow, 'cycle' | 'state'>[],
  captured: CapturedStrategy,
  plan: SealedPlan,
): RunningCycle {
  return opened(held, others, {
    seal: sealPlan(plan),
    versionId: captured.strategy?.versionId ?? null,
    sealedAt: new Date(clock.now()),
    sealedBy: actor.memberId,
  })
}
