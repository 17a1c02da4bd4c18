import type { Id } from '@/lib/kit/ids'

/** Why somebody is told: they were named, somebody answered where they spoke, or their argument was ended. */
export const notificationKinds = ['mention', 'reply', 'resolved', 'reopened'] as const
export type NotificationKind = (typeof notificationKinds)[number]

export interface Notification {
  readonly id: Id<'ntf'>
  readonly workspaceId: Id<'ws'>
  readonly memberId: Id<'mem'>
  readonly strategyId: Id<'str'>
  readonly threadId: Id<'thr'> | null
  readonly commentId: Id<'com'> | null
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
