import { type HandOff, type HandOffMove, sideOf, stepHandOff } from '@/lib/domain/hand-off'
import { permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import { must } from '@/lib/kit/assert'
import { actorNow, holdBoards, unlessStale } from './board-access'
import { clickOf, type Done } from './change-activities'
import type { Context } from './context'
import { changeOf } from './keep-change'
import { tellInboxes } from './notify'
import { tellHandOff } from './offer-hand-off'
import { tellOfHandOff } from './tell-of-boards'

/**
 * Accepts, declines (with a sentence), delivers, offers again or withdraws. Each step belongs to one of the two
 * departments. Of two at once the second reads `already_answered`.
 */
export async function stepTheHandOff(
  context: Context,
  input: {
    readonly handOffId: string
    readonly move: HandOffMove
    readonly reason?: string | undefined
    /** The activity of the receiver that needs it; may be named with accepting. */
    readonly toActivityId?: string | undefined
    readonly revision?: number | undefined
  },
): Promise<Done<HandOff>> {
  const { move } = input
  const click = clickOf(context, 'answered')
  const { handOff, from } = await context.store.transact(async (tx) => {
    const seen = await tx.activities.handOff(input.handOffId)
    if (!seen || seen.workspaceId !== context.actor.workspaceId) throw new Refusal('not_found')
    const giving = must(await tx.activities.find(seen.fromActivityId), 'a hand-off begins somewhere')
    const boards = await holdBoards(tx, [giving.boardId, seen.toBoardId])
    const actor = await actorNow(tx, context)
    const giver = must(boards.get(giving.boardId), 'held above')
    const receiver = must(boards.get(seen.toBoardId), 'held above')
    permit(actor, 'board.read', { kind: 'board', board: giver })
    if (sideOf(move) === 'giver') permit(actor, 'hand-off.offer', { kind: 'board', board: giver })
    else permit(actor, 'hand-off.answer', { kind: 'board', board: receiver })
    // Read again: both boards are held now.
    const handOff = must(await tx.activities.handOff(seen.id), 'hand-offs are never deleted')
    unlessStale(handOff, input.revision)
    const wanted = input.toActivityId === undefined ? null : await tx.activities.find(input.toActivityId)
    if (input.toActivityId !== undefined && wanted?.boardId !== seen.toBoardId) throw new Refusal('not_found')
    const stepped = stepHandOff(handOff, move, { reason: input.reason, toActivityId: wanted?.id })
    const next = { ...stepped, revision: handOff.revision + 1 }
    await tx.activities.saveHandOff(next)
    const told = { boardId: giver.id, activityId: giving.id }
    await tx.activities.addChanges([changeOf(click, 'hand_off', handOff, next, told)])
    await tellOfHandOff(tx, click, {
      handOff: next,
      move,
      giving,
      departments: { giver: giver.departmentId, receiver: receiver.departmentId },
    })
    return { handOff: next, from: giver.id }
  })
  tellHandOff(context.live, handOff, from)
  tellInboxes(context.live, click.workspaceId, click.told)
  return { value: handOff, undo: click.id }
}
