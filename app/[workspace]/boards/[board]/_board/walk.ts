import type { Destination } from '@/lib/domain/activity'
import type { Card } from '@/lib/domain/card'
import type { Column } from '@/lib/domain/column'

export type Lay = ReadonlyMap<string, readonly Card[]>
export type Way = 'up' | 'down' | 'left' | 'right'

/** Where a card lies: its column, and its place in it from 0. */
export function placeOf(
  columns: readonly Column[],
  lay: Lay,
  id: string,
): { readonly at: number; readonly index: number } | null {
  for (const [at, column] of columns.entries()) {
    const index = lay.get(column.id)?.findIndex((card) => card.id === id) ?? -1
    if (index >= 0) return { at, index }
  }
  return null
}

/** The card one step that way; empty columns are stepped over. Null: there is none. */
export function neighbour(columns: readonly Column[], lay: Lay, id: string, way: Way): string | null {
  const here = placeOf(columns, lay, id)
  if (!here) return null
  const cards = (at: number) => lay.get(columns[at]?.id ?? '') ?? []
  if (way === 'up' || way === 'down') return cards(here.at)[here.index + (way === 'up' ? -1 : 1)]?.id ?? null
  const step = way === 'left' ? -1 : 1
  for (let at = here.at + step; at >= 0 && at < columns.length; at += step) {
    const there = cards(at)
    if (there.length > 0) return there[Math.min(here.index, there.length - 1)]?.id ?? null
  }
  return null
}

/** All cards in the order one reads them, column by column. */
export function inReading(columns: readonly Column[], lay: Lay): readonly string[] {
  return columns.flatMap(({ id }) => (lay.get(id) ?? []).map((card) => card.id))
}

export interface Landing {
  readonly to: Destination
  /** Place among the other cards of the column, from 0. */
  readonly index: number
}

/** Where a lifted card would drop at this place of a column. */
export function landing(lay: Lay, columnId: string, id: string, index: number): Landing {
  const others = (lay.get(columnId) ?? []).filter((card) => card.id !== id)
  const at = Math.max(0, Math.min(index, others.length))
  return {
    to: { columnId, after: others[at - 1]?.id ?? null, before: others[at]?.id ?? null },
    index: at,
  }
}

/** One step of a lifted card; null: there is no further that way. */
export function carry(
  columns: readonly Column[],
  lay: Lay,
  id: string,
  from: Landing,
  way: Way,
): Landing | null {
  const at = columns.findIndex((column) => column.id === from.to.columnId)
  if (way === 'up' || way === 'down') {
    const next = landing(lay, from.to.columnId, id, from.index + (way === 'up' ? -1 : 1))
    return next.index === from.index ? null : next
  }
  const column = columns[at + (way === 'left' ? -1 : 1)]
  return column ? landing(lay, column.id, id, from.index) : null
}
