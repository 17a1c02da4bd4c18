import type { Language } from '@/lib/domain/language'
import { formatters } from '@/lib/i18n/formatters'
import { localeOf } from './locale'

/** How a moment is written. `near` is for feeds: the time today, then the day, then the date. */
export type MomentStyle = 'near' | 'ago' | 'time' | 'day' | 'date' | 'full'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const relative = new Map<string, Intl.RelativeTimeFormat>()
function relativeFormat(language: Language) {
  const known = relative.get(language)
  if (known) return known
  const made = new Intl.RelativeTimeFormat(localeOf(language), { numeric: 'auto' })
  relative.set(language, made)
  return made
}

/** A moment in words, in a time zone. `at` and `now` are milliseconds since 1970. */
export function formatMoment(
  language: Language,
  style: MomentStyle,
  at: number,
  { now, zone }: { now: number; zone: string },
): string {
  const write = (options: Intl.DateTimeFormatOptions) =>
    formatters.getDateTimeFormat(dateLocale(language), { timeZone: zone, ...options }).format(at)
  switch (style) {
    case 'time':
      return write({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
    case 'day':
      return write({ day: 'numeric', month: 'long' })
    case 'date':
      return write({ day: 'numeric', month: 'long', year: 'numeric' })
    case 'full':
      return write({
        weekday: 'long',
        day: 'numeric',
        month: 'long',
        year: 'numeric',
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23',
      })
    case 'ago':
      return ago(language, at, now)
    case 'near': {
      const days = dayNumber(now, zone) - dayNumber(at, zone)
      if (days === 0) return formatMoment(language, 'time', at, { now, zone })
      if (days === 1) return relativeFormat(language).format(-1, 'day')
      if (days > 1 && days < 7) return write({ weekday: 'short' })
      const sameYear = write({ year: 'numeric' }) === yearOf(language, now, zone)
      return sameYear
        ? write({ day: 'numeric', month: 'short' })
        : write({ day: 'numeric', month: 'short', year: 'numeric' })
    }
  }
}

/** A moment in the style of its place, and in full for whoever points at it. */
export interface SaidAs {
  readonly text: string
  readonly full: string
}

export function sayMoment(
  language: Language,
  style: MomentStyle,
  at: number,
  when: { now: number; zone: string },
): SaidAs {
  return {
    text: formatMoment(language, style, at, when),
    full: formatMoment(language, 'full', at, when),
  }
}

/** "5 minutes ago", "昨天". Never in the future: clocks of two machines differ by a little. */
export function ago(language: Language, at: number, now: number): string {
  const past = Math.max(0, now - at)
  const format = relativeFormat(language)
  // What Intl says for no time at all, "now" and “现在”, does not fit a thing that has happened.
  if (past < MINUTE) return language === 'zh' ? '刚刚' : 'just now'
  if (past < HOUR) return format.format(-Math.floor(past / MINUTE), 'minute')
  if (past < DAY) return format.format(-Math.floor(past / HOUR), 'hour')
  if (past < 30 * DAY) return format.format(-Math.floor(past / DAY), 'day')
  if (past < 365 * DAY) return format.format(-Math.floor(past / (30 * DAY)), 'month')
  return format.format(-Math.floor(past / (365 * DAY)), 'year')
}

/** "1,234" in both languages; "92 %" with { style: 'percent' }. */
export function formatNumber(language: Language, value: number, options?: Intl.NumberFormatOptions): string {
  return formatters.getNumberFormat(localeOf(language), options).format(value)
}

/** "Ines, Tomás and Priya", "沈知行、梁溪和周予安". */
export function formatList(language: Language, items: readonly string[]): string {
  return new Intl.ListFormat(localeOf(language), { type: 'conjunction' }).format(items)
}

/** "12 KB", "1.4 MB", in steps of 1,024. */
export function formatBytes(language: Language, bytes: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte']
  let step = 0
  let value = bytes
  while (value >= 1_024 && step < units.length - 1) {
    value /= 1_024
    step++
  }
  return formatNumber(language, value, {
    style: 'unit',
    unit: units[step] ?? 'byte',
    unitDisplay: 'short',
    maximumFractionDigits: step < 2 || value >= 100 ? 0 : 1,
  })
}

/** Days since 1970 on the calendar of a zone. */
function dayNumber(at: number, zone: string): number {
  const parts = formatters
    .getDateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })
    .format(at)
  return Math.round(Date.parse(`${parts}T00:00:00Z`) / DAY)
}

function yearOf(language: Language, at: number, zone: string): string {
  return formatters.getDateTimeFormat(dateLocale(language), { timeZone: zone, year: 'numeric' }).format(at)
}

// Day before month, as the reference pages write dates: en-GB is the English that does so.
function dateLocale(language: Language): string {
  return language === 'zh' ? 'zh-Hans' : 'en-GB'
}
