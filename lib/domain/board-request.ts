import type { Id } from '@/lib/kit/ids'
import { cleanReason } from './hand-off'
import { cleanText } from './plain-text'
import { Refusal } from './refusal'

export const MAX_REQUEST = 4_000

/** What somebody asks of another department: lies in its tray until it is accepted or declined. */
export interface BoardRequest {
  readonly id: Id<'req'>
  readonly workspaceId: Id<'ws'>
  readonly boardId: Id<'brd'>
  readonly title: string
  readonly text: string
  readonly due: string | null
  readonly from: Id<'mem'>
  readonly at: Date
  readonly answer: RequestAnswer
  readonly revision: number
}

export type RequestAnswer =
  | { readonly state: 'open' }
  | { readonly state: 'accepted'; readonly by: Id<'mem'>; readonly at: Date; readonly activityId: Id<'act'> }
  | { readonly state: 'declined'; readonly by: Id<'mem'>; readonly at: Date; readonly reason: string }
  /** Taken back by the one who sent it. */
  | { readonly state: 'withdrawn' }

export function acceptRequest(
  request: BoardRequest,
  given: { readonly by: Id<'mem'>; readonly at: Date; readonly activityId: Id<'act'> },
): BoardRequest {
  return answered(request, { state: 'accepted', ...given })
}

export function declineRequest(
  request: BoardRequest,
  given: { readonly by: Id<'mem'>; readonly at: Date; readonly reason: string },
): BoardRequest {
  return answered(request, { state: 'declined', ...given, reason: cleanReason(given.reason) })
}

export function withdrawRequest(request: BoardRequest): BoardRequest {
  return answered(request, { state: 'withdrawn' })
}

/** A request is answered once: who comes second reads what became of it. */
function answered(request: BoardRequest, answer: RequestAnswer): BoardRequest {
  if (request.answer.state !== 'open') throw new Refusal('already_answered', { state: request.answer.state })
  return { ...request, answer }
}

export const cleanRequestText = (text: string) => cleanText(text, { field: 'text', max: MAX_REQUEST })
