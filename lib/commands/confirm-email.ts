import { Refusal } from '@/lib/domain/refusal'
import { words } from '@/lib/i18n/words'
import type { GuestContext } from './context'
import { limitAll } from './rate-limit'
import { redeemLimits } from './sign-in-limits'

/**
 * Makes the address a link was mailed to the user's own, once; open letters of the user open nothing any more. The
 * address of before is told, in case it was not its owner. Refuses with `expired` (unknown ones too), `already_used`,
 * or `email_taken` when somebody signed up with it meanwhile.
 */
export async function confirmEmail(
  { store, mailer, clock, appUrl, language, address }: GuestContext,
  input: { readonly token: string },
): Promise<void> {
  await limitAll(store, redeemLimits(address), clock.now())
  const link = await store.read.mailedLinks.emailChange(input.token)
  const now = new Date(clock.now())
  if (!link || link.expiresAt <= now) throw new Refusal('expired')
  if (link.usedAt) throw new Refusal('already_used')
  const told = await store.transact(async (tx) => {
    // The user first, as everywhere: see resetPassword.
    await tx.users.lockCredentials(link.userId)
    const redeemed = await tx.mailedLinks.redeemEmailChange(input.token, now)
    if (!redeemed) throw new Refusal('already_used')
    const before = await tx.users.find(link.userId)
    if (!(await tx.users.setEmail(link.userId, redeemed.email, now))) throw new Refusal('email_taken')
    await tx.mailedLinks.closeAll(link.userId, now)
    return before
  })
  if (!told || told.email === link.email) return
  const t = words(told.locale ?? language)
  // Nobody waits for it: the address is changed, whether or not the old mailbox still takes letters.
  void mailer.send({
    to: told.email,
    subject: t('mail.email_changed_subject'),
    text: t('mail.email_changed_text', { name: told.name, email: link.email, link: appUrl }),
  })
}
