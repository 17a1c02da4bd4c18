import type { Card } from '@/lib/domain/card'
import type { ListCell } from './list-fields'

export type Row =
  | { readonly kind: 'group'; readonly key: string; readonly n: number; readonly folded: boolean }
  | { readonly kind: 'card'; readonly key: string; readonly card: Card }

/** Where one stands in the table. */
export interface At {
  readonly row: string
  readonly cell: ListCell
}

/** Where one stands, or where the same activity stands after a change has put it into another group. */
export function standing(
  at: At | null,
  rows: readonly Row[],
  places: ReadonlyMap<string, number>,
): At | null {
  if (!at || places.has(at.row)) return at
  const id = at.row.slice(at.row.lastIndexOf(':') + 1)
  const row = rows.find((one) => one.kind === 'card' && one.card.id === id)
  return row ? { row: row.key, cell: at.cell } : null
}

export function firstStop(rows: readonly Row[]): At | null {
  const [row] = rows
  return row ? { row: row.key, cell: 'title' } : null
}

/** The cells of this row that are wide enough a window to be drawn. */
export function shownCells(cell: HTMLElement): ListCell[] {
  const cells = [...(cell.closest('tr')?.querySelectorAll<HTMLElement>('td[data-field]') ?? [])]
  return cells.filter((one) => one.offsetParent !== null).map((one) => one.dataset.field as ListCell)
}

export function beside(cell: HTMLElement, way: 1 | -1): ListCell | undefined {
  const cells = shownCells(cell)
  return cells[cells.indexOf(cell.dataset.field as ListCell) + way]
}
