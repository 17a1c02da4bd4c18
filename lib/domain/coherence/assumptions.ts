import type { Id } from '@/lib/kit/ids'
import type { DayText } from '../day-text'
import { type CoherenceActivity, type CoherenceItem, itemsById, servedBy, type World } from './world'

export const assumptionStates = ['expired', 'expiring', 'valid', 'undated'] as const
export type AssumptionState = (typeof assumptionStates)[number]

export interface Assumption {
  readonly itemId: Id<'itm'>
  readonly code: string | null
  readonly title: string
  readonly confidence: 'high' | 'medium' | 'low' | null
  readonly checkedOn: DayText | null
  readonly validUntil: DayText | null
  /** Expiring: within the quarter. */
  readonly state: AssumptionState
  /** Items whose words cite it, also through others. */
  readonly items: readonly Pick<CoherenceItem, 'id' | 'kind' | 'code' | 'title'>[]
  /** Activities that serve one of these and still go on. */
  readonly activities: readonly Pick<CoherenceActivity, 'id' | 'title'>[]
}

/** Factors by the day they expire, with what rests on them: expired ones first, those without a day last. */
export function assumptionsOf(world: World, quarterEnds: DayText): readonly Assumption[] {
  const items = itemsById(world)
  const citing = new Map<string, CoherenceItem[]>()
  for (const item of world.items)
    for (const ref of item.refs) {
      const list = citing.get(ref)
      if (list) list.push(item)
      else citing.set(ref, [item])
    }
  const serving = new Map<string, CoherenceActivity[]>()
  for (const activity of world.activities) {
    if (activity.status !== 'active' || activity.phase === 'act' || activity.halt === 'stopped') continue
    for (const { item } of servedBy(activity, items)) {
      const list = serving.get(item.id)
      if (list) list.push(activity)
      else serving.set(item.id, [activity])
    }
  }
  return world.items
    .filter(({ kind }) => kind === 'factor')
    .map((factor): Assumption => {
      const resting = restingOn(factor, citing)
      const activities = new Map<string, CoherenceActivity>()
      for (const { id } of [factor, ...resting])
        for (const activity of serving.get(id) ?? []) activities.set(activity.id, activity)
      const { confidence, checkedOn, validUntil } = factor.fields
      return {
        itemId: factor.id,
        code: factor.code,
        title: factor.title,
        confidence,
        checkedOn,
        validUntil,
        state: assumptionState(validUntil, world.today, quarterEnds),
        items: resting.map(({ id, kind, code, title }) => ({ id, kind, code, title })),
        activities: [...activities.values()].map(({ id, title }) => ({ id, title })),
      }
    })
    .sort((a, b) => ((a.validUntil ?? '9') < (b.validUntil ?? '9') ? -1 : 1))
}

export function assumptionState(
  validUntil: DayText | null,
  today: DayText,
  quarterEnds: DayText,
): AssumptionState {
  if (validUntil === null) return 'undated'
  if (validUntil < today) return 'expired'
  return validUntil <= quarterEnds ? 'expiring' : 'valid'
}

/** Whatever cites it, and cites that. A circle of citations ends where it began. */
function restingOn(
  factor: CoherenceItem,
  citing: ReadonlyMap<string, readonly CoherenceItem[]>,
): CoherenceItem[] {
  const found = new Map<string, CoherenceItem>()
  const open: CoherenceItem[] = [factor]
  for (let at = open.pop(); at !== undefined; at = open.pop())
    for (const item of citing.get(at.id) ?? []) {
      // Other factors are neighbours, not what rests on one.
      if (item.id === factor.id || item.kind === 'factor' || found.has(item.id)) continue
      found.set(item.id, item)
      open.push(item)
    }
  return [...found.values()].sort((a, b) => a.position - b.position)
}
