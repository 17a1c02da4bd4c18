import type { World } from '@/lib/domain/coherence/world'
import { MOST_READINGS } from '@/lib/domain/measure'
import { must } from '@/lib/kit/assert'
import type { Reader } from './repositories'
import type { BoardInChain } from './repositories/boards'

/** Letters of an item without a title: a sentence or two, enough to know which one it is. */
const MOST_WORDS = 200

function short(text: string): string {
  return text.length <= MOST_WORDS ? text : `${text.slice(0, MOST_WORDS - 1).trimEnd()}…`
}

/**
 * Everything coherence is read off, in a fixed number of statements. `strategyId`: whose items; ask before whether the
 * actor may read it. Null: there are none.
 */
export async function readWorld(
  read: Reader,
  of: {
    readonly workspaceId: string
    readonly strategyId: string | null
    readonly today: string
  },
): Promise<World & { readonly boards: readonly BoardInChain[] }> {
  const { workspaceId, strategyId, today } = of
  const [items, risks, boards, activities, moves, measures, readings, relations] = await Promise.all([
    strategyId === null ? [] : read.strategyItems.list(strategyId),
    strategyId === null ? [] : read.risks.list(strategyId),
    read.boards.list(workspaceId),
    read.activities.ofWorkspace(workspaceId),
    read.activities.columnMoves(workspaceId),
    read.measures.list(workspaceId),
    read.measures.latest(workspaceId, MOST_READINGS),
    read.activities.relationsOf({ workspaceId: workspaceId }),
  ])
  const [columns, handOffs] = await Promise.all([
    read.boards.columns(boards.map(({ id }) => id)),
    read.activities.handOffsOf(boards.map(({ id }) => id)),
  ])
  const board = new Map(boards.map((one) => [one.id, one]))
  const phase = new Map<string, (typeof columns)[number]['phase']>(
    columns.map((column) => [column.id, column.phase]),
  )
  const doneAt = new Map<string, Date>()
  for (const { activityId, columnId, at } of moves) {
    if (phase.get(columnId) !== 'act') doneAt.delete(activityId)
    else if (!doneAt.has(activityId)) doneAt.set(activityId, at)
  }
  return {
    boards: boards.filter(({ archived }) => !archived),
    items: items.map((item) => ({
      ...item,
      title: item.title === '' ? short(item.text) : item.title,
    })),
    activities: activities.map((activity) => {
      const at = phase.get(activity.columnId) ?? 'plan'
      const done = doneAt.get(activity.id)
      return {
        id: activity.id,
        title: activity.title,
        boardId: activity.boardId,
        ownerId: activity.ownerId,
        cycle: activity.cycle,
        start: activity.start,
        due: activity.due,
        effort: activity.effort,
        serves: activity.serves,
        measures: activity.measures,
        halt: activity.halt,
        departmentId: must(board.get(activity.boardId), 'an activity lies on a board').departmentId,
        status: activity.status === 'archived' ? ('archived' as const) : ('active' as const),
        phase: at,
        // Brought in by a file as done: nobody moved it here, its due day says when.
        doneOn: at === 'act' ? (done?.toISOString().slice(0, 10) ?? activity.due ?? today) : null,
      }
    }),
    measures: measures.map((measure) => ({
      ...measure,
      readings: (readings.get(measure.id) ?? []).map(({ on, value }) => ({ on, value })),
    })),
    handOffs,
    relations,
    risks,
    departments: boards.filter(({ archived }) => !archived).map(({ departmentId }) => departmentId),
    today,
  }
}
