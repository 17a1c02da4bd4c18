import type { Say } from '@/app/_i18n/say'
import { formatNumber } from '@/app/_i18n/time'
import type { MatrixCard, MatrixRow } from '@/lib/domain/coherence/matrix'
import type { Language } from '@/lib/domain/language'
import { wholeDay } from '../../quarters/_quarters/say'

/** "92%", whole percents: more would claim to know more than anybody does. */
export function percent(language: Language, share: number): string {
  return formatNumber(language, share, { style: 'percent', maximumFractionDigits: 0 })
}

/** Where an activity is and how it is: "in work, late". What is done or stopped needs no second word. */
export function stateOf({ phase, health }: Pick<MatrixCard, 'phase' | 'health'>, t: Say): string {
  if (health === 'stopped') return t('coherence.health_stopped')
  const where = t(`coherence.phase_${phase}`)
  return health === 'blocked' || health === 'late'
    ? t('coherence.where_and_how', { where, how: t(`coherence.health_${health}`) })
    : where
}

/** Who answers for it that nobody works on a row, and until when. */
export function sayRisk(
  { until, by }: Pick<NonNullable<MatrixRow['accepted']>, 'until' | 'by'>,
  nameOf: (memberId: string) => string,
  t: Say,
  language: Language,
): string {
  return t('coherence.accepted', { day: wholeDay(language, until), name: nameOf(by) })
}
