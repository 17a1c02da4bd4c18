import type { Words } from '@/lib/i18n/words'

/** Says a message in the reader's language: `t('shell.home')`. */
export type Say = Words
