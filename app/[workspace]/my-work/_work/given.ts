import type { Say } from '@/app/_i18n/say'
import type { Column } from '@/lib/domain/column'
import type { Language } from '@/lib/domain/language'
import type { BoardName } from '@/lib/queries/board'
import type { MyWork } from '@/lib/queries/my-work'

/** What every section of the page is drawn from. */
export interface Given {
  readonly work: MyWork
  readonly workspace: string
  readonly t: Say
  readonly language: Language
}

export function boardOf({ work }: Pick<Given, 'work'>, boardId: string): BoardName | null {
  return work.boards.find((board) => board.boardId === boardId) ?? null
}

export function departmentOf(given: Pick<Given, 'work' | 't'>, boardId: string): string {
  const board = boardOf(given, boardId)
  return board?.name ?? (board?.kind ? given.t(`common.department_${board.kind}`) : '')
}

export function columnName({ name, kind }: Pick<Column, 'name' | 'kind'>, t: Say): string {
  return name ?? (kind ? t(`boards.column_${kind}`) : '')
}

export function personName({ work }: Pick<Given, 'work'>, memberId: string): string {
  return work.people.find(({ id }) => id === memberId)?.name ?? ''
}
