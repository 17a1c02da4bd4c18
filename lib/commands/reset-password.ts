import { checkPassword } from '@/lib/domain/password'
import { Refusal } from '@/lib/domain/refusal'
import type { GuestContext } from './context'
import type { WithHasher } from './hasher'
import { limitAll } from './rate-limit'
import { redeemLimits } from './sign-in-limits'
import { type Started, startSession } from './start-session'

/**
 * Sets a new password by a mailed link, once, and ends every session there was. Refuses with `expired`
 * (unknown ones too), `already_used`, or what is wrong with the password; then the link still works.
 */
export async function resetPassword(
  context: WithHasher<GuestContext>,
  input: { readonly token: string; readonly password: string },
): Promise<Started> {
  const { store, live, mailer, clock, hasher, address } = context
  await limitAll(store, redeemLimits(address), clock.now())
  const link = await store.read.mailedLinks.reset(input.token)
  const now = new Date(clock.now())
  if (!link || link.expiresAt <= now) throw new Refusal('expired')
  if (link.usedAt) throw new Refusal('already_used')
  checkPassword(input.password, link)
  const passwordHash = await hasher.hash(input.password)

  const started = await store.transact(async (tx) => {
    // The user first, as everywhere: two that lock in different orders wait for each other for ever. A sign-in with the
    // old password either has its session ended here, or waits and finds another hash.
    await tx.users.lockCredentials(link.userId)
    const userId = await tx.mailedLinks.redeemReset(input.token, now)
    if (!userId) throw new Refusal('already_used')
    await tx.users.setPassword(userId, passwordHash)
    // A link from the server's log proves that whoever runs the server knows the user, not that the mailbox is theirs.
    if (mailer.delivers) await tx.users.verify(userId, now)
    await tx.sessions.revokeAll(userId, now)
    await tx.mailedLinks.closeAll(userId, now)
    return startSession(tx, context, userId)
  })
  live.revoke({ userId: started.userId })
  return started
}
