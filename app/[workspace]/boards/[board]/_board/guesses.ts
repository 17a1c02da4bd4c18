import { type ActivityEdit, type Destination, place } from '@/lib/domain/activity'
import { type Card, cardsStamp, mergeCards, plainCard } from '@/lib/domain/card'
import type { Id } from '@/lib/kit/ids'

/** What somebody here has done and the server has not answered yet. Applied again after whatever news comes meanwhile. */
export interface Guess {
  /** The cards it is about. */
  readonly about: readonly string[]
  readonly apply: (cards: Map<string, Card>) => void
}

type To = Destination & { readonly boardId?: string }

/** The move by the very rule the server decides with, on what lies there now. Onto another board: away. */
export function moveGuess(here: string, activityId: string, to: To): Guess {
  return {
    about: [activityId],
    apply: (cards) => {
      const card = cards.get(activityId)
      if (!card) return
      if (to.boardId !== undefined && to.boardId !== here) {
        cards.delete(activityId)
        return
      }
      const there = [...cards.values()].filter(({ columnId }) => columnId === to.columnId)
      const moved = place(card, { ...to, columnId: to.columnId as Id<'col'> }, there)
      if (moved !== card) cards.set(activityId, moved)
    },
  }
}

/** To the end of a column, one after the other, in the order they have. */
export function moveManyGuess(ids: readonly string[], columnId: string): Guess {
  return {
    about: ids,
    apply: (cards) => {
      for (const id of ids) {
        const card = cards.get(id)
        if (!card) continue
        const there = [...cards.values()].filter((other) => other.columnId === columnId)
        const nowhere = { ...card, columnId: '' as Id<'col'> }
        cards.set(id, place(nowhere, { columnId: columnId as Id<'col'>, after: null, before: null }, there))
      }
    },
  }
}

/** Other values. What the server would refuse is shown until it does. */
export function editGuess(ids: readonly string[], changes: ActivityEdit): Guess {
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
  return {
    about: ids,
    apply: (cards) => {
      for (const id of ids) {
        const card = cards.get(id)
        // The command checks every value; a guess is taken back when it refuses one.
        if (card) cards.set(id, { ...card, ...(given as Partial<Card>) })
      }
    },
  }
}

/** Adds ids to a list of each and takes some away. */
export function tagGuess(
  ids: readonly string[],
  change: {
    readonly field: 'labels' | 'helpers' | 'serves' | 'measures'
    readonly add: readonly string[]
    readonly remove: readonly string[]
  },
): Guess {
  return {
    about: ids,
    apply: (cards) => {
      for (const id of ids) {
        const card = cards.get(id)
        if (!card) continue
        const before: readonly string[] = card[change.field]
        const kept = before.filter((one) => !change.remove.includes(one))
        const after = [...new Set([...kept, ...change.add])]
        cards.set(id, { ...card, ...({ [change.field]: after } as Partial<Card>) })
      }
    },
  }
}

export function goneGuess(ids: readonly string[]): Guess {
  return {
    about: ids,
    apply: (cards) => {
      for (const id of ids) cards.delete(id)
    },
  }
}

export function newGuess(card: Card, to: Destination): Guess {
  return {
    about: [card.id],
    apply: (cards) => {
      // Its own news may be here before the answer is.
      if (cards.has(card.id)) return
      const there = [...cards.values()].filter(({ columnId }) => columnId === to.columnId)
      const nowhere = { ...card, columnId: '' as Id<'col'> }
      cards.set(card.id, place(nowhere, { ...to, columnId: to.columnId as Id<'col'> }, there))
    },
  }
}

/** A card nobody has written anything on but its title. */
export function blankCard(given: Pick<Card, 'id' | 'boardId' | 'columnId' | 'title'>): Card {
  return { ...plainCard, ...given, place: '', revision: 0 }
}

/** Where a card is that is not here any more. */
const NOWHERE: Id<'brd'> = 'brd_'

/**
 * What the server has said of the cards of a board: every card it ever told of with its highest revision, those that
 * left it too, so that late news of them stay late.
 */
export class Known {
  private cards: ReadonlyMap<string, Card>
  /** When each was last told of, in steps of this counter. */
  private readonly told = new Map<string, number>()
  private step = 0

  constructor(
    private readonly boardId: string,
    cards: readonly Card[],
  ) {
    this.cards = new Map(cards.map((card) => [card.id, card]))
  }

  /** Takes news; true when they changed anything. */
  take(news: readonly Card[]): boolean {
    this.step += 1
    for (const { id } of news) this.told.set(id, this.step)
    const merged = mergeCards(this.cards, news)
    const changed = news.some(({ id }) => merged.get(id) !== this.cards.get(id))
    this.cards = merged
    return changed
  }

  /** To be called before a whole board is asked for; give what it answers to `replace`. */
  mark(): number {
    return this.step
  }

  /**
   * The whole board as it was read after `mark`. What was told since then stays, and so does a higher revision; what the
   * board does not hold any more is kept as gone, so that late news do not bring it back.
   */
  replace(cards: readonly Card[], mark: number): void {
    const read = new Set<string>(cards.map(({ id }) => id))
    const kept = new Map(this.cards)
    for (const [id, card] of this.cards)
      if (!read.has(id) && (this.told.get(id) ?? 0) <= mark && this.lies(card))
        kept.set(id, { ...card, boardId: NOWHERE })
    this.cards = mergeCards(kept, cards)
  }

  /** Of what lies on the board, as far as was told. */
  stamp(): string {
    return cardsStamp(this.lying().values())
  }

  /** What lies on the board, as a copy one may guess in. */
  lying(): Map<string, Card> {
    const lying = new Map<string, Card>()
    for (const card of this.cards.values()) if (this.lies(card)) lying.set(card.id, card)
    return lying
  }

  private lies({ status, boardId }: Card): boolean {
    return status === 'active' && boardId === this.boardId
  }

  /** Whatever it is now, on the board or not. */
  get(id: string): Card | null {
    return this.cards.get(id) ?? null
  }
}
