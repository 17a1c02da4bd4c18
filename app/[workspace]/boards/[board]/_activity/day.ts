import type { Language } from '@/lib/domain/language'
import { formatters } from '@/lib/i18n/formatters'

/** "25 Sep", "9月25日"; with the year where it is not this one's. `day` and `today` as `2026-09-25`. */
export function sayDay(language: Language, day: string, today: string): string {
  return formatters
    .getDateTimeFormat(language === 'zh' ? 'zh-Hans' : 'en-GB', {
      timeZone: 'UTC',
      day: 'numeric',
      month: 'short',
      ...(day.slice(0, 4) !== today.slice(0, 4) && { year: 'numeric' }),
    })
    .format(Date.parse(`${day}T12:00:00Z`))
}
