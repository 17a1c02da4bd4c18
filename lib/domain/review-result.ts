import { z } from 'zod'
import type { Id } from '@/lib/kit/ids'
import type { Activity } from './activity'
import { readSeal, type Seal, sealOf } from './canonical'
import type { CarryFate } from './carry-over'
import type { Json } from './change'
import type { Phase } from './column'
import type { Cycle } from './cycle'
import { type Measure, targetFor } from './measure'
import { inScope, type SealedPlan } from './plan-seal'
import type { ScopeChanges } from './scope'
import type { Verdict } from './trace'

export interface MeasureResult {
  readonly measureId: Id<'mea'>
  readonly name: string
  readonly unit: string
  readonly direction: 'up' | 'down'
  readonly departmentId: Id<'dep'> | null
  /** Null: there was none when the plan was sealed. */
  readonly sealedTarget: number | null
  readonly target: number | null
  readonly baseline: number | null
  /** The last reading of the quarter. */
  readonly actual: number | null
  readonly actualOn: string | null
  readonly outcome: MeasureOutcome
}

/** Against the sealed target. Short: at least half of the way was gone. */
export type MeasureOutcome = 'held' | 'short' | 'missed' | 'unread'

export interface ActivityResult {
  readonly id: Id<'act'>
  readonly title: string
  readonly departmentId: Id<'dep'>
  readonly effort: number | null
  readonly outcome: 'done' | 'unfinished' | 'stopped'
  readonly carry: CarryFate | null
  readonly reason: string | null
}

export interface FindingResult {
  readonly id: Id<'fnd'>
  readonly by: Id<'mem'>
  readonly text: string
  readonly about: readonly string[]
  readonly causes: readonly { readonly text: string; readonly whys: readonly string[] }[]
  readonly verdict: Verdict
  readonly lesson: string
}

export interface DecisionResult {
  readonly id: Id<'dcn'>
  readonly kind: 'wording' | 'activity' | 'target'
  readonly title: string
  readonly ownerId: Id<'mem'> | null
  readonly due: string | null
}

/** What a review was closed with: all of it that must be readable as it was. */
export interface ReviewResult {
  readonly format: 1
  readonly cycle: Cycle
  readonly departmentId: Id<'dep'> | null
  /** Hash of the plan it was compared with; null where none was sealed. */
  readonly plan: string | null
  readonly goals: string
  readonly lessons: string
  readonly participants: readonly Id<'mem'>[]
  readonly measures: readonly MeasureResult[]
  readonly activities: readonly ActivityResult[]
  readonly scope: ScopeChanges | null
  readonly findings: readonly FindingResult[]
  readonly decisions: readonly DecisionResult[]
}

/** held, short or missed, from where the quarter began: the last value before it, else the baseline. */
export function measureOutcome(given: {
  readonly direction: 'up' | 'down'
  readonly from: number | null
  readonly target: number | null
  readonly actual: number | null
}): MeasureOutcome {
  const { direction, from, target, actual } = given
  if (target === null || actual === null) return 'unread'
  if (direction === 'up' ? actual >= target : actual <= target) return 'held'
  if (from === null || from === target) return 'missed'
  return (actual - from) / (target - from) >= 0.5 ? 'short' : 'missed'
}

/** The results of measures in a quarter: against the sealed target, from where the quarter began. */
export function measureResults(
  measures: readonly (Pick<
    Measure,
    'id' | 'name' | 'unit' | 'direction' | 'departmentId' | 'baseline' | 'targets' | 'status'
  > & {
    readonly readings: readonly { readonly on: string; readonly value: number }[]
  })[],
  plan: SealedPlan | null,
  quarter: { readonly cycle: Cycle; readonly first: string; readonly last: string },
): MeasureResult[] {
  const sealed = new Map(plan?.targets.map((target) => [target.measureId, target.value]))
  return measures.flatMap((measure): MeasureResult[] => {
    const sealedTarget = sealed.get(measure.id) ?? null
    const target = targetFor(measure, quarter.cycle)
    if (sealedTarget === null && (target === null || measure.status !== 'active')) return []
    const before = measure.readings.filter(({ on }) => on < quarter.first).at(-1)
    const last = measure.readings.filter(({ on }) => on <= quarter.last).at(-1) ?? null
    // A value from before the quarter says nothing about it.
    const read = last && last.on >= quarter.first ? last : null
    return [
      {
        measureId: measure.id,
        name: measure.name,
        unit: measure.unit,
        direction: measure.direction,
        departmentId: measure.departmentId,
        sealedTarget,
        target,
        baseline: before?.value ?? measure.baseline,
        actual: read?.value ?? null,
        actualOn: read?.on ?? null,
        outcome: measureOutcome({
          direction: measure.direction,
          from: before?.value ?? measure.baseline,
          target: sealedTarget ?? target,
          actual: read?.value ?? null,
        }),
      },
    ]
  })
}

/** What became of the work of a quarter: of what was sealed, and of what was added since. */
export function activityResults(
  activities: readonly (Pick<Activity, 'id' | 'title' | 'effort' | 'cycle' | 'status' | 'halt'> & {
    readonly departmentId: Id<'dep'>
    readonly phase: Phase
  })[],
  plan: SealedPlan | null,
  cycle: Cycle,
  fates: ReadonlyMap<string, { readonly fate: CarryFate; readonly reason: string | null }>,
): ActivityResult[] {
  const sealed = new Set<string>(plan?.activities.map(({ id }) => id))
  return activities
    .filter((activity) => sealed.has(activity.id) || inScope(activity, cycle) || fates.has(activity.id))
    .map(({ id, title, departmentId, effort, phase, halt }) => {
      const fate = fates.get(id)
      return {
        id,
        title,
        departmentId,
        effort,
        outcome: halt === 'stopped' ? 'stopped' : phase === 'act' ? 'done' : 'unfinished',
        carry: fate?.fate ?? null,
        reason: fate?.reason ?? null,
      } as const
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1))
}

export function sealResult(result: ReviewResult): Seal {
  return sealOf(plain(result))
}

/** As JSON has it: moments as ISO texts, nothing undefined. */
function plain(value: unknown): Json {
  return JSON.parse(JSON.stringify(value))
}

const word = z
  .object({
    changeId: z.string(),
    by: z.string(),
    at: z.coerce.date(),
    reason: z.string().nullable(),
  })
  .nullable()
const scoped = z.array(
  z.object({
    activityId: z.string(),
    title: z.string(),
    departmentId: z.string(),
    effort: z.number().nullable(),
    word,
  }),
)
const shape = z.object({
  format: z.literal(1),
  scope: z
    .object({
      added: scoped,
      dropped: scoped,
      retargeted: z.array(
        z.object({
          measureId: z.string(),
          name: z.string(),
          from: z.number().nullable(),
          to: z.number().nullable(),
          word,
        }),
      ),
    })
    .nullable(),
  findings: z.array(z.looseObject({ verdict: z.enum(['keep', 'adjust', 'stop']) })),
})

/** What a review was closed with. The hash vouches for the rest: only this app seals, and it sealed this very shape. */
export function readResult(seal: Seal): ReviewResult {
  const value = readSeal(seal)
  const read = shape.parse(value)
  return { ...(value as ReviewResult), scope: read.scope as ScopeChanges | null }
}
