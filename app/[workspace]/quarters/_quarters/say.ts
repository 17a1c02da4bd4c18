import type { Say } from '@/app/_i18n/say'
import { formatMoment } from '@/app/_i18n/time'
import type { Cycle } from '@/lib/domain/cycle'
import type { DayText } from '@/lib/domain/day-text'
import type { Language } from '@/lib/domain/language'
import type { BoardName, BoardPerson } from '@/lib/queries/board'

const parts = (cycle: Cycle) => ({ quarter: Number(cycle.slice(6)), year: cycle.slice(0, 4) })

/** "Third quarter 2026", “2026 年第三季度”. */
export function longName(cycle: Cycle, t: Say): string {
  return t('quarters.name', parts(cycle))
}

/** "Q3 2026", “2026 年 Q3”. */
export function shortName(cycle: Cycle, t: Say): string {
  return t('quarters.short', parts(cycle))
}

/** A day of the calendar with its year: a list of quarters spans several. */
export function wholeDay(language: Language, day: DayText): string {
  return formatMoment(language, 'date', Date.parse(`${day}T12:00:00Z`), { now: 0, zone: 'UTC' })
}

/** A day without its year. */
export function plainDay(language: Language, day: DayText): string {
  return formatMoment(language, 'day', Date.parse(`${day}T12:00:00Z`), { now: 0, zone: 'UTC' })
}

/** The day of a moment on the reader's calendar. */
export function dayOfMoment(language: Language, at: Date, when: { now: number; zone: string }): string {
  return formatMoment(language, 'date', at.getTime(), when)
}

export function personNamed(people: readonly BoardPerson[], id: string | null, t: Say): string {
  return (id && people.find((person) => person.id === id)?.name) || t('quarters.nobody')
}

export function departmentNamed(boards: readonly BoardName[], id: string | null, t: Say): string {
  const board = boards.find(({ departmentId }) => departmentId === id)
  if (!board) return t('quarters.company')
  return board.name ?? (board.kind ? t(`common.department_${board.kind}`) : '')
}

/** In the order of the chain; departments that are gone, and the company itself, come last. */
export function byDepartment<T extends { readonly departmentId: string | null }>(
  list: readonly T[],
  boards: readonly BoardName[],
): { readonly board: BoardName | null; readonly list: readonly T[] }[] {
  const known = new Set<string | null>(boards.map(({ departmentId }) => departmentId))
  return [
    ...boards.map((board) => ({
      board,
      list: list.filter(({ departmentId }) => departmentId === board.departmentId),
    })),
    { board: null, list: list.filter(({ departmentId }) => !known.has(departmentId)) },
  ].filter((group) => group.list.length > 0)
}
