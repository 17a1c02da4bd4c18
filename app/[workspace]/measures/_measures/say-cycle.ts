import type { Say } from '@/app/_i18n/say'
import type { Cycle } from '@/lib/domain/cycle'

/** "Q3 2026", “2026 年第三季度”; with `quarter` alone "Q3". */
export function sayCycle(cycle: Cycle, t: Say, as: 'year' | 'quarter' = 'year'): string {
  return t(as === 'year' ? 'measures.cycle' : 'measures.cycle_short', {
    quarter: Number(cycle.slice(6)),
    year: cycle.slice(0, 4),
  })
}
