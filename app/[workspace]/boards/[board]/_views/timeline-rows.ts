import type { Card } from '@/lib/domain/card'
import { type TraceMeasure, traceOf } from '@/lib/domain/trace'
import type { BoardState } from '../_board/board-store'
import type { FilterFacts } from './filter'

export const laneings = ['column', 'owner', 'segment'] as const
/** What the bars of the timeline are grouped by. */
export type Laneing = (typeof laneings)[number]

export type LaneRow =
  | { readonly kind: 'lane'; readonly key: string; readonly n: number }
  | { readonly kind: 'card'; readonly key: string; readonly card: Card }

export interface Lanes {
  readonly rows: readonly LaneRow[]
  /** Without any day: they are dragged in from beside. */
  readonly undated: readonly Card[]
}

const noMeasures: ReadonlyMap<string, TraceMeasure> = new Map()

/** Every dated card once, in its lane, by the day it begins; lanes as on the board, as people are called, as segments stand. */
export function lanesOf(
  cards: readonly Card[],
  by: Laneing,
  state: Pick<BoardState, 'columns' | 'people' | 'items'>,
  facts: FilterFacts,
  compare: (a: string, b: string) => number,
): Lanes {
  const found = new Map<string, Card[]>()
  const undated: Card[] = []
  for (const card of cards) {
    if (card.start === null && card.due === null) {
      undated.push(card)
      continue
    }
    const key = laneOf(card, by, facts)
    const list = found.get(key)
    if (list) list.push(card)
    else found.set(key, [card])
  }
  const rank: Record<Laneing, (key: string) => number> = {
    column: (key) => state.columns.findIndex(({ id }) => id === key),
    owner: () => 0,
    segment: (key) => state.items.findIndex(({ id }) => id === key),
  }
  const keys = [...found.keys()].sort(
    (a, b) =>
      Number(a === 'none') - Number(b === 'none') ||
      rank[by](a) - rank[by](b) ||
      compare(facts.people.get(a) ?? '', facts.people.get(b) ?? ''),
  )
  const rows = keys.flatMap((key): LaneRow[] => {
    const list = (found.get(key) ?? []).sort(byDay)
    return [
      { kind: 'lane', key, n: list.length },
      ...list.map((card): LaneRow => ({ kind: 'card', key: card.id, card })),
    ]
  })
  return { rows, undated }
}

function laneOf(card: Card, by: Laneing, facts: FilterFacts): string {
  switch (by) {
    case 'column':
      return card.columnId
    case 'owner':
      return card.ownerId ?? 'none'
    case 'segment': {
      const { links } = traceOf(card, facts.items, noMeasures)
      const segment = links.find(({ station }) => station === 'segment')
      // One bar per activity, so that lines can lead to it: the first segment has it.
      return segment?.state === 'joined' ? (segment.ids[0] ?? 'none') : 'none'
    }
  }
}

function byDay(a: Card, b: Card): number {
  const [first, second] = [a.start ?? a.due ?? '', b.start ?? b.due ?? '']
  return first < second ? -1 : first > second ? 1 : (a.due ?? '9') < (b.due ?? '9') ? -1 : 1
}
