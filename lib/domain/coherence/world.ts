import type { Id } from '@/lib/kit/ids'
import { type Activity, overdue } from '../activity'
import type { Phase } from '../column'
import type { Cycle } from '../cycle'
import type { DayText } from '../day-text'
import type { HandOff } from '../hand-off'
import type { Measure } from '../measure'
import type { Relation } from '../relation'
import { readServe, type Slot } from '../serves'
import type { ItemFields, ItemKind } from '../strategy-item'
import type { AcceptedRisk } from './risk'

/** An item of the strategy as far as coherence asks. Only those that are there: what left the strategy serves nobody. */
export interface CoherenceItem {
  readonly id: Id<'itm'>
  readonly kind: ItemKind
  readonly code: string | null
  readonly title: string
  readonly position: number
  readonly fields: Pick<
    ItemFields,
    | 'focus'
    | 'feltBy'
    | 'gapKind'
    | 'from'
    | 'to'
    | 'unit'
    | 'by'
    | 'measure'
    | 'confidence'
    | 'checkedOn'
    | 'validUntil'
  >
  /** Items its words cite. */
  readonly refs: readonly string[]
}

export interface CoherenceActivity
  extends Pick<
    Activity,
    | 'id'
    | 'title'
    | 'boardId'
    | 'ownerId'
    | 'cycle'
    | 'start'
    | 'due'
    | 'effort'
    | 'serves'
    | 'measures'
    | 'halt'
  > {
  readonly departmentId: Id<'dep'>
  readonly status: 'active' | 'archived'
  readonly phase: Phase
  /** The day it was done, as far as history tells; else its due day. Null: not done. */
  readonly doneOn: DayText | null
}

export interface CoherenceMeasure
  extends Pick<
    Measure,
    | 'id'
    | 'name'
    | 'unit'
    | 'direction'
    | 'baseline'
    | 'baselineOn'
    | 'serves'
    | 'status'
    | 'departmentId'
    | 'targets'
  > {
  /** By day. */
  readonly readings: readonly { readonly on: DayText; readonly value: number }[]
}

/** Everything a workspace's coherence is read off. */
export interface World {
  readonly items: readonly CoherenceItem[]
  readonly activities: readonly CoherenceActivity[]
  readonly measures: readonly CoherenceMeasure[]
  readonly handOffs: readonly Pick<
    HandOff,
    'id' | 'fromActivityId' | 'toActivityId' | 'toBoardId' | 'title' | 'due' | 'state' | 'reason'
  >[]
  readonly relations: readonly Pick<Relation, 'id' | 'kind' | 'fromId' | 'toId' | 'why' | 'resolved'>[]
  /** Departments in chain order. */
  readonly departments: readonly Id<'dep'>[]
  /** Difficulties that may stay without work until a day. Absent: none. */
  readonly risks?: readonly Pick<AcceptedRisk, 'itemId' | 'until' | 'reason' | 'by'>[]
  readonly today: DayText
}

/** What an activity serves that is in the strategy. */
export interface Served {
  readonly item: CoherenceItem
  readonly slot: Slot | null
}

export function itemsById(world: Pick<World, 'items'>): ReadonlyMap<string, CoherenceItem> {
  return new Map(world.items.map((item) => [item.id, item]))
}

export function servedBy(
  { serves }: Pick<CoherenceActivity, 'serves'>,
  items: ReadonlyMap<string, CoherenceItem>,
): Served[] {
  const served: Served[] = []
  for (const text of serves) {
    const read = readServe(text)
    const item = read && items.get(read.itemId)
    if (item) served.push({ item, slot: read.slot })
  }
  return served
}

/** Those of a quarter; null: all. */
export function ofCycle<A extends { readonly cycle: Cycle | null }>(
  activities: readonly A[],
  cycle: Cycle | null,
): readonly A[] {
  return cycle === null ? activities : activities.filter((activity) => activity.cycle === cycle)
}

export const healths = ['stopped', 'done', 'blocked', 'late', 'fine'] as const
export type Health = (typeof healths)[number]

export function healthOf(activity: CoherenceActivity, today: DayText): Health {
  if (activity.halt === 'stopped') return 'stopped'
  if (activity.phase === 'act') return 'done'
  if (activity.halt === 'blocked') return 'blocked'
  return overdue(activity, activity.phase, today) ? 'late' : 'fine'
}

/** Segments we chose to serve. */
export function focusSegments(items: readonly CoherenceItem[]): ReadonlySet<string> {
  return new Set(
    items.filter(({ kind, fields }) => kind === 'segment' && fields.focus === 'yes').map(({ id }) => id),
  )
}

/** The measure that shows a gap closing: one that serves it, else the one it names. The first of several by name. */
export function measureOfGap(
  gap: CoherenceItem,
  measures: readonly CoherenceMeasure[],
): CoherenceMeasure | null {
  const live = measures.filter(({ status }) => status === 'active')
  const named = live.find(({ name }) => name === gap.fields.measure)
  const serving = live.filter(({ serves }) => serves.includes(gap.id))
  // Several may serve a gap; the one its own words name is the one it is measured by.
  return named ?? serving.sort((a, b) => (a.name < b.name ? -1 : 1))[0] ?? null
}

/** Person-days to weigh by; where nobody estimated, as much as the others on average. */
export function weigher(
  activities: readonly Pick<CoherenceActivity, 'effort'>[],
): (activity: Pick<CoherenceActivity, 'effort'>) => number {
  const known = activities.flatMap(({ effort }) => (effort === null ? [] : [effort]))
  const total = known.reduce((sum, effort) => sum + effort, 0)
  const usual = known.length > 0 && total > 0 ? total / known.length : 1
  return ({ effort }) => effort ?? usual
}
