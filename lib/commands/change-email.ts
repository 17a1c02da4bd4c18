import { parseEmail } from '@/lib/domain/email'
import { Refusal } from '@/lib/domain/refusal'
import { words } from '@/lib/i18n/words'
import type { UserContext } from './context'
import type { WithHasher } from './hasher'
import { newMailedToken } from './mailed-token'
import { limitAll } from './rate-limit'
import type { Asked } from './request-sign-up'
import { changePasswordLimits, signUpMailLimits } from './sign-in-limits'

/** As for a new password: long enough for a slow mail, short enough for a mailbox left open. */
const EMAIL_MINUTES = 60

/**
 * Sends a link to the new address; the present one counts until it is opened. Where no mail can be sent, the new one
 * counts at once. In either case for who knows the password only: whoever has the address can have a new password
 * sent to it, so a session left open on a shared machine must not be enough. Who signs in by a provider and has no
 * password asks without one where mail is sent: the present address hears of it before the new one counts.
 *
 * A taken address is told only where signing up tells it too (without mail); with mail the answer and the steps are the
 * same, and no letter goes out.
 */
export async function changeEmail(
  { store, mailer, clock, hasher, appUrl, language, address, user }: WithHasher<UserContext>,
  input: { readonly email: string; readonly present: string },
): Promise<Asked> {
  const email = parseEmail(input.email)
  if (email === null) throw new Refusal('invalid_email', { field: 'email' })
  const mails = mailer.delivers ? signUpMailLimits(email, address) : []
  await limitAll(store, [...changePasswordLimits(user.id), ...mails], clock.now())
  const known = await store.read.users.credentialsOf(user.id)
  const byLetter = known !== null && known.passwordHash === null && mailer.delivers
  if (!byLetter && !(await hasher.verify(known?.passwordHash ?? null, input.present))) {
    throw new Refusal('wrong_password', { field: 'present' })
  }

  const token = newMailedToken()
  const now = clock.now()
  const taken = await store.transact(async (tx) => {
    const locked = await tx.users.lockCredentials(user.id)
    // Somebody changed it meanwhile: what was checked is no longer the present password.
    if (!locked || locked.passwordHash !== known?.passwordHash) {
      throw new Refusal('wrong_password', { field: 'present' })
    }
    if (!mailer.delivers) {
      if (!(await tx.users.setEmail(user.id, email, null))) {
        throw new Refusal('email_taken', { field: 'email' })
      }
      await tx.mailedLinks.closeAll(user.id, new Date(now))
      return true
    }
    // Of two letters the later one counts: the first may have gone to a mistyped address.
    await tx.mailedLinks.closeAll(user.id, new Date(now))
    await tx.mailedLinks.addEmailChange({
      token,
      userId: user.id,
      email,
      createdAt: new Date(now),
      expiresAt: new Date(now + EMAIL_MINUTES * 60_000),
    })
    return (await tx.users.findByEmail(email)) !== null
  })
  const t = words(user.locale ?? language)
  if (byLetter)
    // Whether the new address is taken or not: of that nothing is told. Nobody waits for it.
    void mailer.send({
      to: user.email,
      subject: t('mail.email_asked_subject'),
      text: t('mail.email_asked_text', {
        name: user.name,
        email,
        minutes: EMAIL_MINUTES,
        link: `${appUrl}/account`,
      }),
    })
  if (taken) return { delivered: Promise.resolve(false) }
  return {
    delivered: mailer.send({
      to: email,
      subject: t('mail.email_subject'),
      text: t('mail.email_text', {
        name: user.name,
        link: `${appUrl}/account/email/${token}`,
        minutes: EMAIL_MINUTES,
      }),
    }),
  }
}
