import type { Say } from '@/app/_i18n/say'
import type { Column } from '@/lib/domain/column'
import type { BoardName } from '@/lib/queries/board'

export function columnName(t: Say, { name, kind }: Pick<Column, 'name' | 'kind'>): string {
  return name ?? (kind ? t(`boards.column_${kind}`) : '')
}

/** A board is called after its department. */
export function boardTitle(t: Say, { name, kind }: Pick<BoardName, 'name' | 'kind'>): string {
  return name ?? (kind ? t(`common.department_${kind}`) : '')
}
