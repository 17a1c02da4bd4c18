import type { Card } from './card'
import type { Column } from './column'

/**
 * What is told over the sockets besides document updates: that something changed, with its id and revision.
 * Words travel only in rooms whose members may read them.
 */
export type LiveEvent =
  | { readonly type: 'strategies.changed' }
  | {
      readonly type: 'strategy.renamed'
      readonly strategyId: string
      readonly title: string
      readonly revision: number
    }
  | { readonly type: 'members.changed' }
  | { readonly type: 'departments.changed' }
  | { readonly type: 'workspace.changed' }
  /** A thread was begun, answered, resolved, moved or deleted: whoever shows it reads it again. */
  | {
      readonly type: 'versions.changed'
      readonly strategyId: string
      /** Of the newest version, which says what the text says; null: an older one has another name. */
      readonly number: number | null
    }
  /** What is proposed, or what became of it. */
  | { readonly type: 'proposals.changed'; readonly strategyId: string }
  /** Names under the positioning. */
  | { readonly type: 'signs.changed'; readonly strategyId: string }
  | { readonly type: 'threads.changed'; readonly strategyId: string; readonly threadId: string }
  /** One member's inbox: who looks at it asks how much waits. */
  | { readonly type: 'inbox.changed'; readonly memberId: string }
  /** The items of a strategy, as rows, have followed its document; to the whole workspace when one came or went. */
  | { readonly type: 'items.changed'; readonly strategyId: string; readonly seq: number }
  /** A board's tray, columns, labels or hand-offs, as far as whoever shows the overview cares. No words. */
  | { readonly type: 'board.changed'; readonly boardId: string }
  /** Filters that are shared. One's own are read anew by the page that changed them. */
  | { readonly type: 'filters.changed' }
  | { readonly type: 'measures.changed'; readonly measureId: string | null }
  /** A quarter was opened, noted, carried over or closed. */
  | { readonly type: 'cycles.changed'; readonly cycle: string }
  /** On the workspace's channel and the review's own room: whoever shows it reads it again. No words. */
  | { readonly type: 'review.changed'; readonly reviewId: string }
  /** Words that activities serve have moved, or somebody answered. */
  | { readonly type: 'impacts.changed'; readonly impactId: string }
  /** Somebody answers for a difficulty that nobody works on, or no longer. */
  | { readonly type: 'risks.changed'; readonly strategyId: string }
  /** On the channel of a board, whose listeners may read it: the cards as they are now. The higher revision wins. */
  | { readonly type: 'cards.changed'; readonly boardId: string; readonly cards: readonly Card[] }
  | { readonly type: 'columns.changed'; readonly boardId: string; readonly columns: readonly Column[] }
  /** Something beside a card: whoever shows it reads it again. */
  | {
      readonly type: 'beside.changed'
      readonly boardId: string
      readonly what:
        | 'tray'
        | 'hand-offs'
        | 'relations'
        | 'comments'
        | 'files'
        | 'labels'
        | 'recurring'
        | 'everything'
      readonly activityId: string | null
      /** Of comments: how many there are now. */
      readonly count?: number
    }
