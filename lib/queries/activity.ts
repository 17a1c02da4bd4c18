import type { ActivityComment } from '@/db/repositories/activities'
import type { Context } from '@/lib/commands/context'
import type { Activity } from '@/lib/domain/activity'
import type { Change } from '@/lib/domain/change'
import { cycleOf } from '@/lib/domain/cycle'
import type { HandOff } from '@/lib/domain/hand-off'
import { can } from '@/lib/domain/permissions'
import type { Relation } from '@/lib/domain/relation'
import { type Trace, type TraceItem, traceOf } from '@/lib/domain/trace'
import { must } from '@/lib/kit/assert'
import type { Id } from '@/lib/kit/ids'
import {
  type BoardName,
  type BoardPerson,
  boardPeople,
  type MeasureLine,
  mayRead,
  measureLines,
  type Neighbour,
  nameOf,
  todayIn,
  traceItems,
} from './board'

export interface ActivityPanel {
  readonly activity: Activity
  readonly board: BoardName & { readonly archived: boolean }
  readonly comments: readonly ActivityComment[]
  /** The newest first, at most a hundred. */
  readonly history: readonly Change[]
  readonly handOffs: readonly HandOff[]
  readonly relations: readonly Relation[]
  /** The activities at the other ends. */
  readonly neighbours: readonly Neighbour[]
  readonly people: readonly BoardPerson[]
  readonly items: readonly TraceItem[]
  readonly measures: readonly MeasureLine[]
  readonly trace: Trace
  readonly mayEdit: boolean
  readonly mayComment: boolean
}

/** Everything about one activity. Null: not there, or not theirs to see. */
export async function activityPanel(
  context: Context,
  activityId: string,
  zone: string,
): Promise<ActivityPanel | null> {
  const { actor, store, clock } = context
  const { read } = store
  const activity = await read.activities.find(activityId)
  const board = activity && (await read.boards.find(activity.boardId))
  if (!board || !mayRead(context, board)) return null
  const workspace = must(await read.workspaces.find(actor.workspaceId), 'an actor acts in a workspace')
  const cycle = cycleOf(todayIn(zone, clock.now()), workspace.yearStart)
  const [comments, history, handOffs, relations, people, strategy, measures] = await Promise.all([
    read.activities.comments(activity.id),
    read.activities.history(activity.id),
    read.activities.handOffsOfActivity(activity.id),
    read.activities.relationsOf({ activityId: activity.id }),
    boardPeople(context),
    traceItems(context, workspace.currentStrategyId),
    measureLines(read, actor.workspaceId, cycle),
  ])
  const ends = new Set(
    [
      ...relations.flatMap(({ fromId, toId }) => [fromId, toId]),
      ...handOffs.flatMap(({ fromActivityId, toActivityId }) => [fromActivityId, toActivityId]),
    ].filter((id): id is Id<'act'> => id !== null && id !== activity.id),
  )
  const neighbours = await read.activities.byIds([...ends])
  const subject = { kind: 'board', board } as const
  return {
    activity,
    board: { ...nameOf(board), archived: board.archived },
    comments,
    history,
    handOffs,
    relations,
    neighbours: neighbours.map(({ id, boardId, title }) => ({ id, boardId, title })),
    people,
    items: strategy.items,
    measures,
    trace: traceOf(
      activity,
      new Map(strategy.items.map((item) => [item.id, item])),
      new Map(measures.map((measure) => [measure.id, measure])),
    ),
    mayEdit: can(actor, 'activity.edit', subject),
    mayComment: can(actor, 'activity.comment', subject),
  }
}

/** An activity as the strategy page shows it beside the item it serves. */
export interface Serving {
  readonly id: Id<'act'>
  readonly boardId: Id<'brd'>
  readonly title: string
  readonly serves: readonly string[]
  readonly columnId: Id<'col'>
}

/** The trace line run forward: the activities that serve these items. Empty for whoever reads no boards. */
export async function activitiesServing(
  { actor, store }: Context,
  itemIds: readonly string[],
): Promise<readonly Serving[]> {
  if (!can(actor, 'board.read')) return []
  const rows = await store.read.activities.serving(actor.workspaceId, itemIds)
  return rows.map(({ id, boardId, title, serves, columnId }) => ({ id, boardId, title, serves, columnId }))
}
