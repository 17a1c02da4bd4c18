import type { Language } from '@/lib/domain/language'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/**
 * A day as people say it: `12 Aug`, `8月12日`, with the year when it is not this one. Written by hand because the
 * server's and the browser's `Intl` do not always agree ("Sep", "Sept"), and then the page would move.
 * @param day `2026-08-12`
 */
export function dayWords(day: string, today: string, language: Language): string {
  const [year = '', month = '', date = ''] = day.split('-')
  const sameYear = today.startsWith(year)
  if (language === 'zh') return `${sameYear ? '' : `${Number(year)}年`}${Number(month)}月${Number(date)}日`
  return `${Number(date)} ${MONTHS[Number(month) - 1] ?? month}${sameYear ? '' : ` ${Number(year)}`}`
}

/** The day it is in a time zone: `2026-08-12`. */
export function dayIn(zone: string, at: number): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(at)
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? ''
  return `${part('year')}-${part('month')}-${part('day')}`
}
