import type { Answer } from '@/app/_server/answer'
import type { ColumnChange } from '@/lib/commands/change-column'
import type { LabelChange } from '@/lib/commands/change-label'
import type { BulkChange } from '@/lib/commands/change-many'
import type { RecurringChange } from '@/lib/commands/change-recurring'
import type { ActivityEdit, ActivityStatus, Destination } from '@/lib/domain/activity'
import type { Card } from '@/lib/domain/card'
import type { Column } from '@/lib/domain/column'
import type { Label } from '@/lib/domain/label'
import type { LiveEvent } from '@/lib/domain/live-event'
import type { Recurring } from '@/lib/domain/recurring'
import type { RefusalCode } from '@/lib/domain/refusal'
import { type Id, newId } from '@/lib/kit/ids'
import { inOrder } from '@/lib/kit/order-key'
import type { BoardAgain, BoardPage } from '@/lib/queries/board'
import {
  blankCard,
  editGuess,
  type Guess,
  goneGuess,
  Known,
  moveGuess,
  moveManyGuess,
  newGuess,
  tagGuess,
} from './guesses'

/** Somebody who has the panel of a card open. */
export interface Looker {
  readonly userId: string
  readonly name: string
}

export interface BoardState extends Omit<BoardPage, 'cards'> {
  /** What lies on the board, guesses applied. A card that did not change is the same object as before. */
  readonly cards: ReadonlyMap<string, Card>
  /** Cards with an unanswered guess. */
  readonly waiting: ReadonlySet<string>
  /** `behind`: what others do is not heard now; `ended`: the right to read the board is gone. */
  readonly live: 'live' | 'behind' | 'ended'
  /** Who has the panel of an activity open, others than oneself. */
  readonly looking: ReadonlyMap<string, readonly Looker[]>
}

/** What was said to lie beside the cards. */
export type Beside = Extract<LiveEvent, { type: 'beside.changed' }>

type Change = Id<'chg'> | null
type Undo = { readonly undo: Change }
type Kept = Undo & { readonly cards: readonly Card[] }

/** The server actions, as the store calls them. */
export interface BoardActs {
  create(input: {
    boardId: string
    to: Destination
    title: string
    id: string
    fields?: Omit<ActivityEdit, 'title'>
    checklist?: readonly string[]
  }): Promise<Answer<Kept>>
  move(input: { activityId: string; to: Destination }): Promise<Answer<Kept>>
  edit(input: { activityId: string; fields: ActivityEdit }): Promise<Answer<Kept>>
  duplicate(input: { activityId: string }): Promise<Answer<Kept>>
  many(input: { activityIds: readonly string[]; change: BulkChange }): Promise<Answer<Kept>>
  undo(input: { changeId: string }): Promise<Answer<Kept>>
  column(input: {
    boardId: string
    change: ColumnChange
  }): Promise<Answer<Undo & { columns: readonly Column[] }>>
  label(input: { change: LabelChange }): Promise<Answer<Undo & { labels: readonly Label[] }>>
  recurring(input: {
    boardId: string
    change: RecurringChange
  }): Promise<Answer<Undo & { recurring: readonly Recurring[] }>>
}

/** What was done, for the sentence of the toast. */
export type Deed =
  | 'created'
  | 'moved'
  | 'edited'
  | 'duplicated'
  | 'archived'
  | 'trashed'
  | 'restored'
  | 'column'
  | 'label'
  | 'recurring'
  | 'undone'

export type Told =
  | {
      readonly kind: 'done'
      readonly deed: Deed
      /** How many activities. */
      readonly n: number
      /** Of a single one. */
      readonly title: string | null
      /** Of a move: the column it went to, if it is on this board. */
      readonly column: Column | null
      readonly undo: Change
    }
  /** `message` null: the server was not reached. */
  | { readonly kind: 'refused'; readonly code: RefusalCode | 'no_answer'; readonly message: string | null }

export interface BoardDoors {
  readonly acts: BoardActs
  /**
   * The board as it is now, without its cards when they are those `known` is the stamp of; null: it is not there any
   * more, or not ours to read. Throws when nobody answers.
   */
  readonly read: (known: string) => Promise<BoardAgain | null>
  readonly tell: (told: Told) => void
  /** Says over the socket whose panel is open here. */
  readonly say: (activityId: string | null) => void
  /** Gathers several reasons to read again, milliseconds from now. Answers what calls it off. */
  readonly later: (work: () => void, ms: number) => () => void
}

/** News that say "read again" come in flocks. */
const GATHER = 120

/** One board in one tab: what the server said, what was done here meanwhile, and what both make together. */
export class BoardStore {
  private known: Known
  private guesses: readonly Guess[] = []
  private shown: BoardState
  private readonly listeners = new Set<() => void>()
  private readonly hearers = new Set<(beside: Beside | null) => void>()
  private cancel: (() => void) | null = null
  private asked = 0
  /** One's own clicks, the last one last, for undo by key. */
  private readonly clicks: Id<'chg'>[] = []
  /** Settled when everything done here so far has its answer. */
  private busy: Promise<unknown> = Promise.resolve()

  constructor(
    page: BoardPage,
    private readonly doors: BoardDoors,
  ) {
    this.known = new Known(page.board.boardId, page.cards)
    this.shown = {
      ...page,
      cards: this.known.lying(),
      waiting: new Set(),
      // Until the channel has greeted us nobody tells us anything.
      live: 'behind',
      looking: new Map(),
    }
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  readonly state = (): BoardState => this.shown

  // What is done here ------------------------------------------------------------------------------------------------

  /** Puts a card elsewhere: at once here, then for everybody. False: refused, and back where it was. */
  async move(activityId: string, to: Destination & { readonly boardId?: string }): Promise<boolean> {
    const { boardId, ...destination } = to
    const here = this.shown.board.boardId
    const answer = await this.guess(
      moveGuess(here, activityId, to),
      () => this.doors.acts.move({ activityId, to: destination }),
      () => 'moved',
      boardId === undefined || boardId === here ? to.columnId : null,
    )
    return answer !== null
  }

  async edit(activityId: string, changes: ActivityEdit): Promise<boolean> {
    const answer = await this.guess(
      editGuess([activityId], changes),
      () => this.doors.acts.edit({ activityId, fields: changes }),
      () => 'edited',
    )
    return answer !== null
  }

  /** A new card, at the end of a column unless told where. */
  async create(input: {
    readonly columnId: string
    readonly title: string
    readonly after?: string | null
    readonly before?: string | null
    readonly fields?: Omit<ActivityEdit, 'title'>
    readonly checklist?: readonly string[]
  }): Promise<Card | null> {
    const { columnId, title, after = null, before = null, fields, checklist } = input
    const { boardId } = this.shown.board
    const id = newId('act')
    const to = { columnId, after, before }
    const card = blankCard({ id, boardId, columnId: columnId as Id<'col'>, title })
    const answer = await this.guess(
      newGuess({ ...card, ...(fields as Partial<Card>) }, to),
      () =>
        this.doors.acts.create({
          boardId,
          to,
          title,
          id,
          ...(fields && { fields }),
          ...(checklist && { checklist }),
        }),
      () => 'created',
    )
    return answer?.cards[0] ?? null
  }

  /** Archives, trashes or brings back. */
  async settle(activityIds: readonly string[], status: ActivityStatus): Promise<boolean> {
    return this.many(activityIds, { do: 'settle', status })
  }

  async duplicate(activityId: string): Promise<Card | null> {
    const answer = await this.guess(
      { about: [activityId], apply: () => undefined },
      () => this.doors.acts.duplicate({ activityId }),
      () => 'duplicated',
    )
    return answer?.cards[0] ?? null
  }

  /** One change of many: all or none. */
  async many(activityIds: readonly string[], change: BulkChange): Promise<boolean> {
    const answer = await this.guess(
      this.guessOf(activityIds, change),
      () => this.doors.acts.many({ activityIds, change }),
      () => deedOf(change),
      change.do === 'move' ? change.columnId : null,
    )
    return answer !== null
  }

  /** Takes back what one click did; of those done here last, when none is named. */
  async undo(named?: string): Promise<boolean> {
    // Whoever takes back what they just did may be quicker than its answer.
    if (named === undefined) await this.busy
    const changeId = named ?? this.clicks.at(-1)
    if (changeId === undefined) return false
    const at = this.clicks.indexOf(changeId as Id<'chg'>)
    if (at >= 0) this.clicks.splice(at, 1)
    const answer = await this.ask(() => this.doors.acts.undo({ changeId }))
    if (!answer) return false
    this.known.take(answer.cards)
    this.draw({})
    this.done('undone', answer.cards, answer.undo, null)
    // Columns, labels, templates: their own news come too, but may come to nobody where the socket is away.
    if (answer.cards.length === 0) this.soon()
    return true
  }

  async column(change: ColumnChange): Promise<boolean> {
    const { boardId } = this.shown.board
    const answer = await this.ask(() => this.doors.acts.column({ boardId, change }))
    if (!answer) return false
    this.draw({ columns: answer.columns })
    this.done('column', [], answer.undo, null)
    if (change.do === 'remove') this.soon()
    return true
  }

  async label(change: LabelChange): Promise<boolean> {
    const answer = await this.ask(() => this.doors.acts.label({ change }))
    if (!answer) return false
    this.draw({ labels: answer.labels })
    this.done('label', [], answer.undo, null)
    return true
  }

  async recurring(change: RecurringChange): Promise<boolean> {
    const { boardId } = this.shown.board
    const answer = await this.ask(() => this.doors.acts.recurring({ boardId, change }))
    if (!answer) return false
    this.draw({ recurring: answer.recurring })
    this.done('recurring', [], answer.undo, null)
    return true
  }

  /** Says to the others which panel is open here. */
  look(activityId: string | null): void {
    this.doors.say(activityId)
  }

  /** What a command of another part (panel, tray) answered: cards as they are now. */
  take(cards: readonly Card[]): void {
    if (this.known.take(cards)) this.draw({})
  }

  // What is heard ----------------------------------------------------------------------------------------------------

  /** Tells of what lies beside the cards as it is heard; null: anything may have changed. Answers what stops it. */
  listen(hearer: (beside: Beside | null) => void): () => void {
    this.hearers.add(hearer)
    return () => this.hearers.delete(hearer)
  }

  heard(event: LiveEvent): void {
    const { boardId } = this.shown.board
    switch (event.type) {
      case 'cards.changed':
        if (event.boardId === boardId) this.take(event.cards)
        return
      case 'columns.changed': {
        if (event.boardId !== boardId) return
        this.draw({ columns: mergeColumns(this.shown.columns, event.columns) })
        // Two lists of columns do not say which of them is later: the board does.
        this.soon()
        return
      }
      case 'beside.changed':
        if (event.boardId !== boardId) return
        if (this.concerns(event)) this.soon()
        for (const hearer of this.hearers) hearer(event)
        return
      case 'measures.changed':
      case 'filters.changed':
      case 'workspace.changed':
        this.soon()
    }
  }

  /** Whether the board itself shows any of it: files only their panel shows, the tray only who may answer. */
  private concerns({ what, activityId, count }: Beside): boolean {
    if (what === 'files') return false
    if (what === 'tray') return this.shown.may.answer
    if (what !== 'comments' || activityId === null || count === undefined) return true
    this.draw({ comments: { ...this.shown.comments, [activityId]: count } })
    return false
  }

  /** The connection: greeted, lost, or over for good. */
  linked(live: BoardState['live']): void {
    if (this.shown.live === live || this.shown.live === 'ended') return
    this.draw({ live })
    if (live === 'live') for (const hearer of this.hearers) hearer(null)
  }

  present(looking: ReadonlyMap<string, readonly Looker[]>): void {
    this.draw({ looking })
  }

  /** The whole board again. Guesses that wait stay on top; news that come meanwhile are not lost. */
  async reread(): Promise<void> {
    this.cancel?.()
    this.cancel = null
    this.asked += 1
    const mine = this.asked
    const mark = this.known.mark()
    try {
      const page = await this.doors.read(this.known.stamp())
      // A later question is on its way: its answer is newer.
      if (mine !== this.asked) return
      if (!page) {
        this.draw({ live: 'ended' })
        return
      }
      const { cards, ...rest } = page
      if (cards) this.known.replace(cards, mark)
      this.draw(keepSame(this.shown, rest))
    } catch {
      // Whoever could not be reached is asked again when the connection is back.
    }
  }

  /** Reads again shortly: several reasons in one breath are one. */
  soon(): void {
    this.cancel ??= this.doors.later(() => {
      this.cancel = null
      void this.reread()
    }, GATHER)
  }

  end(): void {
    this.cancel?.()
    this.cancel = null
    this.asked += 1
  }

  // ------------------------------------------------------------------------------------------------------------------

  private guessOf(ids: readonly string[], change: BulkChange): Guess {
    switch (change.do) {
      case 'edit':
        return editGuess(ids, change.fields)
      case 'tag':
        return tagGuess(ids, change)
      case 'settle':
        return change.status === 'active' ? { about: ids, apply: () => undefined } : goneGuess(ids)
      case 'move': {
        if (!this.shown.columns.some(({ id }) => id === change.columnId)) return goneGuess(ids)
        const cards = ids.flatMap((id) => this.shown.cards.get(id) ?? [])
        return moveManyGuess(
          cards.sort(inOrder).map(({ id }) => id),
          change.columnId,
        )
      }
    }
  }

  private guess(...given: Parameters<BoardStore['guessed']>): Promise<Kept | null> {
    const done = this.guessed(...given)
    this.busy = Promise.allSettled([this.busy, done])
    return done
  }

  private async guessed(
    guess: Guess,
    act: () => Promise<Answer<Kept>>,
    deed: () => Deed,
    columnId: string | null = null,
  ): Promise<Kept | null> {
    this.guesses = [...this.guesses, guess]
    this.draw({})
    const answer = await this.ask(act, () => {
      this.guesses = this.guesses.filter((one) => one !== guess)
    })
    if (!answer) {
      this.draw({})
      return null
    }
    this.known.take(answer.cards)
    this.draw({})
    this.done(deed(), answer.cards, answer.undo, columnId)
    return answer
  }

  /** Asks the server. `answered` runs before anything is drawn or said. */
  private async ask<T>(act: () => Promise<Answer<T>>, answered?: () => void): Promise<T | null> {
    let answer: Answer<T> | null = null
    try {
      answer = await act()
    } catch {
      // Said below: the server was not reached.
    }
    answered?.()
    if (answer?.ok) return answer.value
    this.doors.tell({
      kind: 'refused',
      code: answer?.code ?? 'no_answer',
      message: answer?.message ?? null,
    })
    // It was refused for something this page does not know of yet: other rights, another column, a newer word.
    if (answer) this.soon()
    return null
  }

  private done(deed: Deed, cards: readonly Card[], undo: Change, columnId: string | null): void {
    if (undo === null) return
    if (deed !== 'undone') {
      this.clicks.push(undo)
      if (this.clicks.length > 50) this.clicks.shift()
    }
    this.doors.tell({
      kind: 'done',
      deed,
      n: cards.length,
      title: cards.length === 1 ? (cards[0]?.title ?? null) : null,
      column: this.shown.columns.find(({ id }) => id === columnId) ?? null,
      undo,
    })
  }

  private draw(changes: Partial<BoardState>): void {
    const cards = this.known.lying()
    for (const { apply } of this.guesses) apply(cards)
    const waiting = new Set(this.guesses.flatMap(({ about }) => about))
    this.shown = {
      ...this.shown,
      ...changes,
      cards: sameMap(this.shown.cards, cards) ? this.shown.cards : cards,
      waiting: sameSet(this.shown.waiting, waiting) ? this.shown.waiting : waiting,
    }
    for (const listener of this.listeners) listener()
  }
}

function deedOf(change: BulkChange): Deed {
  if (change.do === 'move') return 'moved'
  if (change.do !== 'settle') return 'edited'
  return change.status === 'active' ? 'restored' : change.status
}

/** Of columns in both, those of the higher revision; which there are, the news say. */
function mergeColumns(known: readonly Column[], news: readonly Column[]): readonly Column[] {
  return news
    .map((column) => {
      const before = known.find(({ id }) => id === column.id)
      return before && before.revision > column.revision ? before : column
    })
    .sort(inOrder)
}

/** Parts that say the same stay the same objects, so that only what changed is drawn anew. */
function keepSame<T extends object>(before: T, after: Partial<T>): Partial<T> {
  const kept: Partial<T> = { ...after }
  for (const key of Object.keys(after) as (keyof T)[])
    if (JSON.stringify(before[key]) === JSON.stringify(after[key])) kept[key] = before[key]
  return kept
}

function sameMap(a: ReadonlyMap<string, Card>, b: ReadonlyMap<string, Card>): boolean {
  if (a.size !== b.size) return false
  for (const [id, card] of b) if (a.get(id) !== card) return false
  return true
}

function sameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...b].every((id) => a.has(id))
}
