import type { Id } from '@/lib/kit/ids'
import type { Cycle } from '../cycle'
import { focusSegments, itemsById, ofCycle, type Served, servedBy, type World, weigher } from './world'

/** What the work goes to: only a solved pain has value for a business customer. */
export const effortKinds = ['pain', 'itch', 'delight', 'gap', 'other', 'nothing'] as const
export type EffortKind = (typeof effortKinds)[number]

export interface EffortShare<K extends string> {
  readonly of: K
  /** Person-days. */
  readonly days: number
  /** 0 to 1 of all. */
  readonly share: number
  readonly activities: readonly Id<'act'>[]
}

export interface EffortAudit {
  readonly days: number
  /** Without an estimate: they count as much as the others on average. */
  readonly unestimated: number
  /** Each kind once, also those with nothing. */
  readonly byKind: readonly EffortShare<EffortKind>[]
  /** `unsaid`: neither the activity nor what it serves says for whom. */
  readonly byFocus: readonly EffortShare<'focus' | 'out' | 'unsaid'>[]
  /** By segment, those out of focus too, in the order of the strategy. */
  readonly bySegment: readonly (EffortShare<Id<'itm'>> & { readonly focus: boolean })[]
}

/**
 * Where the person-days go. What serves several kinds or segments is shared out evenly; a gap counts only where no pain,
 * itch or delight is named beside it. The segments an activity names itself go before those that feel what it serves.
 */
export function auditEffort(world: World, cycle: Cycle | null = null): EffortAudit {
  const items = itemsById(world)
  const focus = focusSegments(world.items)
  const activities = ofCycle(world.activities, cycle)
  const weigh = weigher(activities)
  const kinds = tally<EffortKind>()
  const focuses = tally<'focus' | 'out' | 'unsaid'>()
  const segments = tally<Id<'itm'>>()
  let days = 0
  for (const activity of activities) {
    const effort = weigh(activity)
    days += effort
    const served = servedBy(activity, items)
    kinds.add(kindsOf(served), effort, activity.id)
    const meant = segmentsOf(served, items)
    segments.add(meant, effort, activity.id)
    focuses.add(
      meant.length === 0 ? ['unsaid'] : meant.map((id) => (focus.has(id) ? 'focus' : 'out')),
      effort,
      activity.id,
    )
  }
  return {
    days,
    unestimated: activities.filter(({ effort }) => effort === null).length,
    byKind: effortKinds.map((kind) => kinds.share(kind, days)),
    byFocus: (['focus', 'out', 'unsaid'] as const).map((one) => focuses.share(one, days)),
    bySegment: world.items
      .filter(({ kind }) => kind === 'segment')
      .map(({ id }) => ({ ...segments.share(id, days), focus: focus.has(id) })),
  }
}

function kindsOf(served: readonly Served[]): EffortKind[] {
  const felt = served.flatMap(({ item: { kind } }) =>
    kind === 'pain' || kind === 'itch' || kind === 'delight' ? [kind] : [],
  )
  if (felt.length > 0) return [...new Set(felt)]
  if (served.some(({ item }) => item.kind === 'gap')) return ['gap']
  return served.length > 0 ? ['other'] : ['nothing']
}

function segmentsOf(served: readonly Served[], items: ReadonlyMap<string, Served['item']>): Id<'itm'>[] {
  const named = served.filter(({ item }) => item.kind === 'segment').map(({ item }) => item.id)
  if (named.length > 0) return [...new Set(named)]
  const felt = served.flatMap(({ item }) => item.fields.feltBy.flatMap((id) => items.get(id) ?? []))
  return [...new Set(felt.filter(({ kind }) => kind === 'segment').map(({ id }) => id))]
}

function tally<K extends string>() {
  const days = new Map<K, number>()
  const of = new Map<K, Id<'act'>[]>()
  return {
    add(keys: readonly K[], effort: number, activityId: Id<'act'>) {
      for (const key of keys) {
        days.set(key, (days.get(key) ?? 0) + effort / keys.length)
        const list = of.get(key)
        if (!list) of.set(key, [activityId])
        else if (list.at(-1) !== activityId) list.push(activityId)
      }
    },
    share: (key: K, all: number): EffortShare<K> => ({
      of: key,
      days: days.get(key) ?? 0,
      share: all === 0 ? 0 : (days.get(key) ?? 0) / all,
      activities: of.get(key) ?? [],
    }),
  }
}
