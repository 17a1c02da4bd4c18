import type { Context } from '@/lib/commands/context'
import { type Cycle, cycleOf } from '@/lib/domain/cycle'
import { type Measure, type Reading, targetFor } from '@/lib/domain/measure'
import { can } from '@/lib/domain/permissions'
import { must } from '@/lib/kit/assert'
import { type BoardPerson, boardPeople, type MeasureLine, measureLines, todayIn } from './board'

export interface MeasuresPage {
  readonly slug: string
  readonly cycle: Cycle
  readonly measures: readonly MeasureLine[]
  readonly mayCreate: boolean
}

/** All measures with their sparklines; null for whoever may read none. */
export async function measuresPage(context: Context, zone: string): Promise<MeasuresPage | null> {
  const { actor, store, clock } = context
  if (!can(actor, 'measure.read')) return null
  const workspace = must(await store.read.workspaces.find(actor.workspaceId), 'an actor acts in a workspace')
  const cycle = cycleOf(todayIn(zone, clock.now()), workspace.yearStart)
  return {
    slug: workspace.slug,
    cycle,
    measures: await measureLines(store.read, actor.workspaceId, cycle),
    mayCreate: can(actor, 'measure.create'),
  }
}

export interface MeasurePage {
  readonly measure: Measure
  readonly readings: readonly Reading[]
  readonly target: number | null
  readonly cycle: Cycle
  readonly people: readonly BoardPerson[]
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
  const cycle = cycleOf(todayIn(zone, clock.now()), workspace.yearStart)
  const [readings, people] = await Promise.all([
    store.read.measures.readings(measure.id),
    boardPeople(context),
  ])
  const subject = { kind: 'measure', measure } as const
  return {
    measure,
    readings,
    target: targetFor(measure, cycle),
    cycle,
    people,
    mayEdit: can(actor, 'measure.edit', subject),
    mayRecord: can(actor, 'measure.record', subject),
    mayArchive: can(actor, 'measure.archive', subject),
  }
}
