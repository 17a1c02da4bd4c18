import { type CarryOver, cleanCarryOver, isUnfinished } from '@/lib/domain/carry-over'
import { isOpen } from '@/lib/domain/cycle-state'
import { permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import { must } from '@/lib/kit/assert'
import { actorNow } from './board-access'
import type { Context } from './context'
import { cleanCycleName } from './hold-cycle'

/**
 * Says what becomes of an unfinished activity when its quarter closes: continue, change or stop, with the reason. Said
 * again, the later word counts; `fate` null takes it back. Nothing happens to the activity before the quarter closes.
 * Refuses `cycle_step` outside an open quarter, `not_found` for what is not unfinished work of it.
 */
export async function carryActivity(
  context: Context,
  input: {
    readonly cycle: string
    readonly activityId: string
    readonly fate: string | null
    readonly reason?: string | undefined
  },
): Promise<CarryOver | null> {
  const { store, live, clock } = context
  const cycle = cleanCycleName(input.cycle)
  const said = input.fate === null ? null : cleanCarryOver(input.fate, input.reason ?? '')
  const done = await store.transact(async (tx) => {
    const actor = await actorNow(tx, context)
    const activity = await tx.activities.find(input.activityId)
    const board = activity && (await tx.boards.find(activity.boardId))
    if (!board) throw new Refusal('not_found')
    permit(actor, 'cycle.carry', { kind: 'board', board })
    const seen = await tx.cycles.find(actor.workspaceId, cycle)
    if (!seen) throw new Refusal('not_found')
    // Held: what is said after it closed would be heard by nobody.
    const row = await tx.cycles.lock(seen)
    if (!isOpen(row)) throw new Refusal('cycle_step', { state: row.state, cycle })
    const column = must(await tx.boards.column(activity.columnId), 'an activity lies in a column')
    if (!isUnfinished(activity, column.phase, cycle)) throw new Refusal('not_found')
    if (said === null) {
      await tx.cycles.dropCarry(row.id, activity.id)
      return null
    }
    const carry: CarryOver = {
      ...said,
      cycleId: row.id,
      activityId: activity.id,
      by: actor.memberId,
      at: new Date(clock.now()),
    }
    await tx.cycles.carry(carry)
    return carry
  })
  live.publish(context.actor.workspaceId, { type: 'cycles.changed', cycle })
  return done
}
