import type { DayText } from '@/lib/domain/day-text'
import type { Language } from '@/lib/domain/language'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

/**
 * A day as cards write it: "25 Sep", "9月25日", with its year where that is not this one. Written by hand, not by Intl:
 * the server's and the browser's tables differ ("Sep", "Sept"), and a board holds two thousand of them.
 */
export function dayWords(language: Language, day: DayText, today: DayText): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const thisYear = day.slice(0, 4) === today.slice(0, 4)
  if (language === 'zh') return `${thisYear ? '' : `${year}年`}${month}月${date}日`
  return `${date} ${MONTHS[month - 1] ?? ''}${thisYear ? '' : ` ${year}`}`
}
