import type { Language } from '@/lib/domain/language'

/** The exact tag for HTML's lang and for Intl. `:lang(zh)` in CSS matches zh-Hans. */
export function localeOf(language: Language): 'en' | 'zh-Hans' {
  return language === 'zh' ? 'zh-Hans' : 'en'
}
