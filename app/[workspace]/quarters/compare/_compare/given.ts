import type { Say } from '@/app/_i18n/say'
import type { Language } from '@/lib/domain/language'
import type { QuartersCompared } from '@/lib/queries/quarter-compare'

export interface Compared {
  readonly it: QuartersCompared
  readonly t: Say
  readonly language: Language
}
