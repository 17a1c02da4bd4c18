import type { Store } from '@/db/store'

const DAY = 86_400_000
/** Ended sessions and links stay this long, for whoever asks what happened last week. */
const KEPT = 30 * DAY

/** Removes what only time has ended: windows of rate limits, links, sessions. Run now and then, by any node. */
export async function sweepExpired(store: Store, now: number): Promise<void> {
  await store.transact(async (tx) => {
    // The longest window is an hour.
    await tx.rateLimits.sweep(new Date(now - DAY))
    await tx.mailedLinks.sweep(new Date(now - KEPT))
    await tx.shares.sweepVisits(new Date(now))
    await tx.sessions.sweep(new Date(now - KEPT))
  })
}
