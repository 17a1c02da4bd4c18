import type { Context } from '@/lib/commands/context'
import { type CarryOver, isUnfinished } from '@/lib/domain/carry-over'
import type { Phase } from '@/lib/domain/column'
import { type Cycle, cycleDays, cycleOf, nextCycle } from '@/lib/domain/cycle'
import { type CycleNote, type CycleRow, type CycleState, isOpen } from '@/lib/domain/cycle-state'
import { daysFromTo } from '@/lib/domain/day-text'
import { can } from '@/lib/domain/permissions'
import { readPlan, type SealedPlan } from '@/lib/domain/plan-seal'
import { readResult } from '@/lib/domain/review-result'
import { type ScopeChanges, scopeSince } from '@/lib/domain/scope'
import { must } from '@/lib/kit/assert'
import type { Id } from '@/lib/kit/ids'
import { type BoardPerson, boardPeople, todayIn } from './board'

/** A quarter in a list of quarters. */
export interface CycleLine {
  readonly cycle: Cycle
  readonly state: CycleState
  readonly first: string
  readonly last: string
}

/** Unfinished work, with what was said about it. */
export interface Unfinished {
  readonly id: Id<'act'>
  readonly title: string
  readonly boardId: Id<'brd'>
  readonly departmentId: Id<'dep'>
  readonly ownerId: Id<'mem'> | null
  readonly phase: Phase
  readonly cycle: Cycle | null
  readonly due: string | null
  readonly effort: number | null
  readonly carry: CarryOver | null
  readonly mayCarry: boolean
}

export interface CyclePage {
  readonly slug: string
  readonly cycle: Cycle
  readonly state: CycleState
  readonly first: string
  readonly last: string
  readonly today: string
  /** 1 on the first day; 0 before it, beyond `days` after it. */
  readonly day: number
  readonly days: number
  /** The one today lies in. */
  readonly current: Cycle
  /** Every quarter that has a row, today's and the next, the last one first. */
  readonly cycles: readonly CycleLine[]
  readonly seal: {
    readonly hash: string
    readonly at: Date
    readonly by: Id<'mem'>
    readonly plan: SealedPlan
  } | null
  /** What changed since the seal; of a closed quarter as it was when it closed. Null before it is sealed. */
  readonly scope: ScopeChanges | null
  readonly closed: {
    readonly reviewId: Id<'rev'>
    readonly at: Date
    readonly by: Id<'mem'>
    readonly resultHash: string
  } | null
  /** Empty once it is closed. */
  readonly unfinished: readonly Unfinished[]
  readonly notes: readonly CycleNote[]
  readonly people: readonly BoardPerson[]
  readonly may: { readonly open: boolean; readonly note: boolean; readonly carry: boolean }
}

/** A quarter with its seal, and what has changed since. `cycle` null: the one that runs, else today's. Null: not theirs. */
export async function cyclePage(
  context: Context,
  name: Cycle | null,
  zone: string,
): Promise<CyclePage | null> {
  const { actor, store, clock } = context
  const { read } = store
  if (!can(actor, 'cycle.read')) return null
  const workspace = must(await read.workspaces.find(actor.workspaceId), 'an actor acts in a workspace')
  const today = todayIn(zone, clock.now())
  const current = cycleOf(today, workspace.yearStart)
  const [rows, people, boards] = await Promise.all([
    read.cycles.list(actor.workspaceId),
    boardPeople(context),
    read.boards.list(actor.workspaceId),
  ])
  const cycle = name ?? rows.find(isOpen)?.cycle ?? current
  const row = rows.find((one) => one.cycle === cycle) ?? null
  const [notes, carries, columns] = await Promise.all([
    row ? read.cycles.notes(row.id) : [],
    row ? read.cycles.carryOvers(row.id) : [],
    read.boards.columns(boards.map(({ id }) => id)),
  ])
  const board = new Map(boards.map((one) => [one.id, one]))
  const phase = new Map(columns.map((column) => [column.id, column.phase]))
  const open = row !== null && isOpen(row)
  const activities = open ? await read.activities.ofWorkspace(actor.workspaceId) : []
  const unfinished = activities.flatMap((activity): Unfinished[] => {
    const on = must(board.get(activity.boardId), 'an activity lies on a board')
    const at = phase.get(activity.columnId) ?? 'plan'
    if (!isUnfinished(activity, at, cycle)) return []
    const { id, title, boardId, ownerId, due, effort } = activity
    return [
      {
        id,
        title,
        boardId,
        departmentId: on.departmentId,
        ownerId,
        phase: at,
        cycle: activity.cycle,
        due,
        effort,
        carry: carries.find(({ activityId }) => activityId === id) ?? null,
        mayCarry: can(actor, 'cycle.carry', { kind: 'board', board: on }),
      },
    ]
  })
  const sealed = row !== null && row.state !== 'planned' ? row : null
  const { first, last } = cycleDays(cycle, workspace.yearStart)
  return {
    slug: workspace.slug,
    cycle,
    state: row?.state ?? 'planned',
    first,
    last,
    today,
    day: Math.max(0, daysFromTo(first, today) + 1),
    days: daysFromTo(first, last) + 1,
    current,
    cycles: linesOf(rows, current, workspace.yearStart),
    seal: sealed
      ? {
          hash: sealed.seal.hash,
          at: sealed.sealedAt,
          by: sealed.sealedBy,
          plan: readPlan(sealed.seal),
        }
      : null,
    scope: row === null ? null : await scopeOf(context, row),
    closed:
      row?.state === 'closed'
        ? { reviewId: row.reviewId, at: row.closedAt, by: row.closedBy, resultHash: row.resultHash }
        : null,
    unfinished,
    notes,
    people,
    may: {
      open: can(actor, 'cycle.open') && (row === null || row.state === 'planned') && !rows.some(isOpen),
      note: can(actor, 'cycle.note') && row !== null,
      carry: open && unfinished.some(({ mayCarry }) => mayCarry),
    },
  }
}

/** What changed since the plan was sealed. A closed quarter says what it said when it closed. */
export async function scopeOf(
  { actor, store }: Pick<Context, 'actor' | 'store'>,
  row: CycleRow,
): Promise<ScopeChanges | null> {
  const { read } = store
  if (row.state === 'planned') return null
  if (row.state === 'closed') {
    const review = await read.reviews.find(row.reviewId)
    return review?.state === 'closed' ? readResult(review.result).scope : null
  }
  const plan = readPlan(row.seal)
  const [activities, boards, measures, changes] = await Promise.all([
    read.activities.ofWorkspace(actor.workspaceId),
    read.boards.list(actor.workspaceId),
    read.measures.list(actor.workspaceId),
    read.activities.scopeChanges(actor.workspaceId, row.sealedAt),
  ])
  const department = new Map(boards.map(({ id, departmentId }) => [id, departmentId]))
  return scopeSince(
    plan,
    {
      activities: activities.map((activity) => ({
        ...activity,
        departmentId: must(department.get(activity.boardId), 'every board has a department'),
      })),
      measures,
    },
    changes,
  )
}

export function linesOf(rows: readonly CycleRow[], current: Cycle, yearStart: number): CycleLine[] {
  const states = new Map<Cycle, CycleState>([
    [nextCycle(current), 'planned'],
    [current, 'planned'],
    ...rows.map(({ cycle, state }) => [cycle, state] as const),
  ])
  return [...states]
    .map(([cycle, state]) => ({ cycle, state, ...cycleDays(cycle, yearStart) }))
    .sort((a, b) => (a.cycle < b.cycle ? 1 : -1))
}
