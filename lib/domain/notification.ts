import type { Id } from '@/lib/kit/ids'

/** Why somebody is told. In a strategy: */
export const strategyKinds = [
  /** They were named; on boards, too. */
  'mention',
  /** Somebody answered where they spoke. */
  'reply',
  /** Their argument was ended, or begun again. */
  'resolved',
  'reopened',
  /** What they propose was decided, in parts or as a whole. */
  'proposal',
] as const

/** On boards: */
export const boardKinds = [
  'mention',
  'comment',
  /** They answer for an activity from now on, or help with it. */
  'assigned',
  'moved',
  'due',
  'hand_off_offered',
  'hand_off_accepted',
  'hand_off_declined',
  'hand_off_delivered',
  'request_received',
  'request_accepted',
  'request_declined',
  /** Words that an activity of theirs serves have moved: is it still right? And, days later: nobody has said. */
  'impact_asked',
  'impact_waiting',
  /** The calendar: their activity is due. */
  'due_soon',
] as const

/** In reviews: */
export const reviewKinds = [
  /** They take part, or lead it, from now on. */
  'review_invited',
  /** It is held on another day. */
  'review_moved',
  'review_started',
  'review_closed',
  /** The calendar: it is held soon; and they have not said yet that they are prepared. */
  'review_soon',
  'review_unprepared',
  /** What was decided is theirs to follow; it is due. */
  'decision_assigned',
  'decision_due',
] as const

export type StrategyKind = (typeof strategyKinds)[number]
export type BoardKind = (typeof boardKinds)[number]
export type ReviewKind = (typeof reviewKinds)[number]
export type NotificationKind = StrategyKind | BoardKind | ReviewKind

export interface Notification {
  readonly id: Id<'ntf'>
  readonly workspaceId: Id<'ws'>
  readonly memberId: Id<'mem'>
  /** Where it happened: in a strategy, on a board, or in a review. One of them, never two. */
  readonly strategyId: Id<'str'> | null
  readonly boardId: Id<'brd'> | null
  readonly reviewId: Id<'rev'> | null
  readonly activityId: Id<'act'> | null
  readonly threadId: Id<'thr'> | null
  /** What was said in a strategy. */
  readonly commentId: Id<'com'> | null
  /** What was said about an activity. */
  readonly saidId: Id<'com'> | null
  /** The proposal, hand-off, request, decision or changed words it is about, or the document in which somebody is named. */
  readonly subjectId: string | null
  readonly kind: NotificationKind
  /** Null: nobody did anything; the calendar reminds. */
  readonly by: Id<'mem'> | null
  readonly createdAt: Date
  readonly readAt: Date | null
}

/** Of a decision one learns as its owner, also where one may not read the rest of the review. */
export const decisionKinds: readonly NotificationKind[] = ['decision_assigned', 'decision_due']

/** Nobody did anything: the calendar says so. */
export const reminderKinds: readonly NotificationKind[] = [
  'review_soon',
  'review_unprepared',
  'due_soon',
  'decision_due',
  'impact_waiting',
]

/** A mail waits until nothing more has come for this long, so that thirty mentions are one letter; milliseconds. */
export const MAIL_QUIET = 5 * 60_000
/** But never longer than this after the first. */
export const MAIL_LATEST = 30 * 60_000

/**
 * Who is told of a comment: those it mentions by name, those it mentions by department, and those who spoke in the
 * thread before. Each once, the mention first; never the author.
 */
export function toldOf(given: {
  readonly author: string
  readonly mentioned: Iterable<Id<'mem'>>
  readonly took: Iterable<Id<'mem'>>
}): Map<Id<'mem'>, 'mention' | 'reply'> {
  const told = new Map<Id<'mem'>, 'mention' | 'reply'>()
  for (const id of given.mentioned) if (id !== given.author) told.set(id, 'mention')
  for (const id of given.took) if (id !== given.author && !told.has(id)) told.set(id, 'reply')
  return told
}

/** What follows a board's address where a notification leads: the activity, or the tray with the request in it. */
export function queryOnBoard(kind: NotificationKind, activityId: string | null): string {
  if (activityId !== null) return `?card=${activityId}`
  return kind === 'request_received' || kind === 'request_declined' ? '?tray' : ''
}
