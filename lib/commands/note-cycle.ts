import { type CycleNote, cleanCycleNote, MAX_CYCLE_NOTES } from '@/lib/domain/cycle-state'
import { permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import { newId } from '@/lib/kit/ids'
import { actorNow } from './board-access'
import type { Context } from './context'
import { cleanCycleName } from './hold-cycle'

/** A note beside a quarter, also beside a closed one, which takes nothing else. */
export async function noteCycle(
  context: Context,
  input: { readonly cycle: string; readonly text: string },
): Promise<CycleNote> {
  const { store, live, clock } = context
  const cycle = cleanCycleName(input.cycle)
  const text = cleanCycleNote(input.text)
  const note = await store.transact(async (tx) => {
    const actor = await actorNow(tx, context)
    permit(actor, 'cycle.note')
    const row = await tx.cycles.find(actor.workspaceId, cycle)
    if (!row) throw new Refusal('not_found')
    if ((await tx.cycles.countNotes(row.id)) >= MAX_CYCLE_NOTES)
      throw new Refusal('too_many', { field: 'notes', max: MAX_CYCLE_NOTES })
    const note: CycleNote = {
      id: newId('ann'),
      cycleId: row.id,
      memberId: actor.memberId,
      text,
      at: new Date(clock.now()),
    }
    await tx.cycles.note(note)
    return note
  })
  live.publish(context.actor.workspaceId, { type: 'cycles.changed', cycle })
  return note
}
