import type { Id } from '@/lib/kit/ids'
import { type Cycle, isCycle } from './cycle'
import { type DayText, daysFromTo } from './day-text'
import { cleanLine, cleanLineOrEmpty } from './plain-text'
import { Refusal } from './refusal'
import type { Serve } from './serves'

export const directions = ['up', 'down'] as const
/** Which way is better. */
export type Direction = (typeof directions)[number]

export const cadences = ['weekly', 'monthly', 'quarterly'] as const
/** How often it is read. */
export type Cadence = (typeof cadences)[number]

export interface Target {
  readonly cycle: Cycle
  readonly value: number
}

export interface Measure {
  readonly id: Id<'mea'>
  readonly workspaceId: Id<'ws'>
  readonly departmentId: Id<'dep'> | null
  readonly name: string
  readonly unit: string
  readonly direction: Direction
  readonly baseline: number | null
  readonly baselineOn: DayText | null
  /** By quarter, ascending. */
  readonly targets: readonly Target[]
  readonly ownerId: Id<'mem'> | null
  readonly cadence: Cadence
  /** The gaps (and other items) whose closing it shows. */
  readonly serves: readonly Serve[]
  readonly status: 'active' | 'archived'
  readonly revision: number
}

export interface Reading {
  readonly id: Id<'rdg'>
  readonly measureId: Id<'mea'>
  readonly on: DayText
  readonly value: number
  readonly note: string
  readonly by: Id<'mem'> | null
  readonly at: Date
}

export const MAX_MEASURES = 500
export const MAX_READINGS = 5_000
/** Readings of one that anything is judged by, the last ones: daily ones of a year and more. */
export const MOST_READINGS = 400
export const MAX_MEASURE_NAME = 120
export const MAX_UNIT = 40
export const MAX_NOTE = 500

export const cleanMeasureName = (text: string) => cleanLine(text, { field: 'name', max: MAX_MEASURE_NAME })
export const cleanUnit = (text: string) => cleanLineOrEmpty(text, { field: 'unit', max: MAX_UNIT })

/** A number somebody could have measured. Refuses `invalid_number`. */
export function cleanValue(value: number, field = 'value'): number {
  if (!Number.isFinite(value) || Math.abs(value) > 1e15)
    throw new Refusal('invalid_number', { field, min: -1e15, max: 1e15 })
  // Negative zero is written as zero: "-0 %" is no reading.
  return value === 0 ? 0 : value
}

/** One target per quarter, ascending. */
export function cleanTargets(targets: readonly Target[]): Target[] {
  const byCycle = new Map<Cycle, number>()
  for (const { cycle, value } of targets) {
    if (!isCycle(cycle)) throw new Refusal('invalid_date', { field: 'targets' })
    byCycle.set(cycle, cleanValue(value, 'targets'))
  }
  if (byCycle.size > 80) throw new Refusal('too_many', { field: 'targets', max: 80 })
  return [...byCycle].map(([cycle, value]) => ({ cycle, value })).sort((a, b) => (a.cycle < b.cycle ? -1 : 1))
}

/** The target of a quarter: its own, or the last one before it. */
export function targetFor({ targets }: Pick<Measure, 'targets'>, cycle: Cycle): number | null {
  return targets.filter((target) => target.cycle <= cycle).at(-1)?.value ?? null
}

/** How much of the way from `from` to `to` is done: 0.1 is a tenth; below 0 it went the wrong way. Null: no way to go. */
export function wayDone(from: number | null, to: number | null, now: number | null): number | null {
  if (from === null || to === null || now === null || from === to) return null
  return (now - from) / (to - from)
}

/** Whether a reading has reached the target. */
export function reached(direction: Direction, target: number, value: number): boolean {
  return direction === 'up' ? value >= target : value <= target
}

/** How a measure stands in its quarter, in one word each. */
export const standings = ['unread', 'no_target', 'reached', 'on_track', 'behind', 'away'] as const
export type Standing = (typeof standings)[number]

/** Readings scatter: four fifths of the even pace still counts as keeping it. */
const PACE = 0.8

/**
 * Whether the target of the quarter will be met if it goes on like this. `start` is the value the quarter began with,
 * `gone` the share of it that has passed, 0 to 1.
 */
export function standingOf(given: {
  readonly direction: Direction
  readonly start: number | null
  readonly target: number | null
  readonly value: number | null
  readonly gone: number
}): Standing {
  const { direction, start, target, value, gone } = given
  if (value === null) return 'unread'
  if (target === null) return 'no_target'
  if (reached(direction, target, value)) return 'reached'
  // The quarter began beyond its target and has lost it since.
  const done = start === null || reached(direction, target, start) ? null : wayDone(start, target, value)
  if (done === null) return 'behind'
  if (done < 0) return 'away'
  return done >= gone * PACE ? 'on_track' : 'behind'
}

/** Days after which a reading is missed: the time between two, and a few for a holiday. */
const missedAfter: Readonly<Record<Cadence, number>> = { weekly: 10, monthly: 38, quarterly: 100 }

/** Whether a measure that was last read on `last` has been forgotten. */
export function stale(cadence: Cadence, last: DayText, today: DayText): boolean {
  return daysFromTo(last, today) > missedAfter[cadence]
}
