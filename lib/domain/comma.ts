import type { Language } from './language'

/** What stands between short facts in a row, and between names: Chinese has a sign of its own for each. */
export function comma(language: Language, between: 'facts' | 'names' = 'facts'): string {
  if (language === 'en') return ', '
  return between === 'names' ? '、' : '，'
}

/** Between two sentences: a Chinese full stop brings its own room. */
export function betweenSentences(language: Language): string {
  return language === 'zh' ? '' : ' '
}
