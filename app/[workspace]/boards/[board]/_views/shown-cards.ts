import type { Card } from '@/lib/domain/card'
import type { Phase } from '@/lib/domain/column'
import type { TraceItem } from '@/lib/domain/trace'
import { inOrder } from '@/lib/kit/order-key'
import type { BoardState } from '../_board/board-store'
import { asksNothing, type Filter, type FilterFacts, matches, writeFilter } from './filter'

type Parts = Pick<BoardState, 'columns' | 'items' | 'people' | 'labels' | 'me' | 'today'>

// By the parts they are made of: the store keeps an object as long as it says the same.
const factsOfColumns = new WeakMap<object, { readonly parts: Parts; readonly facts: FilterFacts }>()

export function factsOf(state: Parts): FilterFacts {
  const { columns, items, people, labels, me, today } = state
  const known = factsOfColumns.get(columns)
  const same =
    known &&
    known.parts.items === items &&
    known.parts.people === people &&
    known.parts.labels === labels &&
    known.parts.me.memberId === me.memberId &&
    known.parts.today === today
  if (same) return known.facts
  const facts: FilterFacts = {
    phases: new Map<string, Phase>(columns.map(({ id, phase }) => [id, phase])),
    items: new Map<string, TraceItem>(items.map((item) => [item.id, item])),
    people: new Map<string, string>(people.map(({ id, name }) => [id, name])),
    labels: new Map<string, string>(labels.map(({ id, name }) => [id, name])),
    me: me.memberId,
    today,
  }
  factsOfColumns.set(columns, { parts: { columns, items, people, labels, me, today }, facts })
  return facts
}

interface Shown {
  readonly facts: FilterFacts
  readonly asked: string
  readonly cards: readonly Card[]
}
const shownOf = new WeakMap<object, Shown>()

/** The cards a filter lets through, by their places; the same array as long as nothing changed. */
export function shownCards(state: Parts & Pick<BoardState, 'cards'>, filter: Filter): readonly Card[] {
  const facts = factsOf(state)
  const asked = writeFilter(filter).toString()
  const known = shownOf.get(state.cards)
  if (known && known.facts === facts && known.asked === asked) return known.cards
  const all = [...state.cards.values()]
  const cards = (asksNothing(filter) ? all : all.filter((card) => matches(card, filter, facts))).sort(inOrder)
  shownOf.set(state.cards, { facts, asked, cards })
  return cards
}
