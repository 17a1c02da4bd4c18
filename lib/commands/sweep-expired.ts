import type { Store } from '@/db/store'
import { restorableSince } from '@/lib/domain/workspace'
import { NOWHERE } from './sample-workspace'

const DAY = 86_400_000
/** Ended sessions and links stay this long, for whoever asks what happened last week. */
const KEPT = 30 * DAY
/** Nobody looks for it any more. */
const READ = 180 * DAY

/**
 * Removes what only time has ended: windows of rate limits, links, sessions, notifications read long ago, and workspaces
 * that were deleted so long ago that nobody can bring them back, with all their rows. Run now and then, by any node.
 */
export async function sweepExpired(store: Store, now: number): Promise<void> {
  await store.transact(async (tx) => {
    // The longest window is an hour.
    await tx.rateLimits.sweep(new Date(now - DAY))
    await tx.mailedLinks.sweep(new Date(now - KEPT))
    await tx.shares.sweepVisits(new Date(now))
    await tx.sessions.sweep(new Date(now - KEPT))
    await tx.notifications.sweep(new Date(now - READ))
    await tx.reminders.sweep(new Date(now - READ))
  })
  const since = restorableSince(now)
  for (const id of await store.read.workspaces.overdue(since)) {
    // Each by itself: one that cannot be erased keeps no other.
    await store.transact(async (tx) => {
      // Asked again with its row held: an owner may be bringing it back in this very moment.
      if (await tx.workspaces.lockOverdue(id, since)) await tx.workspaces.erase(id, NOWHERE)
    })
  }
}
