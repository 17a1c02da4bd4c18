import { createHash, randomBytes } from 'node:crypto'
import { permit } from '@/lib/domain/permissions'
import { actorNow } from './board-access'
import type { Context } from './context'

/** Of a feed's token: what the database keeps. */
export function feedHash(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/**
 * A secret address for one's own calendar: 256 bits, shown once. A new one takes the old one's place, which answers no
 * more.
 */
export async function openFeed(context: Context): Promise<{ readonly token: string }> {
  const token = randomBytes(32).toString('base64url')
  await context.store.transact(async (tx) => {
    const actor = await actorNow(tx, context)
    permit(actor, 'calendar.feed')
    await tx.feeds.put(actor.memberId, feedHash(token), new Date(context.clock.now()))
  })
  return { token }
}

/** The address answers no more. */
export async function closeFeed(context: Context): Promise<void> {
  await context.store.transact(async (tx) => {
    const actor = await actorNow(tx, context)
    permit(actor, 'calendar.feed')
    await tx.feeds.remove(actor.memberId)
  })
}
