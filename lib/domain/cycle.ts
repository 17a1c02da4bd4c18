import type { Day } from './calendar'
import { addDays, addMonths, type DayText } from './day-text'
import { quarterOf } from './quarter'
import { Refusal } from './refusal'

/** A quarter as `2026-Q3`: the fiscal year, named after the calendar year it begins in, and its quarter. */
export type Cycle = string

export function isCycle(value: unknown): value is Cycle {
  return typeof value === 'string' && /^(19[7-9]\d|20\d\d|21\d\d)-Q[1-4]$/.test(value)
}

export function cleanCycle(text: string | null, field = 'cycle'): Cycle | null {
  if (text === null || isCycle(text)) return text
  throw new Refusal('invalid_date', { field })
}

/** The quarter a day falls into when the fiscal year starts in the month `yearStart` (1 to 12). */
export function cycleOf(day: Day | DayText, yearStart: number): Cycle {
  const { year, quarter } = quarterOf(typeof day === 'string' ? dayOf(day) : day, yearStart)
  return `${year}-Q${quarter}`
}

/** The quarter after. */
export function nextCycle(cycle: Cycle): Cycle {
  const [year, quarter] = [Number(cycle.slice(0, 4)), Number(cycle.slice(6))]
  return quarter === 4 ? `${year + 1}-Q1` : `${year}-Q${quarter + 1}`
}

/** The quarter before. */
export function previousCycle(cycle: Cycle): Cycle {
  const [year, quarter] = [Number(cycle.slice(0, 4)), Number(cycle.slice(6))]
  return quarter === 1 ? `${year - 1}-Q4` : `${year}-Q${quarter - 1}`
}

function dayOf(text: DayText): Day {
  const [year = 0, month = 1, day = 1] = text.split('-').map(Number)
  return { year, month, day }
}

/** The first and the last day of a quarter when the fiscal year starts in the month `yearStart` (1 to 12). */
export function cycleDays(
  cycle: Cycle,
  yearStart: number,
): { readonly first: DayText; readonly last: DayText } {
  const months = yearStart - 1 + (Number(cycle.slice(6)) - 1) * 3
  const first = addMonths(`${cycle.slice(0, 4)}-01-01`, months)
  return { first, last: addDays(addMonths(first, 3), -1) }
}
