import { cleanActivityTitle } from '@/lib/domain/activity'
import { type BoardRequest, cleanRequestText } from '@/lib/domain/board-request'
import { cleanDay } from '@/lib/domain/day-text'
import { permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import { type Id, newId } from '@/lib/kit/ids'
import { actorNow } from './board-access'
import type { Context, Live } from './context'
import { tellInboxes } from './notify'
import { limit, limitKey } from './rate-limit'
import { tellOfRequest } from './tell-of-boards'

/** Beyond this a tray is not read any more, only filled. */
const MOST_OPEN = 500
const PER_MEMBER = { max: 60, seconds: 3600 }

/** Asks another department for something: it lies in the tray of its board until they answer. */
export async function sendRequest(
  context: Context,
  input: {
    readonly boardId: string
    readonly title: string
    readonly text: string
    readonly due: string | null
  },
): Promise<BoardRequest> {
  const { store, live, clock } = context
  const title = cleanActivityTitle(input.title)
  const text = cleanRequestText(input.text)
  const due = cleanDay(input.due, 'due')
  await limit(store, limitKey('request', context.actor.memberId), PER_MEMBER, clock.now())
  const { workspaceId, memberId: by } = context.actor
  const teller = { workspaceId, by, at: new Date(clock.now()), told: new Set<Id<'mem'>>() }
  const request = await store.transact(async (tx) => {
    const board = await tx.boards.find(input.boardId)
    if (!board) throw new Refusal('not_found')
    const actor = await actorNow(tx, context)
    permit(actor, 'request.send', { kind: 'board', board })
    if (board.archived) throw new Refusal('not_found')
    if ((await tx.boards.openRequests(board.id)) >= MOST_OPEN)
      throw new Refusal('too_many', { field: 'requests', max: MOST_OPEN })
    const request: BoardRequest = {
      id: newId('req'),
      workspaceId: board.workspaceId,
      boardId: board.id,
      title,
      text,
      due,
      from: actor.memberId,
      at: new Date(clock.now()),
      answer: { state: 'open' },
      revision: 1,
    }
    await tx.boards.addRequest(request)
    await tellOfRequest(tx, teller, { request, departmentId: board.departmentId, activityId: null })
    return request
  })
  tellTray(live, request)
  tellInboxes(live, workspaceId, teller.told)
  return request
}

export function tellTray(live: Live, { boardId, workspaceId }: BoardRequest): void {
  live.publish(boardId, { type: 'beside.changed', boardId, what: 'tray', activityId: null })
  live.publish(workspaceId, { type: 'board.changed', boardId })
}
