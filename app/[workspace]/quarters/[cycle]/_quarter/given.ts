import type { Say } from '@/app/_i18n/say'
import type { Language } from '@/lib/domain/language'
import type { CyclePage } from '@/lib/queries/cycles'
import type { QuarterMore } from '@/lib/queries/quarter-side'

/** What every part of the page is drawn from. */
export interface Given {
  readonly it: CyclePage
  readonly more: QuarterMore
  readonly t: Say
  readonly language: Language
  readonly when: { readonly now: number; readonly zone: string }
  readonly workspace: string
  readonly me: string
}
