import type { Context } from '@/lib/commands/context'
import type { Activity } from '@/lib/domain/activity'
import { writeCsv } from '@/lib/domain/board-import/csv'
import type { Column } from '@/lib/domain/column'
import type { HandOffState } from '@/lib/domain/hand-off'
import { can } from '@/lib/domain/permissions'
import { readServe } from '@/lib/domain/serves'
import { must } from '@/lib/kit/assert'
import { traceItems } from './board'

/** What the names of departments and columns are, in the reader's language: the words are the screen's. */
export interface ExportWords {
  readonly column: (column: Pick<Column, 'kind' | 'name'>) => string
  readonly department: (department: { readonly kind: string | null; readonly name: string | null }) => string
}

const HEAD = [
  'title',
  'department',
  'column',
  'owner',
  'cycle',
  'start',
  'due',
  'priority',
  'effort',
  'labels',
  'serves',
  'checklist',
  'status',
]

/** One board as CSV, columns in order, archived activities last. Null: not there, or not theirs to see. */
export async function exportBoardCsv(
  context: Context,
  boardId: string,
  words: ExportWords,
): Promise<string | null> {
  const { actor, store } = context
  const board = await store.read.boards.find(boardId)
  if (!board || !can(actor, 'board.export', { kind: 'board', board })) return null
  const { columns, activities, names } = await contents(context, [board.id])
  const rows = activities.map((activity) => [
    activity.title,
    words.department(board),
    words.column(must(columns.get(activity.columnId), 'a card lies in a column')),
    names.member(activity.ownerId),
    activity.cycle,
    activity.start,
    activity.due,
    activity.priority,
    activity.effort,
    activity.labels.map(names.label).join('; '),
    activity.serves.map(names.served).join('; '),
    activity.checklist.map(({ title, done }) => `[${done ? 'x' : ' '}] ${title}`).join('\n'),
    activity.status,
  ])
  return writeCsv([HEAD, ...rows])
}

/**
 * Every board the actor may read, with measures, hand-offs and conflicts: the JSON our import reads back. Descriptions,
 * comments and history stay behind.
 */
export async function exportSet(context: Context, words: ExportWords): Promise<string> {
  const { actor, store } = context
  const { read } = store
  const boards = (await read.boards.list(actor.workspaceId)).filter(
    (board) => !board.archived && can(actor, 'board.export', { kind: 'board', board }),
  )
  const ids = boards.map(({ id }) => id)
  const { columns, activities, names } = await contents(context, ids)
  const here = new Set<string>(activities.map(({ id }) => id))
  const [handOffs, relations, measures, latest] = await Promise.all([
    read.activities.handOffsOf(ids),
    read.activities.relationsOf({ workspaceId: actor.workspaceId }),
    boards.length === 0 ? [] : read.measures.list(actor.workspaceId),
    read.measures.latest(actor.workspaceId, 5_000),
  ])
  const departmentOf = new Map(
    boards.map((board) => [board.departmentId, board.kind ? `dep_${board.kind}` : board.departmentId]),
  )
  const departmentOfBoard = new Map(boards.map((board) => [board.id, departmentOf.get(board.departmentId)]))
  return `${JSON.stringify(
    {
      members: names.members.map(({ id, name }) => ({ id, name })),
      departments: boards.map((board) => ({
        id: departmentOf.get(board.departmentId),
        title: words.department(board),
      })),
      columns: [...columns.values()].map((column) => ({ id: column.id, title: words.column(column) })),
      activities: activities.map((activity, i) => ({
        id: activity.id,
        department: departmentOfBoard.get(activity.boardId),
        cycle: activity.cycle,
        column: words.column(must(columns.get(activity.columnId), 'a card lies in a column')),
        order: i + 1,
        title: activity.title,
        status: activity.halt ?? activity.status,
        start: activity.start,
        due: activity.due,
        owner: activity.ownerId,
        priority: activity.priority,
        effortDays: activity.effort,
        labels: activity.labels.map(names.label),
        serves: activity.serves.map(names.served),
        checklist: activity.checklist.map(({ title, done }) => ({ title, done })),
      })),
      handoffs: handOffs
        .filter(
          ({ fromActivityId, toActivityId, state }) =>
            state !== 'withdrawn' &&
            here.has(fromActivityId) &&
            toActivityId !== null &&
            here.has(toActivityId),
        )
        .map(({ fromActivityId, toActivityId, title, due, state }) => ({
          from: fromActivityId,
          to: toActivityId,
          title,
          due,
          state: exchanged[state],
        })),
      conflicts: relations
        .filter(({ kind, fromId, toId }) => kind === 'pulls_apart' && here.has(fromId) && here.has(toId))
        .map(({ fromId, toId, why, resolved }) => ({ activities: [fromId, toId], why, resolved })),
      measures: measures
        .filter(({ status }) => status === 'active')
        .map((measure) => ({
          title: measure.name,
          unit: measure.unit,
          direction: measure.direction,
          department: measure.departmentId && departmentOf.get(measure.departmentId),
          owner: measure.ownerId,
          serves: measure.serves.map(names.served),
          baseline:
            measure.baseline === null || measure.baselineOn === null
              ? null
              : { value: measure.baseline, date: measure.baselineOn },
          targets: measure.targets,
          readings: (latest.get(measure.id) ?? []).map(({ on, value, note, by }) => ({
            date: on,
            value,
            by,
            ...(note === '' ? {} : { note }),
          })),
        })),
    },
    null,
    1,
  )}\n`
}

/** The states under the words of the file, so that they come back as what they were. */
const exchanged: Readonly<Record<HandOffState, string>> = {
  offered: 'open',
  accepted: 'handed',
  delivered: 'accepted',
  declined: 'returned',
  withdrawn: 'withdrawn',
}

async function contents(context: Context, boardIds: readonly string[]) {
  const { actor, store } = context
  const { read } = store
  const workspace = must(await read.workspaces.find(actor.workspaceId), 'an actor acts in a workspace')
  const [columnList, active, archived, members, labels, strategy] = await Promise.all([
    read.boards.columns(boardIds),
    read.activities.onBoards(boardIds),
    read.activities.onBoards(boardIds, 'archived'),
    read.members.list(actor.workspaceId),
    read.boards.labels(actor.workspaceId),
    traceItems(context, workspace.currentStrategyId),
  ])
  const columns = new Map(columnList.map((column) => [column.id, column]))
  const rank = new Map(columnList.map((column, i) => [column.id, i]))
  const inColumns = (rows: readonly Activity[]) =>
    rows
      .filter(({ columnId }) => columns.has(columnId))
      .sort((a, b) => (rank.get(a.columnId) ?? 0) - (rank.get(b.columnId) ?? 0))
  const codes = new Map(strategy.items.map(({ id, code }) => [id, code]))
  return {
    columns,
    activities: [...inColumns(active), ...inColumns(archived)],
    names: {
      members,
      member: (id: string | null) => members.find((member) => member.id === id)?.name ?? null,
      label: (id: string) => labels.find((label) => label.id === id)?.name ?? '',
      /** The code people know, or the slot; of an item without one its id. */
      served: (text: string) => {
        const served = readServe(text)
        return served ? (served.slot ?? codes.get(served.itemId) ?? served.itemId) : text
      },
    },
  }
}
