import { addDays, type DayText } from '@/lib/domain/day-text'
import type { Language } from '@/lib/domain/language'
import { formatters } from '@/lib/i18n/formatters'

// Day before month in English, as everywhere in the app.
const localeFor = (language: Language) => (language === 'zh' ? 'zh-Hans' : 'en-GB')

/** Noon of the day in UTC: no zone's midnight is near. Only for what is drawn in the browser, never on the server. */
function write(language: Language, day: DayText, options: Intl.DateTimeFormatOptions): string {
  return formatters
    .getDateTimeFormat(localeFor(language), { timeZone: 'UTC', ...options })
    .format(Date.parse(`${day}T12:00:00Z`))
}

/** "25 Sep", "9月25日"; with its year where that is not this one. */
export function dayName(language: Language, day: DayText, today: DayText): string {
  const other = day.slice(0, 4) !== today.slice(0, 4)
  // British tables write September with four letters and every other month with three.
  return write(language, day, {
    day: 'numeric',
    month: 'short',
    ...(other && { year: 'numeric' }),
  }).replace('Sept', 'Sep')
}

/** "Friday, 25 September 2026": for whoever hears it. */
export function dayLong(language: Language, day: DayText): string {
  return write(language, day, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
}

export function monthName(language: Language, day: DayText, style: 'short' | 'long' = 'long'): string {
  return write(language, day, { month: style })
}

/** "September 2026", “2026年9月”. */
export function monthAndYear(language: Language, day: DayText): string {
  return write(language, day, { month: 'long', year: 'numeric' })
}

export function weekdayName(language: Language, day: DayText, style: 'short' | 'long' = 'short'): string {
  return write(language, day, { weekday: style })
}

/** 1 Monday to 7 Sunday. */
export function weekday(day: DayText): number {
  return new Date(`${day}T12:00:00Z`).getUTCDay() || 7
}

/**
 * The day a week begins with where the reader is: their browser's region says so, Monday where it does not. Chinese
 * calendars in use at work begin on Monday.
 */
export function weekStart(locale: string | undefined): number {
  if (locale === undefined) return 1
  try {
    const region = new Intl.Locale(locale) as Intl.Locale & {
      getWeekInfo?: () => { firstDay: number }
      weekInfo?: { firstDay: number }
    }
    if (region.language === 'zh') return 1
    // Without a region the tables answer for the language's largest country; a page in English is read everywhere.
    if (region.region === undefined) return 1
    return (region.getWeekInfo?.() ?? region.weekInfo)?.firstDay ?? 1
  } catch {
    return 1
  }
}

/** Which weekday begins a week for this reader. */
export function firstWeekday(language: Language): number {
  return language === 'zh' || typeof navigator === 'undefined' ? 1 : weekStart(navigator.language)
}

/** The first day of the week a day lies in. */
export function weekOf(day: DayText, start: number): DayText {
  return addDays(day, -((weekday(day) - start + 7) % 7))
}
