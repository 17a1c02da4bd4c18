import type { Writer } from '@/db/repositories'
import { sessionExpiry } from '@/lib/domain/session'
import { type Id, newId } from '@/lib/kit/ids'
import type { GuestContext } from './context'

/** A session that has just begun. */
export interface Started {
  readonly userId: Id<'usr'>
  readonly sessionId: Id<'ses'>
}

/** Begins a session inside the transaction that decided it may. */
export async function startSession(
  tx: Writer,
  { clock, userAgent, address }: Pick<GuestContext, 'clock' | 'userAgent' | 'address'>,
  userId: Id<'usr'>,
): Promise<Started> {
  const now = new Date(clock.now())
  const sessionId = newId('ses')
  const expiresAt = sessionExpiry(now, now.getTime())
  await tx.sessions.add({ id: sessionId, userId, userAgent, address, createdAt: now, seenAt: now, expiresAt })
  return { userId, sessionId }
}
