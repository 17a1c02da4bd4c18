import type { Id } from '@/lib/kit/ids'
import { addDays, addMonths, type DayText } from './day-text'

export const rhythms = ['weekly', 'monthly', 'quarterly'] as const
export type Rhythm = (typeof rhythms)[number]

/** Work that comes again: what the new activity will be, and when the next one is due to be written. */
export interface Recurring {
  readonly id: Id<'rcr'>
  readonly workspaceId: Id<'ws'>
  readonly boardId: Id<'brd'>
  readonly columnId: Id<'col'>
  readonly title: string
  readonly ownerId: Id<'mem'> | null
  readonly effort: number | null
  readonly labels: readonly Id<'lbl'>[]
  readonly serves: readonly string[]
  readonly checklist: readonly string[]
  readonly rhythm: Rhythm
  /** The first day; the rhythm counts from here, so that the 31st stays the 31st after a short month. */
  readonly startsOn: DayText
  /** How many were written. */
  readonly raised: number
  /** Days between the day it appears and its due day. */
  readonly days: number
  readonly stopped: boolean
  readonly revision: number
}

/** The day of occurrence number `n`, from 0. */
export function occurrence({ rhythm, startsOn }: Pick<Recurring, 'rhythm' | 'startsOn'>, n: number): DayText {
  switch (rhythm) {
    case 'weekly':
      return addDays(startsOn, 7 * n)
    case 'monthly':
      return addMonths(startsOn, n)
    case 'quarterly':
      return addMonths(startsOn, 3 * n)
  }
}

/**
 * The occurrence to write today, or null. After a long sleep only the newest is written: nobody does last month's
 * weekly work eight times.
 */
export function dueOccurrence(
  recurring: Recurring,
  today: DayText,
): { readonly on: DayText; readonly raised: number } | null {
  if (recurring.stopped || occurrence(recurring, recurring.raised) > today) return null
  let n = recurring.raised
  while (occurrence(recurring, n + 1) <= today) n++
  return { on: occurrence(recurring, n), raised: n + 1 }
}
