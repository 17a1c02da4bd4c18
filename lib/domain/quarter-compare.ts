import type { Id } from '@/lib/kit/ids'
import type { Cycle } from './cycle'
import type { SealedActivity, SealedGap, SealedPlan, SealedTarget } from './plan-seal'
import type { ActivityResult, MeasureOutcome, MeasureResult } from './review-result'
import type { ScopeChanges } from './scope'
import { slots } from './serves'

/** A quarter as far as two are laid side by side. */
export interface QuarterSide {
  readonly cycle: Cycle
  /** As it was sealed; of a planned one as it would be sealed now. */
  readonly plan: SealedPlan
  readonly scope: ScopeChanges | null
  /** What became of it so far; of a closed one as it was closed. */
  readonly activities: readonly ActivityResult[]
  readonly measures: readonly MeasureResult[]
}

export const comparedWords = ['sentence', ...slots] as const
export type ComparedWord = (typeof comparedWords)[number]

/** An activity on one side: planned there, or added after the seal. */
export interface ActivitySide {
  readonly title: string
  readonly departmentId: Id<'dep'>
  readonly added: boolean
  readonly dropped: boolean
  readonly plan: SealedActivity | null
  readonly result: ActivityResult | null
}

export const movedFields = ['title', 'departmentId', 'ownerId', 'due', 'effort'] as const
export type MovedField = (typeof movedFields)[number]

export interface ActivityMove {
  readonly field: MovedField
  readonly from: string | number | null
  readonly to: string | number | null
}

export interface ComparedActivity {
  readonly id: Id<'act'>
  readonly before: ActivitySide | null
  readonly after: ActivitySide | null
  /** In both plans: what is otherwise in the later one. */
  readonly moves: readonly ActivityMove[]
}

export interface MeasureSide {
  readonly target: number | null
  readonly actual: number | null
  readonly outcome: MeasureOutcome
}

export interface ComparedMeasure {
  readonly measureId: Id<'mea'>
  readonly name: string
  readonly unit: string
  readonly direction: 'up' | 'down'
  readonly departmentId: Id<'dep'> | null
  readonly before: MeasureSide | null
  readonly after: MeasureSide | null
}

export interface ComparedGap {
  readonly id: Id<'itm'>
  readonly before: SealedGap | null
  readonly after: SealedGap | null
}

export interface QuarterComparison {
  /** The positioning that is otherwise, word by word; empty: it says the same. */
  readonly words: readonly { readonly word: ComparedWord; readonly before: string; readonly after: string }[]
  /** Those that came, went, or have other ends. */
  readonly gaps: readonly ComparedGap[]
  /** Only in the later one. */
  readonly appeared: readonly ComparedActivity[]
  /** In both. */
  readonly stayed: readonly ComparedActivity[]
  /** Only in the earlier one. */
  readonly ended: readonly ComparedActivity[]
  readonly measures: readonly ComparedMeasure[]
}

/** Two quarters, the earlier one first. What is in neither is in nothing; every activity is in exactly one list. */
export function compareQuarters(before: QuarterSide, after: QuarterSide): QuarterComparison {
  const one = activitiesOf(before)
  const other = activitiesOf(after)
  const all = [...new Set([...one.keys(), ...other.keys()])].map((id): ComparedActivity => {
    const was = one.get(id) ?? null
    const is = other.get(id) ?? null
    return { id, before: was, after: is, moves: was && is ? movesOf(was, is) : [] }
  })
  return {
    words: comparedWords.flatMap((word) => {
      const was = before.plan.positioning?.[word] ?? ''
      const is = after.plan.positioning?.[word] ?? ''
      // A sentence that its slots make is told by them.
      const made = word === 'sentence' && (was === '' || is === '')
      return was === is || made ? [] : [{ word, before: was, after: is }]
    }),
    gaps: gapsOf(before.plan, after.plan),
    appeared: all.filter((activity) => activity.before === null).sort(byTitle),
    stayed: all.filter((activity) => activity.before !== null && activity.after !== null).sort(byTitle),
    ended: all.filter((activity) => activity.after === null).sort(byTitle),
    measures: measuresOf(before, after),
  }
}

function activitiesOf({ plan, scope, activities }: QuarterSide): ReadonlyMap<Id<'act'>, ActivitySide> {
  const results = new Map(activities.map((result) => [result.id, result]))
  const dropped = new Set(scope?.dropped.map(({ activityId }) => activityId))
  const side = (id: Id<'act'>): Pick<ActivitySide, 'result' | 'dropped'> => ({
    result: results.get(id) ?? null,
    dropped: dropped.has(id),
  })
  const planned = plan.activities.map(
    (activity) =>
      [
        activity.id,
        {
          title: activity.title,
          departmentId: activity.departmentId,
          added: false,
          plan: activity,
          ...side(activity.id),
        },
      ] as const,
  )
  const added = (scope?.added ?? []).map(
    ({ activityId, title, departmentId }) =>
      [activityId, { title, departmentId, added: true, plan: null, ...side(activityId) }] as const,
  )
  return new Map<Id<'act'>, ActivitySide>([...planned, ...added])
}

function movesOf(before: ActivitySide, after: ActivitySide): ActivityMove[] {
  return movedFields.flatMap((field) => {
    // Of what was added after a seal only title and department are known on that side.
    const known = field === 'title' || field === 'departmentId'
    const [one, other] = [known ? before : before.plan, known ? after : after.plan]
    if (one === null || other === null) return []
    const from = fieldOf(one, field)
    const to = fieldOf(other, field)
    return from === to ? [] : [{ field, from, to }]
  })
}

function fieldOf(of: ActivitySide | SealedActivity, field: MovedField): string | number | null {
  return (of as Partial<Record<MovedField, string | number | null>>)[field] ?? null
}

function gapsOf(before: SealedPlan, after: SealedPlan): ComparedGap[] {
  const one = new Map(before.gaps.map((gap) => [gap.id, gap]))
  const other = new Map(after.gaps.map((gap) => [gap.id, gap]))
  return [...new Set([...one.keys(), ...other.keys()])].flatMap((id) => {
    const was = one.get(id) ?? null
    const is = other.get(id) ?? null
    const same =
      was !== null &&
      is !== null &&
      was.title === is.title &&
      was.from === is.from &&
      was.to === is.to &&
      was.unit === is.unit &&
      was.by === is.by
    return same ? [] : [{ id, before: was, after: is }]
  })
}

function measuresOf(before: QuarterSide, after: QuarterSide): ComparedMeasure[] {
  const names = new Map<Id<'mea'>, Pick<SealedTarget, 'name' | 'unit' | 'direction' | 'departmentId'>>()
  // The later name counts.
  for (const { plan, measures } of [before, after]) {
    for (const target of plan.targets) names.set(target.measureId, target)
    for (const result of measures) names.set(result.measureId, result)
  }
  return [...names]
    .map(([measureId, { name, unit, direction, departmentId }]) => ({
      measureId,
      name,
      unit,
      direction,
      departmentId,
      before: measureSide(before, measureId),
      after: measureSide(after, measureId),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

function measureSide({ plan, measures }: QuarterSide, measureId: Id<'mea'>): MeasureSide | null {
  const result = measures.find((one) => one.measureId === measureId)
  const sealed = plan.targets.find((one) => one.measureId === measureId)?.value ?? null
  if (!result) return sealed === null ? null : { target: sealed, actual: null, outcome: 'unread' }
  return {
    target: result.sealedTarget ?? result.target,
    actual: result.actual,
    outcome: result.outcome,
  }
}

function byTitle(a: ComparedActivity, b: ComparedActivity): number {
  const [one, other] = [a.after ?? a.before, b.after ?? b.before]
  if (one?.departmentId !== other?.departmentId)
    return (one?.departmentId ?? '') < (other?.departmentId ?? '') ? -1 : 1
  return (one?.title ?? '') < (other?.title ?? '') ? -1 : 1
}
