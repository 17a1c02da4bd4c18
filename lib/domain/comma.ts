import type { Language } from './language'

/** What stands between short facts in a row, and between names: Chinese has a sign of its own for each. */
export function comma(language: Language, between: 'facts' | 'names' = 'facts'): string {
  if (language === 'en') return ', '
  return between === 'names' ? '、' : '，'
}
