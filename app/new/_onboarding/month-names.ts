import { localeOf } from '@/app/_i18n/locale'
import type { Language } from '@/lib/domain/language'
import { formatters } from '@/lib/i18n/formatters'

/** January to December, as the reader writes them. */
export function monthNames(language: Language): string[] {
  const format = formatters.getDateTimeFormat(localeOf(language), { month: 'long', timeZone: 'UTC' })
  return Array.from({ length: 12 }, (_, month) => format.format(Date.UTC(2026, month, 1)))
}
