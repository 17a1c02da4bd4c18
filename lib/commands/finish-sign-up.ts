import { checkPassword } from '@/lib/domain/password'
import { Refusal } from '@/lib/domain/refusal'
import { cleanName } from '@/lib/domain/user'
import { newId } from '@/lib/kit/ids'
import type { GuestContext } from './context'
import type { WithHasher } from './hasher'
import { limitAll } from './rate-limit'
import { redeemLimits } from './sign-in-limits'
import { type Started, startSession } from './start-session'

/** Finishes a sign-up by the link of its mail. Refuses with `expired` (unknown ones too) or `already_used`. */
export async function finishSignUp(
  context: WithHasher<GuestContext>,
  input: { readonly token: string; readonly name: string; readonly password: string },
): Promise<Started & { readonly next: string }> {
  const { store, clock, hasher, address, language } = context
  await limitAll(store, redeemLimits(address), clock.now())
  const link = await store.read.mailedLinks.signUp(input.token)
  const now = new Date(clock.now())
  if (!link || link.expiresAt <= now) throw new Refusal('expired')
  if (link.usedAt) throw new Refusal('already_used')
  const name = cleanName(input.name)
  checkPassword(input.password, { name, email: link.email })
  const passwordHash = await hasher.hash(input.password)

  return store.transact(async (tx) => {
    const redeemed = await tx.mailedLinks.redeemSignUp(input.token, now)
    if (!redeemed) throw new Refusal('already_used')
    const { email, next } = redeemed
    const user = await tx.users.add({
      id: newId('usr'),
      name,
      email,
      emailVerified: now,
      passwordHash,
      locale: language,
    })
    // A second letter of the same sign-up was faster. Its owner is told what happened, there is nobody else here.
    if (!user) throw new Refusal('already_used')
    return { ...(await startSession(tx, context, user.id)), next }
  })
}
