import { type Activity, type Destination, MAX_ACTIVITY_TITLE } from '@/lib/domain/activity'
import { acceptRequest, type BoardRequest, declineRequest, withdrawRequest } from '@/lib/domain/board-request'
import { permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import { must } from '@/lib/kit/assert'
import { holdBoard } from './board-access'
import { clickOf, type Done, tellCards } from './change-activities'
import type { Context } from './context'
import { freshActivity, roomFor } from './create-activity'
import { addActivities, changeOf } from './keep-change'
import { tellInboxes } from './notify'
import { tellTray } from './send-request'
import { tellOfRequest } from './tell-of-boards'

export type Answer =
  /** Becomes an activity in a column; who asked watches it. */
  | { readonly do: 'accept'; readonly to: Destination }
  | { readonly do: 'decline'; readonly reason: string }
  /** By the one who sent it. */
  | { readonly do: 'withdraw' }

/**
 * Answers a request. Of two who answer at once the second reads `already_answered`, so a request never becomes two
 * activities.
 */
export async function answerRequest(
  context: Context,
  input: { readonly requestId: string; readonly answer: Answer },
): Promise<Done<{ readonly request: BoardRequest; readonly activity: Activity | null }>> {
  const { answer } = input
  const click = clickOf(context, 'answered')
  const done = await context.store.transact(async (tx) => {
    const known = await tx.boards.findRequest(input.requestId)
    if (!known || known.workspaceId !== context.actor.workspaceId) throw new Refusal('not_found')
    const { actor, board } = await holdBoard(tx, context, known.boardId, 'board.read')
    // The board first and then the request, as undo does it: the other way round each could wait for the other.
    const seen = must(await tx.boards.request(known.id), 'requests are never deleted')
    permit(actor, answer.do === 'withdraw' ? 'request.withdraw' : 'request.answer', { kind: 'board', board })
    if (answer.do === 'withdraw' && seen.from !== actor.memberId) throw new Refusal('not_allowed')
    const by = { by: actor.memberId, at: click.at }
    let activity: Activity | null = null
    let next: BoardRequest
    if (answer.do === 'accept') {
      // Before anything is written: a second answer leaves no second activity.
      if (seen.answer.state !== 'open') throw new Refusal('already_answered', { state: seen.answer.state })
      await roomFor(tx, board.id, 1)
      const stillHere = (await tx.members.present(board.workspaceId)).some((id) => id === seen.from)
      activity = await freshActivity(tx, {
        boardId: board.id,
        to: answer.to,
        title: [...seen.title].slice(0, MAX_ACTIVITY_TITLE).join(''),
        fields: { due: seen.due, watchers: stillHere ? [seen.from] : [] },
        actor,
        at: click.at,
      })
      await addActivities(tx, click, [activity])
      next = acceptRequest(seen, { ...by, activityId: activity.id })
    } else {
      next =
        answer.do === 'decline'
          ? declineRequest(seen, { ...by, reason: answer.reason })
          : withdrawRequest(seen)
    }
    const request = { ...next, revision: seen.revision + 1 }
    await tx.boards.saveRequest(request)
    const told = { boardId: board.id, activityId: activity?.id ?? null }
    await tx.activities.addChanges([changeOf(click, 'request', seen, request, told)])
    await tellOfRequest(tx, click, {
      request,
      departmentId: board.departmentId,
      activityId: activity?.id ?? null,
    })
    return { request, activity }
  })
  tellTray(context.live, done.request)
  if (done.activity) tellCards(context.live, [done.activity])
  tellInboxes(context.live, click.workspaceId, click.told)
  return { value: done, undo: click.id }
}
