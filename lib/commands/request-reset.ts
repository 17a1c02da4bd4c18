import { parseEmail } from '@/lib/domain/email'
import { Refusal } from '@/lib/domain/refusal'
import { words } from '@/lib/i18n/words'
import type { GuestContext } from './context'
import { newMailedToken } from './mailed-token'
import { limitAll } from './rate-limit'
import type { Asked } from './request-sign-up'
import { resetLimits } from './sign-in-limits'

/** One hour: long enough for a slow mail, short enough for a mailbox left open. */
const RESET_MINUTES = 60

/**
 * Sends a link for a new password, if the address is a user's. The answer is the same if not, and takes as long: one
 * transaction with the same statements, and nobody waits for the mail.
 */
export async function requestReset(
  { store, mailer, clock, appUrl, language, address }: GuestContext,
  input: { readonly email: string },
): Promise<Asked> {
  const email = parseEmail(input.email)
  if (email === null) throw new Refusal('invalid_email', { field: 'email' })
  await limitAll(store, resetLimits(email, address), clock.now())

  const token = newMailedToken()
  const now = clock.now()
  const owner = await store.transact(async (tx) => {
    await tx.mailedLinks.addReset({
      token,
      email,
      createdAt: new Date(now),
      expiresAt: new Date(now + RESET_MINUTES * 60_000),
    })
    return tx.users.findByEmail(email)
  })
  if (!owner) return { delivered: Promise.resolve(false) }
  const t = words(owner.locale ?? language)
  return {
    delivered: mailer.send({
      to: email,
      subject: t('mail.reset_subject'),
      text: t('mail.reset_text', {
        name: owner.name,
        link: `${appUrl}/reset/${token}`,
        minutes: RESET_MINUTES,
      }),
      orLog: true,
    }),
  }
}
