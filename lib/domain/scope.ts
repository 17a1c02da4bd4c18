import type { Id } from '@/lib/kit/ids'
import type { Activity } from './activity'
import type { Change } from './change'
import type { Cycle } from './cycle'
import { cleanReason } from './hand-off'
import { type Measure, targetFor } from './measure'
import { inScope, type SealedPlan } from './plan-seal'

/** Who changed the plan after it was sealed, when, and why; null where nobody said so. */
export interface ScopeWord {
  readonly changeId: Id<'chg'>
  readonly by: Id<'mem'>
  readonly at: Date
  readonly reason: string | null
}

export interface ScopedActivity {
  readonly activityId: Id<'act'>
  readonly title: string
  readonly departmentId: Id<'dep'>
  readonly effort: number | null
  readonly word: ScopeWord | null
}

export interface Retargeted {
  readonly measureId: Id<'mea'>
  readonly name: string
  /** Null: there was none when the plan was sealed. */
  readonly from: number | null
  /** Null: there is none any more. */
  readonly to: number | null
  readonly word: ScopeWord | null
}

/** What the plan of a quarter has become since it was sealed. What was taken back again is not in it. */
export interface ScopeChanges {
  readonly added: readonly ScopedActivity[]
  readonly dropped: readonly ScopedActivity[]
  readonly retargeted: readonly Retargeted[]
}

type NowActivity = Pick<Activity, 'id' | 'title' | 'effort' | 'cycle' | 'status' | 'halt'> & {
  readonly departmentId: Id<'dep'>
}

type NowMeasure = Pick<Measure, 'id' | 'name' | 'targets' | 'status'>

/**
 * The plan against what is there now. `changes`: history of the workspace since the seal, in any order; the last one
 * that brought an activity in or out, or touched the targets, is the one whose author and reason count.
 */
export function scopeSince(
  plan: SealedPlan,
  now: { readonly activities: readonly NowActivity[]; readonly measures: readonly NowMeasure[] },
  changes: readonly Change[],
): ScopeChanges {
  const sealed = new Map(plan.activities.map((activity) => [activity.id, activity]))
  const present = new Map(now.activities.map((activity) => [activity.id, activity]))
  const bySubject = new Map<string, Change[]>()
  for (const change of [...changes].sort(newestFirst)) {
    const list = bySubject.get(change.subjectId)
    if (list) list.push(change)
    else bySubject.set(change.subjectId, [change])
  }
  const word = (subjectId: string, fields: readonly string[]): ScopeWord | null => {
    const change = bySubject.get(subjectId)?.find(({ diff }) => fields.some((field) => field in diff))
    if (!change) return null
    return { changeId: change.id, by: change.by, at: change.at, reason: change.reason ?? null }
  }
  const scoped = (activity: Omit<NowActivity, 'cycle' | 'status' | 'halt'>): ScopedActivity => ({
    activityId: activity.id,
    title: activity.title,
    departmentId: activity.departmentId,
    effort: activity.effort,
    word: word(activity.id, scopeFields),
  })
  const targets = new Map(plan.targets.map((target) => [target.measureId, target]))
  const measures = new Map(now.measures.map((measure) => [measure.id, measure]))
  const ids = new Set([...targets.keys(), ...measures.keys()])
  return {
    added: now.activities
      .filter((activity) => inScope(activity, plan.cycle) && !sealed.has(activity.id))
      .map(scoped)
      .sort(byWord),
    dropped: plan.activities
      .filter(({ id }) => {
        const activity = present.get(id)
        return activity === undefined || !inScope(activity, plan.cycle)
      })
      .map(scoped)
      .sort(byWord),
    retargeted: [...ids].flatMap((measureId) => {
      const before = targets.get(measureId)
      const measure = measures.get(measureId)
      const from = before?.value ?? null
      const to = measure && measure.status === 'active' ? targetFor(measure, plan.cycle) : null
      if (from === to) return []
      const name = measure?.name ?? before?.name ?? ''
      return [{ measureId, name, from, to, word: word(measureId, ['targets', 'status']) }]
    }),
  }
}

/** In the order in which it happened; what nobody stands behind comes last. */
function byWord(a: ScopedActivity, b: ScopedActivity): number {
  const at = ({ word }: ScopedActivity) => word?.at.getTime() ?? Number.POSITIVE_INFINITY
  return at(a) === at(b) ? (a.title < b.title ? -1 : 1) : at(a) - at(b)
}

const scopeFields = ['cycle', 'status', 'halt']

function newestFirst(a: Change, b: Change): number {
  return b.at.getTime() - a.at.getTime() || b.revision - a.revision
}

/** Whether a change of an activity changes the plan of a quarter whose plan is sealed: then it wants a reason. */
export function movesScope(
  before: Pick<Activity, 'cycle' | 'status' | 'halt'> | null,
  after: Pick<Activity, 'cycle' | 'status' | 'halt'>,
  sealed: Cycle | null,
): boolean {
  if (sealed === null) return false
  return (before !== null && inScope(before, sealed)) !== inScope(after, sealed)
}

/** The same for the target of a measure. */
export function movesTarget(
  before: Pick<Measure, 'targets' | 'status'> | null,
  after: Pick<Measure, 'targets' | 'status'>,
  sealed: Cycle | null,
): boolean {
  if (sealed === null) return false
  const value = (measure: Pick<Measure, 'targets' | 'status'> | null) =>
    measure?.status === 'active' ? targetFor(measure, sealed) : null
  return value(before) !== value(after)
}

/** A reason somebody gave; nothing was said: null. Refuses `too_long`. */
export function cleanScopeReason(text: string | null | undefined): string | null {
  return text === null || text === undefined || text.trim() === '' ? null : cleanReason(text)
}
