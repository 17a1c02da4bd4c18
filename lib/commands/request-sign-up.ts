import { parseEmail } from '@/lib/domain/email'
import { Refusal } from '@/lib/domain/refusal'
import { words } from '@/lib/i18n/words'
import { ownPath } from '@/lib/kit/own-path'
import type { GuestContext } from './context'
import { newMailedToken } from './mailed-token'
import { limitAll } from './rate-limit'
import { signUpMailLimits } from './sign-in-limits'

/** A day: sign-up mails are opened on another device, or after the meeting. */
const SIGN_UP_HOURS = 24

/** A letter on its way. Answering waits for nothing more: how long the mail takes would tell who has an address here. */
export interface Asked {
  readonly delivered: Promise<boolean>
}

/**
 * Sends a mail that finishes signing up - or, to an address that is taken, one that says so to its owner. Whoever asked
 * reads the same answer. Name and password are asked on the page the mail opens: a password chosen here could be
 * that of a stranger who waits for the owner to click.
 */
export async function requestSignUp(
  { store, mailer, clock, appUrl, language, address }: GuestContext,
  input: { readonly email: string; readonly next: string },
): Promise<Asked> {
  if (!mailer.delivers) throw new Refusal('not_allowed')
  const email = parseEmail(input.email)
  if (email === null) throw new Refusal('invalid_email', { field: 'email' })
  await limitAll(store, signUpMailLimits(email, address), clock.now())

  const token = newMailedToken()
  const now = clock.now()
  const owner = await store.transact(async (tx) => {
    // Written for a taken address too, where it opens nothing: both cases do the same.
    await tx.mailedLinks.addSignUp({
      token,
      email,
      next: ownPath(input.next),
      createdAt: new Date(now),
      expiresAt: new Date(now + SIGN_UP_HOURS * 3_600_000),
    })
    return tx.users.findByEmail(email)
  })
  const t = words(owner?.locale ?? language)
  const letter = owner
    ? {
        subject: t('mail.verify_taken_subject'),
        text: t('mail.verify_taken_text', {
          name: owner.name,
          signIn: `${appUrl}/sign-in`,
          reset: `${appUrl}/reset`,
        }),
      }
    : {
        subject: t('mail.verify_subject'),
        text: t('mail.verify_text', { link: `${appUrl}/sign-up/${token}`, hours: SIGN_UP_HOURS }),
      }
  return { delivered: mailer.send({ to: email, ...letter }) }
}
