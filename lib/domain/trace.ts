import type { Id } from '@/lib/kit/ids'
import type { Activity } from './activity'
import type { Measure } from './measure'
import { readServe, type Serve, type Slot } from './serves'
import type { ItemKind } from './strategy-item'

/** As much of an item as the line needs; small enough for a page to carry all of them. */
export interface TraceItem {
  readonly id: Id<'itm'>
  readonly kind: ItemKind
  readonly code: string | null
  readonly title: string
  /** Segments that feel it. */
  readonly feltBy: readonly string[]
  readonly focus: boolean
  /** Of a gap: the name of the measure that shows it closing, as written in the strategy. */
  readonly measure: string | null
  /** It has left the strategy; whoever serves it has a loose end. */
  readonly removed: boolean
}

export type TraceMeasure = Pick<Measure, 'id' | 'name' | 'serves' | 'status'>

/** What the last review said of an activity. */
export type Verdict = 'keep' | 'adjust' | 'stop'

export const traceStations = ['segment', 'difficulty', 'slot', 'activity', 'measure', 'verdict'] as const
export type TraceStation = (typeof traceStations)[number]

export type TraceLink =
  | { readonly station: TraceStation; readonly state: 'joined'; readonly ids: readonly string[] }
  | { readonly station: TraceStation; readonly state: 'missing' }

export interface Trace {
  /** The six stations in their order, each joined or missing. */
  readonly links: readonly TraceLink[]
  /** Items the activity serves that are not in the strategy any more, or never were. */
  readonly loose: readonly Serve[]
  /** Principles it follows. They are no station: an activity may do without. */
  readonly principles: readonly string[]
  /** Nothing of the strategy is served: a pet project. */
  readonly petProject: boolean
}

const difficulties: readonly ItemKind[] = ['pain', 'itch', 'delight', 'gap']

/**
 * Why are we doing this? segment > pain or gap > positioning slot > activity > measure > verdict. A segment counts
 * when the activity serves it itself or serves what it feels; a measure when the activity names it, or when it shows
 * the closing of a gap the activity serves.
 */
export function traceOf(
  activity: Pick<Activity, 'id' | 'serves' | 'measures'>,
  items: ReadonlyMap<string, TraceItem>,
  measures: ReadonlyMap<string, TraceMeasure>,
  verdict: Verdict | null = null,
): Trace {
  const loose: Serve[] = []
  const served: { item: TraceItem; slot: Slot | null }[] = []
  for (const text of activity.serves) {
    const read = readServe(text)
    const item = read && items.get(read.itemId)
    if (!item || item.removed) loose.push(text)
    else served.push({ item, slot: read.slot })
  }
  const of = (...kinds: readonly ItemKind[]) => served.filter(({ item }) => kinds.includes(item.kind))
  const faced = of(...difficulties)
  const felt = faced.flatMap(({ item }) => item.feltBy).filter((id) => items.get(id)?.removed === false)
  const segments = [...of('segment').map(({ item }) => item.id), ...felt]
  const found = measuresOf(
    activity,
    faced.map(({ item }) => item),
    measures,
  )
  return {
    links: [
      link('segment', segments),
      link(
        'difficulty',
        faced.map(({ item }) => item.id),
      ),
      link(
        'slot',
        of('positioning').flatMap(({ item, slot }) => (slot ? [`${item.id}/${slot}`] : [])),
      ),
      link('activity', [activity.id]),
      link('measure', found),
      link('verdict', verdict === null ? [] : [verdict]),
    ],
    loose,
    principles: of('principle').map(({ item }) => item.id),
    petProject: served.length === 0,
  }
}

function measuresOf(
  { measures: named }: Pick<Activity, 'measures'>,
  faced: readonly TraceItem[],
  measures: ReadonlyMap<string, TraceMeasure>,
): string[] {
  const gaps = faced.filter(({ kind }) => kind === 'gap')
  const shown = [...measures.values()].filter(
    (measure) =>
      measure.status === 'active' &&
      gaps.some((gap) => measure.serves.includes(gap.id) || gap.measure === measure.name),
  )
  const live = named.filter((id) => measures.get(id)?.status === 'active')
  return [...live, ...shown.map(({ id }) => id)]
}

function link(station: TraceStation, ids: readonly string[]): TraceLink {
  const each = [...new Set(ids)]
  return each.length > 0 ? { station, state: 'joined', ids: each } : { station, state: 'missing' }
}
