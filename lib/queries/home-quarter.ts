import type { Context } from '@/lib/commands/context'
import { type Cycle, cycleDays, cycleOf } from '@/lib/domain/cycle'
import { type CycleState, goesOn, isOpen } from '@/lib/domain/cycle-state'
import { type DayText, daysFromTo } from '@/lib/domain/day-text'
import { reached, targetFor, wayDone } from '@/lib/domain/measure'
import { can } from '@/lib/domain/permissions'
import { readPlan } from '@/lib/domain/plan-seal'
import type { ReviewState } from '@/lib/domain/review'
import { scopeSince } from '@/lib/domain/scope'
import { must } from '@/lib/kit/assert'
import type { Id } from '@/lib/kit/ids'
import { todayIn } from './board'

/** What happened in the quarter, by day. */
export type Mark =
  | { readonly kind: 'reading'; readonly on: DayText }
  | {
      readonly kind: 'target'
      readonly on: DayText
      readonly name: string
      readonly from: number | null
      readonly to: number | null
    }
  | { readonly kind: 'expired'; readonly on: DayText; readonly title: string }

/** How far a department's work is, and how far what it is to move has moved: shares, 0 to 1. */
export interface Effect {
  readonly departmentId: Id<'dep'>
  /** Of the person-days of this quarter, by finished activities and ticked steps; null: nothing is planned. */
  readonly work: number | null
  /** Of the way to the targets of its measures; null: nothing measured goes anywhere. */
  readonly gap: number | null
  readonly state: 'good' | 'risk' | 'off' | 'none'
}

/** The quarter as home draws it: from its seal to its review. */
export interface HomeQuarter {
  readonly cycle: Cycle
  readonly state: CycleState
  readonly first: DayText
  readonly last: DayText
  readonly today: DayText
  /** 1 on the first day. */
  readonly day: number
  readonly days: number
  /** On its seal's day; before the first day where a plan was sealed early. */
  readonly sealedOn: DayText | null
  readonly mayOpen: boolean
  readonly review: {
    readonly id: Id<'rev'>
    readonly on: DayText | null
    readonly state: ReviewState
  } | null
  readonly marks: readonly Mark[]
  /** Of every department that is not archived. */
  readonly effects: readonly Effect[]
}

/** Work this far ahead of its effect is no delay any more: as the gap tracker judges. */
const AHEAD = 0.5
/** Readings scatter: as the measures' own standing judges. */
const PACE = 0.8

export async function homeQuarter(context: Context, zone: string): Promise<HomeQuarter | null> {
  const { actor, store, clock } = context
  const { read } = store
  if (!can(actor, 'cycle.read') || !can(actor, 'board.read')) return null
  const workspace = must(await read.workspaces.find(actor.workspaceId), 'an actor acts in a workspace')
  const today = todayIn(zone, clock.now())
  const cycle = cycleOf(today, workspace.yearStart)
  const quarter = cycleDays(cycle, workspace.yearStart)
  const [states, row, reviews, measures, latest, starts, loads, firstReading, factors] = await Promise.all([
    read.cycles.states(actor.workspaceId),
    read.cycles.find(actor.workspaceId, cycle),
    read.reviews.list(actor.workspaceId),
    read.measures.list(actor.workspaceId),
    read.measures.latest(actor.workspaceId, 1),
    read.measures.before(actor.workspaceId, quarter.first),
    read.activities.workIn(actor.workspaceId, cycle),
    read.measures.firstReading(actor.workspaceId, quarter),
    expiredFactors(context, workspace.currentStrategyId, { first: quarter.first, today }),
  ])
  const days = daysFromTo(quarter.first, quarter.last) + 1
  const day = daysFromTo(quarter.first, today) + 1
  const gone = Math.min(1, day / days)
  const sealed = row !== null && row.state !== 'planned' ? row : null
  const mine = reviews.find(
    (review) =>
      review.cycle === cycle &&
      review.departmentId === null &&
      can(actor, 'review.read', { kind: 'review', review }),
  )
  const plan = sealed && { ...readPlan(sealed.seal), activities: [] }
  const moved =
    plan && sealed && isOpen(sealed)
      ? scopeSince(
          plan,
          { activities: [], measures },
          await read.activities.scopeChanges(actor.workspaceId, sealed.sealedAt, ['measure']),
        ).retargeted
      : []
  const boards = (await read.boards.list(actor.workspaceId)).filter(({ archived }) => !archived)
  return {
    cycle,
    state: row?.state ?? 'planned',
    ...quarter,
    today,
    day,
    days,
    sealedOn: sealed ? todayIn(zone, sealed.sealedAt.getTime()) : null,
    mayOpen: can(actor, 'cycle.open') && sealed === null && !states.some(({ state }) => goesOn(state)),
    review: mine ? { id: mine.id, on: mine.heldOn, state: mine.state } : null,
    marks: [
      ...(firstReading === null ? [] : [{ kind: 'reading', on: firstReading } as const]),
      ...moved.flatMap(({ name, from, to, word }): Mark[] =>
        word ? [{ kind: 'target', on: todayIn(zone, word.at.getTime()), name, from, to }] : [],
      ),
      ...factors,
    ].sort((a, b) => (a.on < b.on ? -1 : 1)),
    effects: boards.map(({ id, departmentId }): Effect => {
      const work = shareDone(loads.filter(({ boardId }) => boardId === id))
      const ways = measures
        .filter((measure) => measure.departmentId === departmentId && measure.status === 'active')
        .flatMap((measure) => {
          const target = targetFor(measure, cycle)
          const value = latest.get(measure.id)?.at(-1)?.value ?? null
          if (target === null || value === null) return []
          if (reached(measure.direction, target, value)) return [1]
          const way = wayDone(starts.get(measure.id) ?? measure.baseline, target, value)
          return way === null ? [] : [Math.min(1, Math.max(0, way))]
        })
      const gap = ways.length === 0 ? null : ways.reduce((sum, way) => sum + way, 0) / ways.length
      return { departmentId, work, gap, state: effectState(work, gap, gone) }
    }),
  }
}

/**
 * Off: at least half of the work is done, and less than half of that has come of it. At risk: the measures keep less than
 * four fifths of the even pace. `gone`: the share of the quarter that has passed.
 */
export function effectState(work: number | null, gap: number | null, gone: number): Effect['state'] {
  if (gap === null) return 'none'
  if (work !== null && work >= AHEAD && gap < work * AHEAD) return 'off'
  return gap < gone * PACE ? 'risk' : 'good'
}

/** Weighed by person-days; what has no estimate counts like the average of the others. */
export function shareDone(
  loads: readonly {
    readonly unrated: number
    readonly done: number
    readonly rated: number
    readonly effort: number
    readonly doneEffort: number
  }[],
): number | null {
  const sum = (of: (load: (typeof loads)[number]) => number) =>
    loads.reduce((total, load) => total + of(load), 0)
  const rated = sum((load) => load.rated)
  const usual = rated === 0 ? 1 : sum(({ effort }) => effort) / rated
  const all = sum(({ effort, unrated }) => effort + unrated * usual)
  return all === 0 ? null : sum(({ doneEffort, done }) => doneEffort + done * usual) / all
}

async function expiredFactors(
  { actor, store }: Context,
  strategyId: string | null,
  { first, today }: { readonly first: DayText; readonly today: DayText },
): Promise<Mark[]> {
  const strategy = strategyId === null ? null : await store.read.strategies.find(strategyId, actor.memberId)
  if (!strategy || !can(actor, 'strategy.read', { kind: 'strategy', strategy })) return []
  return (await store.read.strategyItems.list(strategy.id)).flatMap(({ kind, title, text, fields }) => {
    const on = kind === 'factor' ? fields.validUntil : null
    if (on === null || on < first || on > today) return []
    return [{ kind: 'expired', on, title: title === '' ? text : title } as const]
  })
}
