import type { Id } from '@/lib/kit/ids'
import type { DayText } from '../day-text'
import { wayDone } from '../measure'
import {
  type CoherenceActivity,
  type CoherenceItem,
  type CoherenceMeasure,
  itemsById,
  measureOfGap,
  servedBy,
  type World,
  weigher,
} from './world'

/**
 * Amber: at least half of the work is done, and the gap has closed by less than half of that share. Work may run ahead
 * of its effect, for effect takes time; twice as far ahead is no delay any more but a wrong lever.
 */
export const AMBER_WORK = 0.5
export const AMBER_RATIO = 0.5

export const gapStates = ['amber', 'on_way', 'closed', 'unmeasured', 'idle'] as const
export type GapState = (typeof gapStates)[number]

export interface GapPoint {
  readonly on: DayText
  /** 0 to 1, of the work that is known today. */
  readonly work: number
  /** How much of the way is gone; below 0 it went the wrong way. */
  readonly closed: number
}

export interface TrackedGap {
  readonly itemId: Id<'itm'>
  readonly code: string | null
  readonly title: string
  readonly from: number | null
  readonly to: number | null
  readonly unit: string | null
  readonly by: DayText | null
  readonly measure: Pick<CoherenceMeasure, 'id' | 'name' | 'unit' | 'direction'> | null
  readonly now: number | null
  readonly nowOn: DayText | null
  /** Share of the person-days that is done, 0 to 1; null: nobody works on it. */
  readonly work: number | null
  /** Null: no reading, or no way to go. */
  readonly closed: number | null
  readonly state: GapState
  readonly activities: readonly {
    readonly id: Id<'act'>
    readonly done: boolean
    readonly effort: number | null
  }[]
  /** At each reading, by day: the two lines. */
  readonly series: readonly GapPoint[]
  /** Pains and other difficulties the same activities serve: from the gap to its pain. */
  readonly beside: readonly Id<'itm'>[]
}

/** Work done against gap closed, per gap in the order of the strategy. */
export function trackGaps(world: World): readonly TrackedGap[] {
  const items = itemsById(world)
  const byGap = new Map<string, CoherenceActivity[]>()
  const besides = new Map<string, Set<Id<'itm'>>>()
  for (const activity of world.activities) {
    const served = servedBy(activity, items)
    for (const { item } of served) {
      if (item.kind !== 'gap') continue
      const list = byGap.get(item.id)
      if (list) list.push(activity)
      else byGap.set(item.id, [activity])
      const beside = besides.get(item.id) ?? new Set()
      for (const other of served) if (other.item.kind === 'pain') beside.add(other.item.id)
      besides.set(item.id, beside)
    }
  }
  return world.items
    .filter(({ kind }) => kind === 'gap')
    .sort((a, b) => a.position - b.position)
    .map((gap) => tracked(world, gap, byGap.get(gap.id) ?? [], [...(besides.get(gap.id) ?? [])]))
}

function tracked(
  world: World,
  gap: CoherenceItem,
  activities: readonly CoherenceActivity[],
  beside: readonly Id<'itm'>[],
): TrackedGap {
  // What was stopped will not be done: it is no part of the work.
  const counted = activities.filter(({ halt }) => halt !== 'stopped')
  const weigh = weigher(counted)
  const total = counted.reduce((sum, activity) => sum + weigh(activity), 0)
  const share = (done: (activity: CoherenceActivity) => boolean) =>
    total === 0
      ? null
      : counted.reduce((sum, activity) => sum + (done(activity) ? weigh(activity) : 0), 0) / total
  const work = share(({ phase }) => phase === 'act')
  const measure = measureOfGap(gap, world.measures)
  const from = gap.fields.from ?? measure?.baseline ?? null
  const to = gap.fields.to
  const last = measure?.readings.at(-1) ?? null
  const closed = wayDone(from, to, last?.value ?? null)
  return {
    itemId: gap.id,
    code: gap.code,
    title: gap.title,
    from,
    to,
    unit: gap.fields.unit,
    by: gap.fields.by,
    measure: measure && {
      id: measure.id,
      name: measure.name,
      unit: measure.unit,
      direction: measure.direction,
    },
    now: last?.value ?? null,
    nowOn: last?.on ?? null,
    work,
    closed,
    state: gapState(work, closed),
    activities: counted.map(({ id, phase, effort }) => ({ id, done: phase === 'act', effort })),
    series: (measure?.readings ?? []).flatMap(({ on, value }) => {
      const gone = wayDone(from, to, value)
      if (gone === null) return []
      return [{ on, work: share(({ doneOn }) => doneOn !== null && doneOn <= on) ?? 0, closed: gone }]
    }),
    beside,
  }
}

export function gapState(work: number | null, closed: number | null): GapState {
  if (closed !== null && closed >= 1) return 'closed'
  if (work === null) return 'idle'
  if (closed === null) return 'unmeasured'
  return work >= AMBER_WORK && closed < work * AMBER_RATIO ? 'amber' : 'on_way'
}
