import { parseEmail } from '@/lib/domain/email'
import { checkPassword } from '@/lib/domain/password'
import { Refusal } from '@/lib/domain/refusal'
import { cleanName } from '@/lib/domain/user'
import { newId } from '@/lib/kit/ids'
import type { GuestContext } from './context'
import type { WithHasher } from './hasher'
import { limitAll } from './rate-limit'
import { signUpLimits } from './sign-in-limits'
import { type Started, startSession } from './start-session'

/**
 * Signs up at once, on a server that sends no mail; where mail is sent the address must be proven first (see
 * request-sign-up.ts). What a stranger may still learn, and why: docs/decisions/0005-sign-up-without-mail.md.
 */
export async function signUp(
  context: WithHasher<GuestContext>,
  input: { readonly name: string; readonly email: string; readonly password: string },
): Promise<Started> {
  const { store, mailer, clock, hasher, address, language } = context
  // Two doors, of which only one is open: else the unproven way in would be there for everybody who knows its name.
  if (mailer.delivers) throw new Refusal('not_allowed')
  const name = cleanName(input.name)
  const email = parseEmail(input.email)
  if (email === null) throw new Refusal('invalid_email', { field: 'email' })
  checkPassword(input.password, { name, email })
  await limitAll(store, signUpLimits(address), clock.now())

  // Hashed before anybody looks whether the address is taken: the costly step is the same in both cases.
  const passwordHash = await hasher.hash(input.password)
  return store.transact(async (tx) => {
    const user = await tx.users.add({
      id: newId('usr'),
      name,
      email,
      emailVerified: null,
      passwordHash,
      locale: language,
    })
    if (!user) throw new Refusal('email_taken', { field: 'email' })
    return startSession(tx, context, user.id)
  })
}
