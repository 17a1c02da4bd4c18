import type { Context } from '@/lib/commands/context'
import { can } from '@/lib/domain/permissions'
import type { Id } from '@/lib/kit/ids'
import { type BoardName, nameOf } from './board'
import { type CheckInDue, checkInDue } from './check-in'
import { movedWork } from './moved'
import { type ReviewDuties, reviewDuties } from './reviews'

/** An activity whose words have moved, and that waits for its owner's word. */
export interface OpenQuestion {
  readonly activityId: Id<'act'>
  readonly title: string
  readonly board: BoardName
  /** What the words say now. */
  readonly now: string
}

/** What waits for one of them besides cards, requests and hand-offs: reviews, decisions, questions, numbers. */
export interface Duties extends ReviewDuties {
  /** Of activities they own, or that nobody owns in a department they lead. */
  readonly questions: readonly OpenQuestion[]
  /** Of others, for whoever runs things; 0 for everybody else. */
  readonly unanswered: number
  readonly checkIn: CheckInDue | null
  /** Reviews whose decisions the reader may look up. */
  readonly readable: readonly Id<'rev'>[]
}

export async function duties(context: Context, zone: string): Promise<Duties> {
  const { actor, store } = context
  const { read } = store
  const [reviews, moved, all, boards, due] = await Promise.all([
    reviewDuties(context, zone),
    movedWork(context),
    read.reviews.list(actor.workspaceId),
    read.boards.list(actor.workspaceId),
    checkInDue(context, zone),
  ])
  const asked = moved.flatMap(({ activityId, title, boardId, mine, impacts }) => {
    const board = boards.find(({ id }) => id === boardId)
    if (!board) return []
    const now = impacts.at(-1)?.now ?? ''
    return [{ mine, question: { activityId, title, board: nameOf(board), now } }]
  })
  return {
    ...reviews,
    questions: asked.flatMap(({ mine, question }) => (mine ? [question] : [])),
    unanswered: can(actor, 'impact.ask') ? asked.filter(({ mine }) => !mine).length : 0,
    checkIn: due,
    readable: all
      .filter((review) => can(actor, 'review.read', { kind: 'review', review }))
      .map(({ id }) => id),
  }
}
