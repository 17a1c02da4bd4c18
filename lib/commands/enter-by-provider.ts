import { parseEmail } from '@/lib/domain/email'
import { Refusal } from '@/lib/domain/refusal'
import { cleanName, MAX_NAME } from '@/lib/domain/user'
import { type Id, newId } from '@/lib/kit/ids'
import type { GuestContext } from './context'
import { limitAll } from './rate-limit'
import { signUpLimits } from './sign-in-limits'

/** What a provider says about whoever has just signed in there. */
export interface ProviderProfile {
  readonly provider: string
  /** The provider's own, unchanging name for them. */
  readonly providerAccountId: string
  readonly email: string
  /** True only where the provider says that they have shown the address to be theirs. */
  readonly emailVerified: boolean
  readonly name: string
}

/**
 * Who it is that signed in at Google, GitHub or an OIDC provider: a user linked before, a user with the same address,
 * or a new one. Refuses with `invalid_email`, or with `not_allowed` when the address is somebody's and not proven.
 */
export async function enterByProvider(
  { store, live, clock, address, language }: GuestContext,
  given: ProviderProfile,
): Promise<{ readonly userId: Id<'usr'> }> {
  const { provider, providerAccountId } = given
  const account = { provider, providerAccountId }
  const linked = await store.read.users.findByAccount(account)
  if (linked) return { userId: linked.id }

  const email = parseEmail(given.email)
  if (email === null) throw new Refusal('invalid_email')
  await limitAll(store, signUpLimits(address), clock.now())
  const now = new Date(clock.now())

  const entered = await store.transact(async (tx) => {
    const added = await tx.users.add({
      id: newId('usr'),
      name: nameFor(given.name, email),
      email,
      emailVerified: given.emailVerified ? now : null,
      passwordHash: null,
      locale: language,
    })
    if (added) {
      await tx.users.link(added.id, account)
      return { userId: added.id, takenBack: false }
    }
    // The address is somebody's. An address alone proves nothing: at some providers anybody may write any address
    // into their profile, and would walk into the owner's workspaces. Only a provider that has checked it opens the door.
    const existing = await tx.users.credentials(email)
    if (!existing || !given.emailVerified) throw new Refusal('not_allowed')
    const owner = await tx.users.lockCredentials(existing.userId)
    if (!owner) throw new Refusal('not_allowed')
    // The other way round: the address was never proven here, so somebody may have signed up with it and waited for
    // its owner to come. The one who has proven it now keeps the user; password, links and sessions from before end.
    const takenBack = owner.emailVerified === null
    if (takenBack) {
      await tx.users.setPassword(owner.userId, null)
      await tx.users.unlinkAll(owner.userId)
      await tx.sessions.revokeAll(owner.userId, now)
      await tx.mailedLinks.closeAll(owner.userId, now)
      await tx.users.verify(owner.userId, now)
    }
    await tx.users.link(owner.userId, account)
    return { userId: owner.userId, takenBack }
  })
  if (entered.takenBack) live.revoke({ userId: entered.userId })
  return { userId: entered.userId }
}

/** A provider's name for them may be empty, or one of our refusals; nobody is kept out for that. */
function nameFor(name: string, email: string): string {
  const short = [...name].slice(0, MAX_NAME).join('')
  try {
    return cleanName(short)
  } catch {
    return email.slice(0, email.indexOf('@'))
  }
}
