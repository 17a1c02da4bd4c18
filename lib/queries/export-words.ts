import type { ExportWords } from '@/lib/document/export-html/write'
import type { Language } from '@/lib/domain/language'
import { words } from '@/lib/i18n/words'

/** The furniture of an exported file, in the language of the strategy, with moments in the reader's zone. */
export function exportWords(language: Language, at: number, zone: string): ExportWords {
  const t = words(language)
  const locale = language === 'zh' ? 'zh-Hans' : 'en-GB'
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone })
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: zone })
  return {
    note: t('exchange.out_note'),
    attention: t('exchange.out_attention'),
    comments: t('exchange.out_comments'),
    about: (name) => (name === '' ? t('exchange.out_about_item') : t('exchange.out_about', { name })),
    resolved: t('exchange.out_resolved'),
    outcome: (outcome) => t(`exchange.out_${outcome}`),
    deletedText: t('exchange.out_deleted_text'),
    deletedComment: t('exchange.out_deleted_comment'),
    edited: t('exchange.out_edited'),
    made: t('exchange.out_made', { date: day.format(at) }),
    moment: (time) => moment.format(time),
  }
}
