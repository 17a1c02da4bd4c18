import type { Say } from '@/app/_i18n/say'
import { departmentName } from '@/app/[workspace]/measures/_measures/department'
import { sayCycle } from '@/app/[workspace]/measures/_measures/say-cycle'
import { type Cycle, nextCycle, previousCycle } from '@/lib/domain/cycle'
import type { ReviewsPage } from '@/lib/queries/reviews'

/** What the form offers, already in the reader's words. */
export interface ReviewWorld {
  readonly me: string
  readonly people: readonly {
    readonly id: string
    readonly userId: string
    readonly name: string
    readonly image: string | null
    readonly departments: readonly string[]
  }[]
  /** Whose review may be prepared; null: the company's. */
  readonly whose: readonly { readonly id: string | null; readonly name: string }[]
  readonly cycles: readonly { readonly cycle: Cycle; readonly name: string }[]
  /** `cycle whose` of those that are there. */
  readonly known: Readonly<Record<string, string>>
}

export const knownKey = (cycle: string, departmentId: string | null) => `${cycle} ${departmentId ?? ''}`

export function reviewWorld(page: ReviewsPage, me: string, t: Say): ReviewWorld {
  const { current, boards, people, may, reviews } = page
  const cycles = [current, previousCycle(current), nextCycle(current)]
  return {
    me,
    people: people.map(({ id, userId, name, image, departments }) => ({
      id,
      userId,
      name,
      image,
      departments,
    })),
    whose: [
      ...(may.prepareCompany ? [{ id: null, name: t('reviews.company') }] : []),
      ...boards
        .filter(({ departmentId }) => may.prepareFor.includes(departmentId))
        .map((board) => ({ id: board.departmentId, name: departmentName(board, t) })),
    ],
    cycles: cycles.map((cycle) => ({ cycle, name: sayCycle(cycle, t) })),
    known: Object.fromEntries(
      reviews.map(({ id, cycle, departmentId }) => [knownKey(cycle, departmentId), id]),
    ),
  }
}
