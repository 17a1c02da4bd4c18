import { checkPassword } from '@/lib/domain/password'
import { Refusal } from '@/lib/domain/refusal'
import type { UserContext } from './context'
import type { WithHasher } from './hasher'
import { limitAll } from './rate-limit'
import { changePasswordLimits } from './sign-in-limits'

/**
 * Changes the password of who knows the present one, and ends every other session. A user without a password sets
 * one by a reset mail: a session left open on a shared machine must not be enough to take the user over.
 */
export async function changePassword(
  { store, live, clock, hasher, user, sessionId }: WithHasher<UserContext>,
  input: { readonly present: string; readonly password: string },
): Promise<void> {
  await limitAll(store, changePasswordLimits(user.id), clock.now())
  const known = await store.read.users.credentialsOf(user.id)
  if (!(await hasher.verify(known?.passwordHash ?? null, input.present))) {
    throw new Refusal('wrong_password', { field: 'present' })
  }
  checkPassword(input.password, user)
  const passwordHash = await hasher.hash(input.password)

  const now = new Date(clock.now())
  const ended = await store.transact(async (tx) => {
    const locked = await tx.users.lockCredentials(user.id)
    // Somebody changed it meanwhile: what was checked is no longer the present password.
    if (!locked || locked.passwordHash !== known?.passwordHash) {
      throw new Refusal('wrong_password', { field: 'present' })
    }
    await tx.users.setPassword(user.id, passwordHash)
    await tx.mailedLinks.closeAll(user.id, now)
    return tx.sessions.revokeAll(user.id, now, sessionId)
  })
  for (const session of ended) live.revoke({ sessionId: session })
}
