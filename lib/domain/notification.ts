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
] as const

export type StrategyKind = (typeof strategyKinds)[number]
export type BoardKind = (typeof boardKinds)[number]
export type NotificationKind = StrategyKind | BoardKind

export interface Notification {
  readonly id: Id<'ntf'>
  readonly workspaceId: Id<'ws'>
  readonly memberId: Id<'mem'>
  /** Where it happened: in a strategy, or on a board. Never both, never none. */
  readonly strategyId: Id<'str'> | null
  readonly boardId: Id<'brd'> | null
  readonly activityId: Id<'act'> | null
  readonly threadId: Id<'thr'> | null
  /** What was said in a strategy. */
  readonly commentId: Id<'com'> | null
  /** What was said about an activity. */
  readonly saidId: Id<'com'> | null
  /** The proposal, hand-off or request it is about. */
  readonly subjectId: string | null
  readonly kind: NotificationKind
  readonly by: Id<'mem'>
  readonly createdAt: Date
  readonly readAt: Date | null
}

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
