import type { Card } from '@/lib/domain/card'
import type { Column } from '@/lib/domain/column'
import { inOrder } from '@/lib/kit/order-key'

/** The cards of each column in their order. A column whose cards did not change is the same array as in `before`. */
export function byColumn(
  columns: readonly Column[],
  cards: Iterable<Card>,
  before: ReadonlyMap<string, readonly Card[]> = new Map(),
): ReadonlyMap<string, readonly Card[]> {
  const sorted = new Map<string, Card[]>(columns.map(({ id }) => [id, []]))
  for (const card of cards) sorted.get(card.columnId)?.push(card)
  const result = new Map<string, readonly Card[]>()
  for (const [id, list] of sorted) {
    list.sort(inOrder)
    const known = before.get(id)
    const same = known?.length === list.length && list.every((card, i) => card === known[i])
    result.set(id, same ? known : list)
  }
  return result
}
