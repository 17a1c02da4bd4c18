import { type Id, isId } from '@/lib/kit/ids'
import { inOrder, orderKeyBetween, type Placed } from '@/lib/kit/order-key'
import type { Checklist } from './checklist'
import { type Cycle, cleanCycle } from './cycle'
import { cleanDay, type DayText } from './day-text'
import { cleanLine } from './plain-text'
import { Refusal } from './refusal'
import { cleanServes, type Serve } from './serves'

export const priorities = ['urgent', 'high', 'medium', 'low'] as const
export type Priority = (typeof priorities)[number]

export const activityStatuses = ['active', 'archived', 'trashed'] as const
export type ActivityStatus = (typeof activityStatuses)[number]

/** What keeps an activity from moving on: something in its way, or that it was given up. */
export const halts = ['blocked', 'stopped'] as const
export type Halt = (typeof halts)[number]

export const MAX_ACTIVITY_TITLE = 200
/** Ten people for four years; more is a slip of the keyboard. */
export const MAX_EFFORT = 10_000
export const MAX_PEOPLE = 50
export const MAX_ACTIVITY_LABELS = 20
export const MAX_ACTIVITY_MEASURES = 20

/** One thing a department does. Its phase is the phase of its column. */
export interface Activity {
  readonly id: Id<'act'>
  readonly workspaceId: Id<'ws'>
  readonly boardId: Id<'brd'>
  readonly columnId: Id<'col'>
  /** Order key within the column. */
  readonly place: string
  readonly title: string
  /** Its description: a document of its own, empty until somebody writes. */
  readonly documentId: Id<'doc'>
  /** The one who answers for it. */
  readonly ownerId: Id<'mem'> | null
  readonly helpers: readonly Id<'mem'>[]
  readonly watchers: readonly Id<'mem'>[]
  readonly cycle: Cycle | null
  readonly start: DayText | null
  readonly due: DayText | null
  readonly priority: Priority | null
  /** Person-days. */
  readonly effort: number | null
  readonly labels: readonly Id<'lbl'>[]
  readonly serves: readonly Serve[]
  readonly measures: readonly Id<'mea'>[]
  readonly checklist: Checklist
  readonly halt: Halt | null
  readonly status: ActivityStatus
  /** Goes up with every change. Of two versions of one activity the higher wins, whichever came later. */
  readonly revision: number
  readonly createdBy: Id<'mem'>
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** What people change by hand; moving, ticking and archiving have commands of their own. */
export type ActivityEdit = {
  readonly [K in EditableField]?: Activity[K] extends readonly (infer T)[]
    ? readonly (T | string)[] | undefined
    : Activity[K] | string | undefined
}
export const editableFields = [
  'title',
  'ownerId',
  'helpers',
  'watchers',
  'cycle',
  'start',
  'due',
  'priority',
  'effort',
  'labels',
  'serves',
  'measures',
  'halt',
] as const
export type EditableField = (typeof editableFields)[number]

/**
 * The activity with other values: each cleaned, a due day never before the start. Whether people, labels, measures
 * and items exist is for the command to ask. Refuses `required`, `too_long`, `invalid_date`, `invalid_number`,
 * `dates_reversed`, `too_many`, `invalid_input`, `activity_not_active`.
 */
export function edit(activity: Activity, changes: ActivityEdit): Activity {
  onlyActive(activity)
  const next = { ...activity, ...cleanEdit(changes) }
  if (next.start !== null && next.due !== null && next.due < next.start)
    throw new Refusal('dates_reversed', { start: next.start, due: next.due })
  return next
}

type Cleaned = { -readonly [K in EditableField]?: Activity[K] }

export function cleanEdit(changes: ActivityEdit): Cleaned {
  const clean: Cleaned = {}
  const {
    title,
    ownerId,
    helpers,
    watchers,
    cycle,
    start,
    due,
    priority,
    effort,
    labels,
    serves,
    measures,
    halt,
  } = changes
  if (title !== undefined) clean.title = cleanActivityTitle(title)
  if (ownerId !== undefined) clean.ownerId = ownerId === null ? null : idOf('mem', ownerId, 'ownerId')
  if (helpers !== undefined) clean.helpers = idsOf('mem', helpers, 'helpers', MAX_PEOPLE)
  if (watchers !== undefined) clean.watchers = idsOf('mem', watchers, 'watchers', MAX_PEOPLE)
  if (cycle !== undefined) clean.cycle = cleanCycle(cycle)
  if (start !== undefined) clean.start = cleanDay(start, 'start')
  if (due !== undefined) clean.due = cleanDay(due, 'due')
  if (priority !== undefined) clean.priority = oneOf(priorities, priority, 'priority')
  if (effort !== undefined) clean.effort = cleanEffort(effort)
  if (labels !== undefined) clean.labels = idsOf('lbl', labels, 'labels', MAX_ACTIVITY_LABELS)
  if (serves !== undefined) clean.serves = cleanServes(serves)
  if (measures !== undefined) clean.measures = idsOf('mea', measures, 'measures', MAX_ACTIVITY_MEASURES)
  if (halt !== undefined) clean.halt = oneOf(halts, halt, 'halt')
  return clean
}

export const cleanActivityTitle = (text: string) =>
  cleanLine(text, { field: 'title', max: MAX_ACTIVITY_TITLE })

/** Person-days, to a tenth; null: not estimated. */
export function cleanEffort(effort: number | string | null): number | null {
  if (effort === null) return null
  if (typeof effort !== 'number' || !Number.isFinite(effort) || effort < 0 || effort > MAX_EFFORT)
    throw new Refusal('invalid_number', { field: 'effort', min: 0, max: MAX_EFFORT })
  return Math.round(effort * 10) / 10
}

export function onlyActive(activity: Pick<Activity, 'status'>): void {
  if (activity.status !== 'active') throw new Refusal('activity_not_active', { status: activity.status })
}

/**
 * A place in a column, as whoever drags sees it: the cards it is dropped between. When a colleague has meanwhile moved
 * the one above, the one below still says where; when both are gone, the end of the column does.
 */
export interface Destination {
  readonly columnId: string
  readonly after: string | null
  readonly before: string | null
}

/**
 * The activity in its new place. Pure, for the browser's guess and the server's decision alike; `cards` are the active
 * cards of the destination column, in any order. Staying where it is answers the same object.
 */
export function place<A extends Placed & { readonly columnId: string }>(
  activity: A,
  to: Destination & { readonly columnId: A['columnId'] },
  cards: readonly Placed[],
): A {
  const others = cards.filter(({ id }) => id !== activity.id).sort(inOrder)
  let at = to.after === null ? -1 : others.findIndex(({ id }) => id === to.after)
  if (at < 0) {
    const below = to.before === null ? -1 : others.findIndex(({ id }) => id === to.before)
    at = below >= 0 ? below - 1 : others.length - 1
  }
  const above = others[at]
  // Cards with equal keys stand together: the new one goes behind them all, where a key is free.
  const below = others.slice(at + 1).find((card) => above === undefined || card.place > above.place)
  const stays =
    activity.columnId === to.columnId &&
    (above === undefined || inOrder(above, activity) < 0) &&
    (below === undefined || inOrder(activity, below) < 0)
  if (stays) return activity
  return {
    ...activity,
    columnId: to.columnId,
    place: orderKeyBetween(above?.place ?? null, below?.place ?? null),
  }
}

/** Active, archived or trashed. A second click finds the same and answers the same object. */
export function settle(activity: Activity, status: ActivityStatus): Activity {
  return activity.status === status ? activity : { ...activity, status }
}

/** A copy under a new id: the same work once more, nothing of what happened to it. */
export function duplicateOf(
  activity: Activity,
  given: Pick<Activity, 'id' | 'documentId' | 'place' | 'createdBy' | 'createdAt'> & {
    readonly checkId: () => Id<'chk'>
  },
): Activity {
  const { checkId, ...rest } = given
  return {
    ...activity,
    ...rest,
    checklist: activity.checklist.map((item) => ({ ...item, id: checkId(), done: false })),
    halt: null,
    status: 'active',
    revision: 1,
    updatedAt: rest.createdAt,
  }
}

/** Whether the due day has passed and the work is not done. */
export function overdue(
  activity: Pick<Activity, 'due' | 'halt'>,
  phase: 'plan' | 'do' | 'check' | 'act',
  today: DayText,
): boolean {
  return activity.due !== null && activity.due < today && phase !== 'act' && activity.halt !== 'stopped'
}

function idOf<K extends 'mem' | 'lbl' | 'mea'>(kind: K, value: string, field: string): Id<K> {
  if (!isId(kind, value)) throw new Refusal('invalid_input', { field })
  return value
}

function idsOf<K extends 'mem' | 'lbl' | 'mea'>(
  kind: K,
  values: readonly string[],
  field: string,
  max: number,
): Id<K>[] {
  const ids = [...new Set(values)].map((value) => idOf(kind, value, field))
  if (ids.length > max) throw new Refusal('too_many', { field, max })
  return ids
}

function oneOf<T extends string>(all: readonly T[], value: string | null, field: string): T | null {
  if (value === null) return null
  const found = all.find((known) => known === value)
  if (!found) throw new Refusal('invalid_input', { field })
  return found
}
