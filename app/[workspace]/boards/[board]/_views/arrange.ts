import { overdue, priorities } from '@/lib/domain/activity'
import type { Card } from '@/lib/domain/card'
import { phases } from '@/lib/domain/column'
import { addDays } from '@/lib/domain/day-text'
import { readServe } from '@/lib/domain/serves'
import { inOrder } from '@/lib/kit/order-key'
import type { BoardState } from '../_board/board-store'
import type { FilterFacts } from './filter'

export const sortings = [
  'column',
  'title',
  'owner',
  'start',
  'due',
  'priority',
  'effort',
  'serves',
  'labels',
] as const
export type Sorting = (typeof sortings)[number]

/** By one value, up or down; what has none always comes last. Null: as the cards lie on the board. */
export interface Order {
  readonly by: Sorting
  readonly down: boolean
}

export function readOrder(text: string | null): Order | null {
  if (text === null) return null
  const down = text.startsWith('-')
  const by = sortings.find((known) => known === (down ? text.slice(1) : text))
  return by ? { by, down } : null
}

export const writeOrder = ({ by, down }: Order): string => (down ? `-${by}` : by)

/** One click up, the next down, the third as on the board. */
export function nextOrder(order: Order | null, by: Sorting): Order | null {
  if (order?.by !== by) return { by, down: false }
  return order.down ? null : { by, down: true }
}

export const groupings = ['none', 'column', 'owner', 'phase', 'serves', 'label', 'due'] as const
export type Grouping = (typeof groupings)[number]

export const dueGroups = ['late', 'week', 'month', 'later', 'none'] as const

export interface Group {
  /** The id of what they have in common; `none` for those without. */
  readonly key: string
  readonly cards: readonly Card[]
}

type Parts = Pick<BoardState, 'columns' | 'people' | 'labels' | 'items' | 'today'>
type Compare = (a: string, b: string) => number

/** The cards in an order. `compare` sorts words as the reader's language does. */
export function sorted(
  cards: readonly Card[],
  order: Order | null,
  state: Parts,
  facts: FilterFacts,
  compare: Compare,
): readonly Card[] {
  const column = new Map<string, number>(state.columns.map(({ id }, i) => [id, i]))
  const onBoard = (a: Card, b: Card) =>
    (column.get(a.columnId) ?? 0) - (column.get(b.columnId) ?? 0) || inOrder(a, b)
  if (!order || order.by === 'column') {
    const list = [...cards].sort(onBoard)
    return order?.down ? list.reverse() : list
  }
  const value = (card: Card): string | number | null => {
    switch (order.by) {
      case 'title':
        return card.title
      case 'owner':
        return card.ownerId === null ? null : (facts.people.get(card.ownerId) ?? null)
      case 'start':
        return card.start
      case 'due':
        return card.due
      case 'priority':
        return card.priority === null ? null : priorities.indexOf(card.priority)
      case 'effort':
        return card.effort
      case 'serves':
        return card.serves[0] === undefined ? null : codeOf(card.serves[0], facts)
      case 'labels':
        return card.labels[0] === undefined ? null : (facts.labels.get(card.labels[0]) ?? null)
      default:
        return null
    }
  }
  const turn = order.down ? -1 : 1
  const dated = order.by === 'start' || order.by === 'due'
  return cards
    .map((card) => ({ card, value: value(card) }))
    .sort((a, b) => {
      if (a.value === null || b.value === null)
        return a.value === b.value ? onBoard(a.card, b.card) : a.value === null ? 1 : -1
      const by =
        typeof a.value === 'number' && typeof b.value === 'number'
          ? a.value - b.value
          : dated
            ? Number(a.value > b.value) - Number(a.value < b.value)
            : compare(String(a.value), String(b.value))
      return turn * by || onBoard(a.card, b.card)
    })
    .map(({ card }) => card)
}

/** What a served thing is called in one word: its code, or the word of its slot. */
export function codeOf(served: string, { items }: Pick<FilterFacts, 'items'>): string {
  const read = readServe(served)
  const item = read && items.get(read.itemId)
  if (!item) return '?'
  return item.code ?? read.slot ?? item.title
}

/** Cards by what they have in common. One with two labels stands under both; groups without a card are left out. */
export function grouped(
  cards: readonly Card[],
  by: Grouping,
  state: Parts,
  facts: FilterFacts,
  compare: Compare,
): readonly Group[] {
  if (by === 'none') return [{ key: '', cards }]
  const found = new Map<string, Card[]>()
  for (const card of cards)
    for (const key of keysOf(card, by, facts)) {
      const list = found.get(key)
      if (list) list.push(card)
      else found.set(key, [card])
    }
  return orderOf([...found.keys()], by, state, facts, compare).map((key) => ({
    key,
    cards: found.get(key) ?? [],
  }))
}

function keysOf(card: Card, by: Grouping, facts: FilterFacts): readonly string[] {
  switch (by) {
    case 'column':
      return [card.columnId]
    case 'owner':
      return [card.ownerId ?? 'none']
    case 'phase':
      return [facts.phases.get(card.columnId) ?? 'plan']
    case 'serves':
      return card.serves.length > 0 ? card.serves : ['none']
    case 'label':
      return card.labels.length > 0 ? card.labels : ['none']
    case 'due':
      return [dueGroup(card, facts)]
    case 'none':
      return ['']
  }
}

function dueGroup(card: Card, { phases, today }: FilterFacts): (typeof dueGroups)[number] {
  if (card.due === null) return 'none'
  if (overdue(card, phases.get(card.columnId) ?? 'plan', today)) return 'late'
  if (card.due <= addDays(today, 6)) return 'week'
  return card.due <= addDays(today, 29) ? 'month' : 'later'
}

/** Groups stand as their things do elsewhere: columns as on the board, people by name, those without last. */
function orderOf(
  keys: readonly string[],
  by: Grouping,
  state: Parts,
  facts: FilterFacts,
  compare: Compare,
): readonly string[] {
  const known = (order: readonly string[]) => (a: string, b: string) =>
    (order.indexOf(a) + 1 || order.length + 1) - (order.indexOf(b) + 1 || order.length + 1)
  const named = (names: ReadonlyMap<string, string>) => (a: string, b: string) =>
    compare(names.get(a) ?? '', names.get(b) ?? '')
  const rules: Record<Exclude<Grouping, 'none'>, Compare> = {
    column: known(state.columns.map(({ id }) => id)),
    owner: named(facts.people),
    phase: known(phases),
    serves: known(state.items.flatMap(({ id }) => [id, `${id}/whom`, `${id}/problem`, `${id}/solution`])),
    label: named(facts.labels),
    due: known(dueGroups),
  }
  const rule = by === 'none' ? () => 0 : rules[by]
  return [...keys].sort((a, b) => Number(a === 'none') - Number(b === 'none') || rule(a, b))
}
