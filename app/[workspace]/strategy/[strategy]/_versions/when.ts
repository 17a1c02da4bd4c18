import { localeOf } from '@/app/_i18n/locale'
import type { Language } from '@/lib/domain/language'
import { formatters } from '@/lib/i18n/formatters'
import type { Words } from '@/lib/i18n/words'

export interface Clockwork {
  readonly language: Language
  readonly t: Words
  /** Milliseconds since 1970. */
  readonly now: number
  readonly zone: string
}

const DAY = 86_400_000

/** Days since 1970 on the calendar of a zone. */
function dayOf(at: number, zone: string): number {
  const day = formatters
    .getDateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })
    .format(at)
  return Math.round(Date.parse(`${day}T00:00:00Z`) / DAY)
}

function write({ language, zone }: Clockwork, at: number, options: Intl.DateTimeFormatOptions): string {
  // Day before month, as everywhere here: en-GB is the English that does so.
  return formatters
    .getDateTimeFormat(language === 'zh' ? localeOf(language) : 'en-GB', { timeZone: zone, ...options })
    .format(at)
}

const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const

/** "Today 14:05", "Thu 10 Sep, 09:47", "2 July 2025". */
export function whenWords(clock: Clockwork, at: number): string {
  const days = dayOf(clock.now, clock.zone) - dayOf(at, clock.zone)
  if (days <= 0) return clock.t('versions.today_at', { time: write(clock, at, time) })
  if (days < 14) return write(clock, at, { weekday: 'short', day: 'numeric', month: 'short', ...time })
  const sameYear = write(clock, at, { year: 'numeric' }) === write(clock, clock.now, { year: 'numeric' })
  return write(clock, at, { day: 'numeric', month: 'short', ...(sameYear ? time : { year: 'numeric' }) })
}

/** How a version without a name is called in the list: by its time today, else by its day. */
export function entryWords(clock: Clockwork, at: number): string {
  const days = dayOf(clock.now, clock.zone) - dayOf(at, clock.zone)
  if (days <= 0) return write(clock, at, time)
  return write(clock, at, { weekday: 'short', day: 'numeric', month: 'short', ...time })
}

/** A day without its time, for a second line. */
export function dayWords(clock: Clockwork, at: number): string {
  const days = dayOf(clock.now, clock.zone) - dayOf(at, clock.zone)
  if (days <= 0) return write(clock, at, time)
  if (days < 14) return write(clock, at, { weekday: 'short', day: 'numeric', month: 'short' })
  return write(clock, at, { day: 'numeric', month: 'short', year: 'numeric' })
}

/** Under which heading of the list a version stands. */
export function groupWords(clock: Clockwork, at: number): string {
  const today = dayOf(clock.now, clock.zone)
  const day = dayOf(at, clock.zone)
  if (day >= today) return clock.t('versions.group_today')
  if (day === today - 1) return clock.t('versions.group_yesterday')
  // Weeks begin on Monday; 1970 began on a Thursday.
  const week = (number: number) => Math.floor((number + 3) / 7)
  if (week(day) === week(today)) return clock.t('versions.group_this_week')
  if (week(day) === week(today) - 1) return clock.t('versions.group_last_week')
  const sameYear = write(clock, at, { year: 'numeric' }) === write(clock, clock.now, { year: 'numeric' })
  return write(clock, at, sameYear ? { month: 'long' } : { month: 'long', year: 'numeric' })
}

/** A day of a field, `2026-12-31`, as people write it: "31 Dec 2026". */
export function fieldDay(language: Language, day: string): string {
  return formatters
    .getDateTimeFormat(language === 'zh' ? localeOf(language) : 'en-GB', {
      timeZone: 'UTC',
      day: 'numeric',
      month: 'short',
      year: 'numeric',
    })
    .format(Date.parse(`${day}T00:00:00Z`))
}
