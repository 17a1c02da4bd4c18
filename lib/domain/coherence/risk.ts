import type { Id } from '@/lib/kit/ids'
import { addMonths, cleanDay, type DayText } from '../day-text'
import { cleanText } from '../plain-text'
import { Refusal } from '../refusal'

/** Somebody answers for it that nobody works on a difficulty, until a day. After that day it is asked about again. */
export interface AcceptedRisk {
  readonly strategyId: Id<'str'>
  readonly itemId: Id<'itm'>
  /** The last day on which it is accepted. */
  readonly until: DayText
  readonly reason: string
  readonly by: Id<'mem'>
  readonly at: Date
}

const MAX_REASON = 500
/** What nobody looks at for longer is not accepted but forgotten. */
const MOST_MONTHS = 36

/** Refuses `required` without a day, and `invalid_date` for one that has passed or is years away. */
export function acceptRisk(
  given: Omit<AcceptedRisk, 'until' | 'reason'> & {
    readonly until: string
    readonly reason: string
    readonly today: DayText
  },
): AcceptedRisk {
  const { strategyId, itemId, by, at, today } = given
  if (given.until === '') throw new Refusal('required', { field: 'until' })
  const until = cleanDay(given.until, 'until')
  if (until === null || until < today || until > addMonths(today, MOST_MONTHS))
    throw new Refusal('invalid_date', { field: 'until' })
  const reason = cleanText(given.reason, { field: 'reason', max: MAX_REASON })
  return { strategyId, itemId, until, reason, by, at }
}
