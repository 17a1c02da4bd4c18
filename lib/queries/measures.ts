import type { Context } from '@/lib/commands/context'
import { type Cycle, cycleDays, cycleOf } from '@/lib/domain/cycle'
import { type DayText, daysFromTo } from '@/lib/domain/day-text'
import { type Measure, type Reading, type Standing, standingOf, targetFor } from '@/lib/domain/measure'
import { can } from '@/lib/domain/permissions'
import { itemsServed } from '@/lib/domain/serves'
import type { Workspace } from '@/lib/domain/workspace'
import { must } from '@/lib/kit/assert'
import {
  type BoardName,
  type BoardPerson,
  boardPeople,
  type MeasureLine,
  mayRead,
  measureLines,
  nameOf,
  todayIn,
} from './board'
import { type ServableWords, servable } from './served'

/** A measure as its row in the list shows it. */
export interface MeasureRow extends MeasureLine, Pick<Measure, 'departmentId' | 'ownerId' | 'cadence'> {
  readonly standing: Standing
}

/** What a measure may name: for its form, and for the words of a row. */
export interface MeasureWorld {
  readonly slug: string
  readonly today: DayText
  readonly cycle: Cycle
  readonly people: readonly BoardPerson[]
  /** In chain order; a measure of none is the company's. */
  readonly departments: readonly BoardName[]
  /** The department a new measure is most likely of: where the reader works. */
  readonly usual: string | null
  /** Words of the strategy; null for whoever may not read it. */
  readonly words: ServableWords | null
}

export interface MeasuresPage extends MeasureWorld {
  readonly measures: readonly MeasureRow[]
  readonly mayCreate: boolean
}

/** All measures with their sparklines; null for whoever may read none. */
export async function measuresPage(context: Context, zone: string): Promise<MeasuresPage | null> {
  const { actor, store, clock } = context
  if (!can(actor, 'measure.read')) return null
  const workspace = must(await store.read.workspaces.find(actor.workspaceId), 'an actor acts in a workspace')
  const today = todayIn(zone, clock.now())
  const cycle = cycleOf(today, workspace.yearStart)
  const quarter = cycleDays(cycle, workspace.yearStart)
  const [lines, rows, starts, world] = await Promise.all([
    measureLines(store.read, actor.workspaceId, cycle),
    store.read.measures.list(actor.workspaceId),
    store.read.measures.before(actor.workspaceId, quarter.first),
    worldOf(context, workspace, today, cycle),
  ])
  return {
    ...world,
    measures: lines.map((line): MeasureRow => {
      const { departmentId, ownerId, cadence } = must(
        rows.find(({ id }) => id === line.id),
        'read twice in one breath, and measures are never deleted',
      )
      const start = starts.get(line.id) ?? line.baseline ?? line.values[0]?.value ?? null
      const standing = standingOf({
        ...line,
        start,
        value: line.values.at(-1)?.value ?? null,
        gone: shareGone(quarter, today),
      })
      return { ...line, departmentId, ownerId, cadence, standing }
    }),
    mayCreate: can(actor, 'measure.create'),
  }
}

export interface MeasurePage extends MeasureWorld {
  readonly measure: Measure
  readonly readings: readonly Reading[]
  readonly target: number | null
  readonly standing: Standing
  readonly yearStart: number
  /** What is done about it: activities that name it or serve what it shows. */
  readonly activities: readonly { readonly id: string; readonly title: string; readonly boardId: string }[]
  readonly mayEdit: boolean
  readonly mayRecord: boolean
  readonly mayArchive: boolean
}

/** One measure with all its readings: the chart and its table. Null: not there, or not theirs to see. */
export async function measurePage(
  context: Context,
  measureId: string,
  zone: string,
): Promise<MeasurePage | null> {
  const { actor, store, clock } = context
  const measure = await store.read.measures.find(measureId)
  if (!measure || !can(actor, 'measure.read', { kind: 'measure', measure })) return null
  const workspace = must(await store.read.workspaces.find(actor.workspaceId), 'an actor acts in a workspace')
  const today = todayIn(zone, clock.now())
  const cycle = cycleOf(today, workspace.yearStart)
  const quarter = cycleDays(cycle, workspace.yearStart)
  const [readings, world, naming, serving] = await Promise.all([
    store.read.measures.readings(measure.id),
    worldOf(context, workspace, today, cycle),
    store.read.activities.naming(actor.workspaceId, measure.id),
    store.read.activities.serving(actor.workspaceId, itemsServed(measure.serves)),
  ])
  const target = targetFor(measure, cycle)
  const start =
    readings.filter(({ on }) => on < quarter.first).at(-1)?.value ??
    measure.baseline ??
    readings[0]?.value ??
    null
  const subject = { kind: 'measure', measure } as const
  // An index finds items; which slot of the positioning it is, the words themselves say.
  const alike = serving.filter(({ serves }) => serves.some((one) => measure.serves.includes(one)))
  const activities = new Map([...naming, ...alike].map((activity) => [activity.id, activity]))
  return {
    ...world,
    measure,
    readings,
    target,
    standing: standingOf({
      direction: measure.direction,
      start,
      target,
      value: readings.at(-1)?.value ?? null,
      gone: shareGone(quarter, today),
    }),
    yearStart: workspace.yearStart,
    activities: [...activities.values()].map(({ id, title, boardId }) => ({ id, title, boardId })),
    mayEdit: can(actor, 'measure.edit', subject),
    mayRecord: can(actor, 'measure.record', subject),
    mayArchive: can(actor, 'measure.archive', subject),
  }
}

async function worldOf(
  context: Context,
  workspace: Pick<Workspace, 'slug' | 'currentStrategyId'>,
  today: DayText,
  cycle: Cycle,
): Promise<MeasureWorld> {
  const { actor, store } = context
  const [people, boards, words] = await Promise.all([
    boardPeople(context),
    store.read.boards.list(actor.workspaceId),
    servable(context, workspace.currentStrategyId),
  ])
  const departments = boards.filter((board) => !board.archived && mayRead(context, board)).map(nameOf)
  const own = departments.find(({ departmentId }) => actor.departments.includes(departmentId))
  const usual = (own ?? departments[0])?.departmentId ?? null
  return { slug: workspace.slug, today, cycle, people, departments, usual, words }
}

/** The share of a quarter that has passed, its last day counted as passed. */
function shareGone(
  { first, last }: { readonly first: DayText; readonly last: DayText },
  today: DayText,
): number {
  return Math.min(1, Math.max(0, (daysFromTo(first, today) + 1) / (daysFromTo(first, last) + 1)))
}
