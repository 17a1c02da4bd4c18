import { z } from 'zod'
import { type Id, isId } from '@/lib/kit/ids'
import type { Activity } from './activity'
import { readSeal, type Seal, sealOf } from './canonical'
import { type Cycle, isCycle } from './cycle'
import { type Measure, targetFor } from './measure'
import type { Serve, slots } from './serves'
import type { StrategyItem } from './strategy-item'

export interface SealedActivity {
  readonly id: Id<'act'>
  readonly title: string
  readonly departmentId: Id<'dep'>
  readonly ownerId: Id<'mem'> | null
  readonly due: string | null
  readonly effort: number | null
  readonly serves: readonly Serve[]
  readonly measures: readonly Id<'mea'>[]
}

export interface SealedTarget {
  readonly measureId: Id<'mea'>
  readonly name: string
  readonly unit: string
  readonly direction: 'up' | 'down'
  readonly departmentId: Id<'dep'> | null
  readonly baseline: number | null
  readonly value: number
}

export interface SealedGap {
  readonly id: Id<'itm'>
  readonly code: string | null
  readonly title: string
  readonly from: number | null
  readonly to: number | null
  readonly unit: string | null
  readonly by: string | null
}

/** What a quarter begins with, and what its review compares the result with. */
export interface SealedPlan {
  readonly format: 1
  readonly cycle: Cycle
  readonly strategy: {
    readonly id: Id<'str'>
    readonly title: string
    readonly versionId: Id<'ver'>
    readonly version: number
    /** Of everything people saw in that version. */
    readonly contentHash: string
  } | null
  readonly positioning: {
    readonly itemId: Id<'itm'>
    /** In the strategy's language; empty where it was not whole. */
    readonly sentence: string
    readonly whom: string
    readonly problem: string
    readonly solution: string
  } | null
  readonly gaps: readonly SealedGap[]
  readonly activities: readonly SealedActivity[]
  readonly targets: readonly SealedTarget[]
}

type PlannedActivity = Pick<
  Activity,
  'id' | 'title' | 'ownerId' | 'due' | 'effort' | 'serves' | 'measures' | 'cycle' | 'status' | 'halt'
> & { readonly departmentId: Id<'dep'> }

/** Whether an activity is part of a quarter's plan. Archiving tidies away and drops nothing. */
export function inScope(activity: Pick<Activity, 'cycle' | 'status' | 'halt'>, cycle: Cycle): boolean {
  return activity.cycle === cycle && activity.status !== 'trashed' && activity.halt !== 'stopped'
}

/** The plan of a quarter, out of what stands in the strategy's version, on the boards and at the measures. */
export function planOf(given: {
  readonly cycle: Cycle
  readonly strategy: SealedPlan['strategy']
  /** The items of that very version. */
  readonly items: readonly Pick<
    StrategyItem,
    'id' | 'kind' | 'code' | 'title' | 'text' | 'fields' | 'details'
  >[]
  readonly language: 'en' | 'zh'
  readonly activities: readonly PlannedActivity[]
  readonly measures: readonly Measure[]
}): SealedPlan {
  const { cycle, items } = given
  const positioning = items.find(({ kind }) => kind === 'positioning')
  const slot = (name: (typeof slots)[number]) =>
    positioning?.details.parts.find((part) => part.name === name && part.lang === given.language)?.text ??
    positioning?.details.parts.find((part) => part.name === name)?.text ??
    ''
  return {
    format: 1,
    cycle,
    strategy: given.strategy,
    positioning: positioning
      ? {
          itemId: positioning.id,
          sentence: positioning.text,
          whom: slot('whom'),
          problem: slot('problem'),
          solution: slot('solution'),
        }
      : null,
    gaps: items
      .filter(({ kind }) => kind === 'gap')
      .map(({ id, code, title, fields: { from, to, unit, by } }) => ({ id, code, title, from, to, unit, by }))
      .sort(byId),
    activities: given.activities
      .filter((activity) => activity.status === 'active' && inScope(activity, cycle))
      .map(({ id, title, departmentId, ownerId, due, effort, serves, measures }) => ({
        id,
        title,
        departmentId,
        ownerId,
        due,
        effort,
        serves: [...serves].sort(),
        measures: [...measures].sort(),
      }))
      .sort(byId),
    targets: given.measures
      .flatMap((measure) => {
        const value = measure.status === 'active' ? targetFor(measure, cycle) : null
        if (value === null) return []
        const { id: measureId, name, unit, direction, departmentId, baseline } = measure
        return [{ measureId, name, unit, direction, departmentId, baseline, value }]
      })
      .sort((a, b) => (a.measureId < b.measureId ? -1 : 1)),
  }
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : 1
}

/** Bytes and hash of a plan. The same plan gives the same bytes, in whatever order its parts were read. */
export function sealPlan(plan: SealedPlan): Seal {
  const { strategy, positioning, gaps, activities, targets } = plan
  return sealOf({
    ...plan,
    strategy: strategy && { ...strategy },
    positioning: positioning && { ...positioning },
    gaps: gaps.map((gap) => ({ ...gap })),
    activities: activities.map((activity) => ({ ...activity })),
    targets: targets.map((target) => ({ ...target })),
  })
}

const id = <K extends 'act' | 'dep' | 'mem' | 'mea' | 'itm' | 'str' | 'ver'>(kind: K) =>
  z.custom<Id<K>>((value) => isId(kind, value))
const cycle = z.custom<Cycle>(isCycle)
const serves = z.array(z.custom<Serve>((value) => typeof value === 'string'))

const shape = z.object({
  format: z.literal(1),
  cycle,
  strategy: z
    .object({
      id: id('str'),
      title: z.string(),
      versionId: id('ver'),
      version: z.number(),
      contentHash: z.string(),
    })
    .nullable(),
  positioning: z
    .object({
      itemId: id('itm'),
      sentence: z.string(),
      whom: z.string(),
      problem: z.string(),
      solution: z.string(),
    })
    .nullable(),
  gaps: z.array(
    z.object({
      id: id('itm'),
      code: z.string().nullable(),
      title: z.string(),
      from: z.number().nullable(),
      to: z.number().nullable(),
      unit: z.string().nullable(),
      by: z.string().nullable(),
    }),
  ),
  activities: z.array(
    z.object({
      id: id('act'),
      title: z.string(),
      departmentId: id('dep'),
      ownerId: id('mem').nullable(),
      due: z.string().nullable(),
      effort: z.number().nullable(),
      serves,
      measures: z.array(id('mea')),
    }),
  ),
  targets: z.array(
    z.object({
      measureId: id('mea'),
      name: z.string(),
      unit: z.string(),
      direction: z.enum(['up', 'down']),
      departmentId: id('dep').nullable(),
      baseline: z.number().nullable(),
      value: z.number(),
    }),
  ),
})

/** The plan that was sealed. An assertion when the bytes are not what the hash says. */
export function readPlan(seal: Seal): SealedPlan {
  const known = read.get(seal.hash)
  if (known && sameBytes(known.bytes, seal.bytes)) return known.plan
  const plan = shape.parse(readSeal(seal))
  // The last few: a page reads its plan more than once, and hashing two thousand activities takes its time.
  for (const oldest of read.keys()) if (read.size >= 8) read.delete(oldest)
  read.set(seal.hash, { bytes: seal.bytes, plan })
  return plan
}

const read = new Map<string, { readonly bytes: Uint8Array; readonly plan: SealedPlan }>()

/** A loop: hundreds of kilobytes, and a function for each of them takes milliseconds. */
function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}
