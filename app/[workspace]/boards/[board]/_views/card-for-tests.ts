import type { Card } from '@/lib/domain/card'

/** A card nobody has written anything on. */
export function blank(more: Partial<Card>): Card {
  return {
    id: 'act_1',
    boardId: 'brd_1',
    columnId: 'col_1',
    place: 'a0',
    title: 'Breakfast for twelve directors',
    ownerId: null,
    helpers: [],
    cycle: null,
    start: null,
    due: null,
    priority: null,
    effort: null,
    labels: [],
    serves: [],
    measures: [],
    halt: null,
    status: 'active',
    revision: 1,
    checks: { done: 0, of: 0 },
    ...more,
  }
}
