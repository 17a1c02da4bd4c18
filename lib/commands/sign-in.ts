import { parseEmail } from '@/lib/domain/email'
import { Refusal } from '@/lib/domain/refusal'
import type { GuestContext } from './context'
import type { WithHasher } from './hasher'
import { limitAll } from './rate-limit'
import { signInLimits, signInPairKey } from './sign-in-limits'
import { type Started, startSession } from './start-session'

/**
 * Signs in by address and password. Refuses with `invalid_email`, `rate_limited`, or `sign_in_failed` with the tries
 * that are `left` - the same for a wrong password, an unknown address and a user without a password, after the same work.
 */
export async function signIn(
  context: WithHasher<GuestContext>,
  input: { readonly email: string; readonly password: string },
): Promise<Started> {
  const { store, clock, hasher, address } = context
  const email = parseEmail(input.email)
  if (email === null) throw new Refusal('invalid_email', { field: 'email' })
  // Counted before the password is looked at: a hundred tries at once are a hundred tries.
  const [left = 0] = await limitAll(store, signInLimits(email, address), clock.now())

  const known = await store.read.users.credentials(email)
  const fits = await hasher.verify(known?.passwordHash ?? null, input.password)
  if (!known || !fits) throw new Refusal('sign_in_failed', { field: 'password', left })

  return store.transact(async (tx) => {
    // A reset may have ended all sessions while the hash was being checked. Its password is not the one checked
    // here, and this session must not be the one that survives.
    const now = await tx.users.lockCredentials(known.userId)
    if (!now || now.passwordHash !== known.passwordHash) {
      throw new Refusal('sign_in_failed', { field: 'password', left })
    }
    await tx.rateLimits.forget(signInPairKey(email, address))
    return startSession(tx, context, known.userId)
  })
}
