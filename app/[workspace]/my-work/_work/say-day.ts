import { formatMoment } from '@/app/_i18n/time'
import type { DayText } from '@/lib/domain/day-text'
import type { Language } from '@/lib/domain/language'

/** A day of the calendar as people write it: "14 Aug", "8月14日"; with its year when that is another one. */
export function sayDay(language: Language, day: DayText, today: DayText): string {
  // Noon of the day in UTC is that day for the formatter, wherever the reader is.
  const at = Date.parse(`${day}T12:00:00Z`)
  const now = Date.parse(`${today}T12:00:00Z`)
  if (day.slice(0, 4) !== today.slice(0, 4)) return formatMoment(language, 'date', at, { now, zone: 'UTC' })
  return formatMoment(language, 'day', at, { now, zone: 'UTC' })
}
