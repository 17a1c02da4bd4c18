import { Refusal } from './refusal'

/** A day as `2026-08-14`: sorts as text, and says no hour and no zone. */
export type DayText = string

const FIRST_YEAR = 1970
const LAST_YEAR = 2199

/** A day that exists, of a year somebody could mean; null stays null. Refuses `invalid_date`. */
export function cleanDay(text: string | null, field: string): DayText | null {
  if (text === null) return null
  if (!isDay(text)) throw new Refusal('invalid_date', { field })
  return text
}

export function isDay(text: unknown): text is DayText {
  const match = typeof text === 'string' ? /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) : null
  if (!match) return false
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12) return false
  return day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate()
}

/** So many days on. */
export function addDays(day: DayText, days: number): DayText {
  return new Date(Date.parse(`${day}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/** So many months on; the 31st becomes the last day of a shorter month. */
export function addMonths(day: DayText, months: number): DayText {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const first = new Date(Date.UTC(year, month - 1 + months, 1))
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  first.setUTCDate(Math.min(date, last))
  return first.toISOString().slice(0, 10)
}

/** Whole days from one to the other. */
export function daysFromTo(from: DayText, to: DayText): number {
  return Math.round((Date.parse(`${to}T12:00:00Z`) - Date.parse(`${from}T12:00:00Z`)) / 86_400_000)
}
