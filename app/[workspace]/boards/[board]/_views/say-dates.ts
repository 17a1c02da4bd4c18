import type { DayText } from '@/lib/domain/day-text'
import { dayName } from './say-days'
import type { Dates } from './timeline'
import type { ViewFacts } from './use-view-facts'

/** "6 Jul to 18 Sep", "due 18 Sep", "from 6 Jul". */
export function saidDates({ start, due }: Dates, { t, language, today }: ViewFacts): string {
  const say = (day: DayText) => dayName(language, day, today)
  if (start && due) return t('views.span', { start: say(start), due: say(due) })
  if (due) return t('views.span_due', { due: say(due) })
  return start ? t('views.span_start', { start: say(start) }) : ''
}
