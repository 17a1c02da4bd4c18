import type { Say } from '@/app/_i18n/say'
import type { Cycle } from '@/lib/domain/cycle'

/** "Q3 2026", “2026 年第三季度”. */
export function cycleName(t: Say, cycle: Cycle): string {
  return t('views.cycle', { year: cycle.slice(0, 4), quarter: cycle.slice(6) })
}
