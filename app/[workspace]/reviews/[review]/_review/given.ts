import type { Say } from '@/app/_i18n/say'
import type { Language } from '@/lib/domain/language'
import type { ReviewPage } from '@/lib/queries/reviews'

/** What every drawn part of a review is given. */
export interface Given {
  readonly it: ReviewPage
  readonly t: Say
  readonly language: Language
  readonly workspace: string
}
