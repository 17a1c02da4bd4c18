import type { Activity } from './activity'
import { itemsServed } from './serves'
import type { TraceItem } from './trace'

/** What person-days are spent on, the most telling first: a pain is what a business customer pays for. */
export const effortKinds = ['pain', 'itch', 'delight', 'gap', 'other', 'nothing'] as const
export type EffortKind = (typeof effortKinds)[number]

export interface EffortAudit {
  /** Person-days of all activities that have an estimate. */
  readonly total: number
  readonly of: Readonly<Record<EffortKind, number>>
  /** By whom it reaches: segments in focus, segments that are not, or nobody in particular. */
  readonly focus: { readonly inside: number; readonly outside: number; readonly nobody: number }
  /** Activities nobody has estimated; what they cost is in no sum. */
  readonly unestimated: number
}

/**
 * Where the effort goes. What serves several kinds is divided among them, so that the parts add up to the whole; a gap
 * or other words count only where no need is named. Items that have left the strategy count for nothing.
 */
export function auditEffort(
  activities: readonly Pick<Activity, 'serves' | 'effort'>[],
  items: ReadonlyMap<string, TraceItem>,
): EffortAudit {
  const of = { pain: 0, itch: 0, delight: 0, gap: 0, other: 0, nothing: 0 }
  const focus = { inside: 0, outside: 0, nobody: 0 }
  let total = 0
  let unestimated = 0
  for (const { serves, effort } of activities) {
    if (effort === null) {
      unestimated++
      continue
    }
    total += effort
    const served = itemsServed(serves).flatMap((id) => {
      const item = items.get(id)
      return item && !item.removed ? [item] : []
    })
    const kinds = kindsOf(served)
    for (const kind of kinds) of[kind] += effort / kinds.length
    focus[reachOf(served, items)] += effort
  }
  return { total, of, focus, unestimated }
}

function kindsOf(served: readonly TraceItem[]): readonly EffortKind[] {
  const needs = (['pain', 'itch', 'delight'] as const).filter((kind) =>
    served.some((item) => item.kind === kind),
  )
  if (needs.length > 0) return needs
  if (served.length === 0) return ['nothing']
  return served.some(({ kind }) => kind === 'gap') ? ['gap'] : ['other']
}

/** In focus as soon as one segment it reaches is: directly, or through the need it answers. */
function reachOf(
  served: readonly TraceItem[],
  items: ReadonlyMap<string, TraceItem>,
): keyof EffortAudit['focus'] {
  const segments = served
    .flatMap((item) => (item.kind === 'segment' ? [item] : item.feltBy.map((id) => items.get(id))))
    .filter((item) => item?.kind === 'segment' && !item.removed)
  if (segments.length === 0) return 'nobody'
  return segments.some((item) => item?.focus) ? 'inside' : 'outside'
}
