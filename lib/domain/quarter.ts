import { type Day, daysBetween } from './calendar'

/** A quarter of a fiscal year, and where in it a day stands. */
export interface Quarter {
  /** 1 to 4. */
  readonly quarter: number
  /** The calendar year in which the fiscal year began. */
  readonly year: number
  readonly first: Day
  readonly last: Day
  /** 1 on the first day, `days` on the last. */
  readonly day: number
  readonly days: number
}

/** The quarter a day falls into when the fiscal year starts in the month `yearStart` (1 to 12). */
export function quarterOf(today: Day, yearStart: number): Quarter {
  const months = (today.month - yearStart + 12) % 12
  const index = Math.floor(months / 3)
  const year = today.month >= yearStart ? today.year : today.year - 1
  const first = monthStart(year, yearStart + index * 3)
  const next = monthStart(year, yearStart + index * 3 + 3)
  const days = daysBetween(first, next)
  const end = new Date(Date.UTC(next.year, next.month - 1, 0))
  return {
    quarter: index + 1,
    year,
    first,
    last: { year: end.getUTCFullYear(), month: end.getUTCMonth() + 1, day: end.getUTCDate() },
    day: daysBetween(first, today) + 1,
    days,
  }
}

/** The days that begin another week of the quarter: 8, 15, … */
export function weeksOf({ days }: Quarter): number[] {
  const weeks: number[] = []
  for (let day = 8; day <= days; day += 7) weeks.push(day)
  return weeks
}

/** The first of the month counted on from January of a year: month 13 is January of the next. */
function monthStart(year: number, month: number): Day {
  return { year: year + Math.floor((month - 1) / 12), month: ((month - 1) % 12) + 1, day: 1 }
}
