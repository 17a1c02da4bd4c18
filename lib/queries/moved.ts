import type { Context } from '@/lib/commands/context'
import { movedCards } from '@/lib/domain/coherence/impact'
import { can } from '@/lib/domain/permissions'
import { readServe, type Slot } from '@/lib/domain/serves'
import type { Id } from '@/lib/kit/ids'
import { mayRead } from './board'

/** An activity whose words have moved, and what is asked about it. */
export interface MovedWork {
  readonly activityId: Id<'act'>
  readonly title: string
  readonly boardId: Id<'brd'>
  readonly ownerId: Id<'mem'> | null
  /** The question is the reader's: they own it, or lead the department of what nobody owns. */
  readonly mine: boolean
  /** The reader's word counts. */
  readonly may: boolean
  readonly impacts: readonly {
    readonly id: Id<'imp'>
    /** Null: words of a difficulty. */
    readonly slot: Slot | null
    readonly was: string
    readonly now: string
  }[]
}

/** The open questions on the boards the actor reads: few statements, and none of them reads a whole company. */
export async function movedWork(context: Context): Promise<readonly MovedWork[]> {
  const { actor, store } = context
  const { read } = store
  if (!can(actor, 'coherence.read')) return []
  const [impacts, questions] = await Promise.all([
    read.impacts.list(actor.workspaceId),
    read.impacts.questions(actor.workspaceId),
  ])
  const open = [
    ...new Set(questions.flatMap(({ activityId, answer }) => (answer === null ? [activityId] : []))),
  ]
  if (open.length === 0) return []
  const [activities, all] = await Promise.all([
    read.activities.byIds(open),
    read.boards.list(actor.workspaceId),
  ])
  const boards = new Map(all.filter((board) => mayRead(context, board)).map((board) => [board.id, board]))
  const columns = new Map(
    (await read.boards.columns([...boards.keys()])).map((column) => [column.id, column.phase]),
  )
  const known = new Map(activities.map((activity) => [activity.id, activity]))
  const asked = activities
    .filter(({ boardId, status }) => boards.has(boardId) && status === 'active')
    .map((activity) => ({
      ...activity,
      status: 'active' as const,
      phase: columns.get(activity.columnId) ?? 'plan',
    }))
  return movedCards(impacts, questions, asked).flatMap(({ activityId, ownerId, impacts }) => {
    const activity = known.get(activityId)
    const board = activity && boards.get(activity.boardId)
    if (!activity || !board) return []
    const mine =
      ownerId === actor.memberId || (ownerId === null && actor.leads.some((id) => id === board.departmentId))
    return [
      {
        activityId,
        title: activity.title,
        boardId: board.id,
        ownerId,
        mine,
        may: mine || can(actor, 'impact.answer', { kind: 'board', board }),
        impacts: impacts.map(({ id, serve, was, now }) => ({
          id,
          slot: readServe(serve)?.slot ?? null,
          was,
          now,
        })),
      },
    ]
  })
}
