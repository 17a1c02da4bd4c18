import { type Id, isId } from '@/lib/kit/ids'
import { Refusal } from './refusal'

/** The longest comment, in characters: some two pages. */
export const MAX_COMMENT = 8_000
/** The longest reason of an outcome. */
export const MAX_REASON = 600
/** So many words are quoted; more would be a copy of the strategy. */
export const MAX_QUOTE = 280

/** So long whoever deleted a comment may put it back, milliseconds: the toast that offers it waits while it is pointed at. */
export const WAY_BACK = 10 * 60_000

/** What a thread hangs on. Where its words lie now is read off the document, and kept beside it. */
export type ThreadAnchor =
  | {
      readonly kind: 'words'
      /** The root its words were last seen in. */
      readonly root: string
      readonly quote: string
      /** The item around them, if any, and which part of it. */
      readonly itemId: string | null
      readonly part: string | null
    }
  | {
      readonly kind: 'item'
      readonly root: string
      readonly quote: string
      readonly itemId: string
      readonly part: string | null
    }

export const outcomes = ['adopted', 'rejected', 'watch'] as const
export type OutcomeKind = (typeof outcomes)[number]

/** What became of an argument about the positioning. */
export type Outcome =
  | { readonly kind: 'adopted'; readonly reason: string | null }
  | { readonly kind: 'rejected'; readonly reason: string }
  /** Tried and watched, on a measure where there is one; it comes back on `until` (YYYY-MM-DD). */
  | {
      readonly kind: 'watch'
      readonly reason: string
      readonly until: string
      readonly measureId: Id<'mea'> | null
    }

export type Standing =
  | { readonly state: 'open' }
  | {
      readonly state: 'resolved'
      readonly by: Id<'mem'>
      readonly at: Date
      readonly outcome: Outcome | null
    }

export interface Thread {
  readonly id: Id<'thr'>
  readonly workspaceId: Id<'ws'>
  readonly strategyId: Id<'str'>
  readonly anchor: ThreadAnchor
  /** Whether it argues about the positioning: resolving it asks for its outcome. */
  readonly positioning: boolean
  /** Its words are not in the text now. */
  readonly onDeletedText: boolean
  readonly standing: Standing
  readonly revision: number
  readonly createdBy: Id<'mem'>
  readonly createdAt: Date
}

export interface Comment {
  readonly id: Id<'com'>
  readonly threadId: Id<'thr'>
  readonly memberId: Id<'mem'>
  /** Empty from the moment it is deleted: only that somebody had said something is left to read. */
  readonly text: string
  /** Who said it, where a file brought it: `memberId` is then who imported the file. */
  readonly importedAuthor?: string | null
  /** Reactions a file brought, by the names it gives: they are nobody's here. */
  readonly importedReactions?: readonly NamedReaction[] | null
  readonly createdAt: Date
  readonly editedAt: Date | null
  readonly deletedAt: Date | null
}

/** The small set, by name: which picture stands for one is the page's business. */
export const reactions = ['yes', 'no', 'heart', 'look', 'think', 'party'] as const
export type Reaction = (typeof reactions)[number]

/** Who gave a reaction, by name. */
export interface NamedReaction {
  readonly reaction: Reaction
  readonly by: readonly string[]
}

/** A comment's words: 1 to MAX_COMMENT characters, line ends as \n, nothing invisible that could hide others. */
export function cleanComment(text: string): string {
  const clean = tidy(text).trim()
  if (clean === '') throw new Refusal('required', { field: 'text' })
  if ([...clean].length > MAX_COMMENT) throw new Refusal('too_long', { field: 'text', max: MAX_COMMENT })
  return clean
}

/** What the browser says it quotes, on one line. */
export function cleanQuote(text: string): string {
  const line = tidy(text).replace(/\s+/g, ' ').trim()
  const letters = [...line]
  return letters.length <= MAX_QUOTE ? line : `${letters.slice(0, MAX_QUOTE - 1).join('')}…`
}

// Zero-width joiners stay: emoji and some scripts are written with them.
function tidy(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[\p{Cc}\u200b\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/gu, (sign) =>
      sign === '\n' || sign === '\t' ? sign : '',
    )
}

/** What the form of an outcome says, or the refusal for one that is not whole. */
export function readOutcome(given: {
  readonly kind: OutcomeKind
  readonly reason: string
  readonly until: string
  readonly measureId?: string | null
}): Outcome {
  const reason = tidy(given.reason).replace(/\s+/g, ' ').trim()
  if ([...reason].length > MAX_REASON) throw new Refusal('too_long', { field: 'reason', max: MAX_REASON })
  if (given.kind === 'adopted') return { kind: 'adopted', reason: reason === '' ? null : reason }
  if (reason === '') throw new Refusal('required', { field: 'reason' })
  if (given.kind === 'rejected') return { kind: 'rejected', reason }
  if (!isDay(given.until)) throw new Refusal('required', { field: 'until' })
  const measureId = given.measureId ?? null
  if (measureId !== null && !isId('mea', measureId)) throw new Refusal('not_found')
  return { kind: 'watch', reason, until: given.until, measureId }
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const day = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
}

/**
 * Ends an argument. One about the positioning ends with an outcome; elsewhere none is kept. Resolving what is resolved
 * changes nothing: two people press the button in the same second.
 */
export function resolveThread<T extends Thread>(
  thread: T,
  by: Id<'mem'>,
  at: Date,
  outcome: Outcome | null,
): T {
  if (thread.standing.state === 'resolved') return thread
  if (thread.positioning && outcome === null) throw new Refusal('outcome_required', { field: 'outcome' })
  return {
    ...thread,
    standing: { state: 'resolved', by, at, outcome: thread.positioning ? outcome : null },
  }
}

export function reopenThread<T extends Thread>(thread: T): T {
  return thread.standing.state === 'open' ? thread : { ...thread, standing: { state: 'open' } }
}

/** One's own words, as long as they stand. */
export function mayRewrite(comment: Comment, by: Id<'mem'>): boolean {
  // What a file brought stands under another name: nobody rewrites it, not even who brought it.
  return comment.memberId === by && comment.deletedAt === null && !comment.importedAuthor
}
