import type { Context } from '@/lib/commands/context'
import { overdue } from '@/lib/domain/activity'
import type { BoardRequest } from '@/lib/domain/board-request'
import { type Card, cardOf } from '@/lib/domain/card'
import type { Column, Phase } from '@/lib/domain/column'
import { addDays, type DayText } from '@/lib/domain/day-text'
import type { HandOff } from '@/lib/domain/hand-off'
import { can } from '@/lib/domain/permissions'
import { must } from '@/lib/kit/assert'
import type { Id } from '@/lib/kit/ids'
import { inOrder } from '@/lib/kit/order-key'
import { type BoardName, type BoardPerson, boardPeople, mayRead, nameOf, todayIn } from './board'

export interface MyCard extends Card {
  readonly phase: Phase
  readonly column: Column
  /** The column after it on its board, where the member may move it there. */
  readonly next: Column | null
  readonly mine: 'owner' | 'helper'
  readonly late: boolean
}

export interface MyWork {
  readonly slug: string
  readonly today: DayText
  readonly boards: readonly BoardName[]
  /** By due day, those without one last. */
  readonly owned: readonly MyCard[]
  readonly helping: readonly MyCard[]
  /** Of both: late, or due within a week. */
  readonly due: readonly MyCard[]
  /** Of both: in a column where they are checked. */
  readonly checking: readonly MyCard[]
  /** In trays the member answers. */
  readonly requests: readonly BoardRequest[]
  /** What the member asked of others. */
  readonly sent: readonly BoardRequest[]
  /** Offered to departments the member works in. */
  readonly handOffs: readonly (HandOff & { readonly fromBoardId: Id<'brd'>; readonly fromTitle: string })[]
  /** Of the boards whose trays the member answers, in order. */
  readonly columns: readonly Column[]
  /** Whoever may be named above. */
  readonly people: readonly BoardPerson[]
}

const SOON = 7

export async function myWork(context: Context, zone: string): Promise<MyWork> {
  const { actor, store, clock } = context
  const { read } = store
  const workspace = must(await read.workspaces.find(actor.workspaceId), 'an actor acts in a workspace')
  const boards = (await read.boards.list(actor.workspaceId)).filter(
    (board) => !board.archived && mayRead(context, board),
  )
  const ids = boards.map(({ id }) => id)
  // Owners and partners may answer everywhere; what waits for them is what waits for their own departments.
  const own = boards.filter(
    (board) =>
      can(actor, 'request.answer', { kind: 'board', board }) &&
      actor.departments.includes(board.departmentId),
  )
  const [columns, activities, requests, sent, handOffs, people] = await Promise.all([
    read.boards.columns(ids),
    read.activities.ofMember(actor.workspaceId, actor.memberId),
    read.boards.requests({ boardIds: own.map(({ id }) => id) }),
    read.boards.requests({ from: actor.memberId }),
    read.activities.handOffsOf(own.map(({ id }) => id)),
    boardPeople(context),
  ])
  const offered = handOffs.filter(
    ({ toBoardId, state }) => state === 'offered' && own.some(({ id }) => id === toBoardId),
  )
  const given = await read.activities.byIds(offered.map(({ fromActivityId }) => fromActivityId))
  const today = todayIn(zone, clock.now())
  const columnOf = new Map(columns.map((column) => [column.id, column]))
  const movable = new Set(
    boards.filter((board) => can(actor, 'activity.move', { kind: 'board', board })).map(({ id }) => id),
  )
  const cards = activities
    .filter(({ columnId }) => columnOf.has(columnId))
    .map((activity): MyCard => {
      const column = must(columnOf.get(activity.columnId), 'filtered above')
      const { phase } = column
      const later = movable.has(activity.boardId)
        ? columns
            .filter((one) => one.boardId === activity.boardId && !one.removed && inOrder(one, column) > 0)
            .sort(inOrder)
        : []
      return {
        ...cardOf(activity),
        phase,
        column,
        next: later[0] ?? null,
        mine: activity.ownerId === actor.memberId ? 'owner' : 'helper',
        late: overdue(activity, phase, today),
      }
    })
    .sort((a, b) => (a.due ?? '9999').localeCompare(b.due ?? '9999') || a.id.localeCompare(b.id))
  const soon = addDays(today, SOON)
  return {
    slug: workspace.slug,
    today,
    boards: boards.map(nameOf),
    owned: cards.filter(({ mine }) => mine === 'owner'),
    helping: cards.filter(({ mine }) => mine === 'helper'),
    due: cards.filter(
      ({ due, phase, halt }) => due !== null && due <= soon && phase !== 'act' && halt !== 'stopped',
    ),
    checking: cards.filter(({ phase }) => phase === 'check'),
    requests,
    // What was asked last is thought of first.
    sent: [...sent].reverse(),
    handOffs: offered.flatMap((handOff) => {
      const from = given.find(({ id }) => id === handOff.fromActivityId)
      return from ? [{ ...handOff, fromBoardId: from.boardId, fromTitle: from.title }] : []
    }),
    columns: columns
      .filter(({ boardId, removed }) => !removed && own.some(({ id }) => id === boardId))
      .sort(inOrder),
    people,
  }
}
