import { onlyActive } from '@/lib/domain/activity'
import { cleanDay } from '@/lib/domain/day-text'
import { cleanHandOffTitle, type HandOff } from '@/lib/domain/hand-off'
import { Refusal } from '@/lib/domain/refusal'
import { type Id, newId } from '@/lib/kit/ids'
import { holdActivity } from './board-access'
import { clickOf, type Done } from './change-activities'
import type { Context, Live } from './context'
import { changeOf } from './keep-change'
import { tellInboxes } from './notify'
import { tellOfHandOff } from './tell-of-boards'

/** One activity does not give a hundred things. */
const MOST = 100

/** "This activity gives X to that department": lies with them until they accept or decline. */
export async function offerHandOff(
  context: Context,
  input: {
    readonly fromActivityId: string
    readonly toBoardId: string
    readonly toActivityId: string | null
    readonly title: string
    readonly due: string | null
  },
): Promise<Done<HandOff>> {
  const click = clickOf(context, 'created')
  const title = cleanHandOffTitle(input.title)
  const due = cleanDay(input.due, 'due')
  const { handOff, from } = await context.store.transact(async (tx) => {
    const { board, activity } = await holdActivity(tx, context, input.fromActivityId, 'hand-off.offer')
    onlyActive(activity)
    const to = await tx.boards.find(input.toBoardId)
    if (to?.workspaceId !== board.workspaceId || to.archived) throw new Refusal('not_found')
    const wanted = input.toActivityId === null ? null : await tx.activities.find(input.toActivityId)
    if (input.toActivityId !== null && wanted?.boardId !== to.id) throw new Refusal('not_found')
    if (wanted?.id === activity.id) throw new Refusal('invalid_input', { field: 'toActivityId' })
    if ((await tx.activities.handOffsOfActivity(activity.id)).length >= MOST)
      throw new Refusal('too_many', { field: 'hand-offs', max: MOST })
    const handOff: HandOff = {
      id: newId('hof'),
      workspaceId: board.workspaceId,
      fromActivityId: activity.id,
      toBoardId: to.id,
      toActivityId: wanted?.id ?? null,
      title,
      due,
      state: 'offered',
      reason: null,
      revision: 1,
    }
    await tx.activities.addHandOffs([handOff])
    // Undone by withdrawing it: as if it had been withdrawn before.
    const was = { title, due, state: 'withdrawn', reason: null, toActivityId: handOff.toActivityId }
    const told = { boardId: board.id, activityId: activity.id }
    await tx.activities.addChanges([changeOf(click, 'hand_off', was, handOff, told)])
    await tellOfHandOff(tx, click, {
      handOff,
      move: 'offer',
      giving: activity,
      departments: { giver: board.departmentId, receiver: to.departmentId },
    })
    return { handOff, from: board.id }
  })
  tellHandOff(context.live, handOff, from)
  tellInboxes(context.live, click.workspaceId, click.told)
  return { value: handOff, undo: click.id }
}

export function tellHandOff(live: Live, handOff: HandOff, fromBoardId: Id<'brd'>): void {
  for (const boardId of new Set([fromBoardId, handOff.toBoardId])) {
    live.publish(boardId, {
      type: 'beside.changed',
      boardId,
      what: 'hand-offs',
      activityId: handOff.fromActivityId,
    })
    live.publish(handOff.workspaceId, { type: 'board.changed', boardId })
  }
}
