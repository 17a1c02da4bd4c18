import type { Id } from '@/lib/kit/ids'
import type { Activity } from './activity'
import type { Phase } from './column'
import type { Cycle } from './cycle'
import { cleanReason } from './hand-off'
import { Refusal } from './refusal'

/** What becomes of unfinished work when its quarter closes. */
export const carryFates = ['continue', 'change', 'stop'] as const
export type CarryFate = (typeof carryFates)[number]

export interface CarryOver {
  readonly cycleId: Id<'cyc'>
  readonly activityId: Id<'act'>
  readonly fate: CarryFate
  /** Why; of something that simply goes on it may be missing. */
  readonly reason: string | null
  readonly by: Id<'mem'>
  readonly at: Date
}

/** Changing and stopping want a reason: `required`. */
export function cleanCarryOver(fate: string, reason: string): Pick<CarryOver, 'fate' | 'reason'> {
  const known = carryFates.find((one) => one === fate)
  if (!known) throw new Refusal('invalid_input', { field: 'fate' })
  if (known === 'continue' && reason.trim() === '') return { fate: known, reason: null }
  return { fate: known, reason: cleanReason(reason) }
}

type Carried = Pick<Activity, 'cycle' | 'status' | 'halt'>

/** Whether an activity is unfinished work of a quarter or of one before it, so that closing asks what becomes of it. */
export function isUnfinished(activity: Carried, phase: Phase, cycle: Cycle): boolean {
  return (
    activity.cycle !== null &&
    activity.cycle <= cycle &&
    activity.status === 'active' &&
    activity.halt !== 'stopped' &&
    phase !== 'act'
  )
}

/** The activity after its quarter: into the next one, or stopped where it lies. */
export function carried<A extends Carried>(activity: A, fate: CarryFate, next: Cycle): A {
  return fate === 'stop' ? { ...activity, halt: 'stopped' } : { ...activity, cycle: next }
}

/**
 * The fate of every unfinished activity. Refuses `carry_over_open` with how many have none, unless what is left goes on
 * (`rest`).
 */
export function fatesOf(
  unfinished: readonly { readonly id: Id<'act'> }[],
  decided: ReadonlyMap<string, Pick<CarryOver, 'fate' | 'reason'>>,
  rest: 'continue' | null,
): ReadonlyMap<Id<'act'>, Pick<CarryOver, 'fate' | 'reason'>> {
  const open = unfinished.filter(({ id }) => !decided.has(id))
  if (open.length > 0 && rest === null) throw new Refusal('carry_over_open', { count: open.length })
  return new Map(
    unfinished.map(({ id }) => [id, decided.get(id) ?? { fate: 'continue' as const, reason: null }]),
  )
}
