import type { Context } from './context'
import { tellInboxes } from './notify'

/** What of one's inbox: some entries (read or unread again), what one thread told, or everything until now. */
export type InboxPart =
  | { readonly kind: 'entries'; readonly ids: readonly string[]; readonly read: boolean }
  | { readonly kind: 'thread'; readonly threadId: string }
  /** What one activity told, its comments and hand-offs too. */
  | { readonly kind: 'activity'; readonly activityId: string }
  /** What one review told, and what was decided in it. */
  | { readonly kind: 'review'; readonly reviewId: string }
  | { readonly kind: 'all' }

/** Marks one's own notifications. Whatever else is named changes nothing. */
export async function markRead({ actor, store, live, clock }: Context, part: InboxPart): Promise<void> {
  const now = new Date(clock.now())
  const changed = await store.transact((tx) => {
    const { notifications } = tx
    switch (part.kind) {
      case 'entries':
        return notifications.mark(actor.memberId, part.ids, part.read ? now : null)
      case 'thread':
        return notifications.markThread(actor.memberId, part.threadId, now)
      case 'activity':
        return notifications.markActivity(actor.memberId, part.activityId, now)
      case 'review':
        return notifications.markReview(actor.memberId, part.reviewId, now)
      case 'all':
        return notifications.markAll(actor.memberId, now)
    }
  })
  if (changed > 0) tellInboxes(live, actor.workspaceId, [actor.memberId])
}
