import type { Say } from '@/app/_i18n/say'
import { departmentName } from '@/app/[workspace]/measures/_measures/department'
import type { Cycle } from '@/lib/domain/cycle'
import type { BoardName, BoardPerson } from '@/lib/queries/board'

/** "Third-quarter review", “第三季度复盘”. */
export function sayReview(cycle: Cycle, t: Say): string {
  return t('reviews.name', { quarter: Number(cycle.slice(6)), year: cycle.slice(0, 4) })
}

/** Whose review it is: "the company" or its department. */
export function sayWhose(
  departmentId: string | null,
  boards: readonly BoardName[],
  t: Say,
): { readonly name: string; readonly board: BoardName | null } {
  const board = boards.find((one) => one.departmentId === departmentId) ?? null
  if (departmentId === null) return { name: t('reviews.company'), board: null }
  return { name: board ? departmentName(board, t) : t('reviews.gone_department'), board }
}

export function personOf(id: string | null, people: readonly BoardPerson[]): BoardPerson | null {
  return people.find((person) => person.id === id) ?? null
}

export function nameOfPerson(id: string | null, people: readonly BoardPerson[], t: Say): string {
  return personOf(id, people)?.name ?? t('reviews.somebody')
}
