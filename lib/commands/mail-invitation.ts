import { INVITATION_DAYS } from '@/lib/domain/invitation'
import type { Role } from '@/lib/domain/role'
import type { Workspace } from '@/lib/domain/workspace'
import { words } from '@/lib/i18n/words'
import type { Context } from './context'

/** The letter with the link, in the workspace's language: of its reader nothing is known yet. False: not sent. */
export async function sendInvitation(
  { mailer, user }: Context,
  given: {
    readonly workspace: Workspace
    readonly email: string
    readonly role: Role
    readonly link: string
  },
): Promise<boolean> {
  if (!mailer.delivers) return false
  const t = words(given.workspace.language)
  const values = {
    inviter: user.name,
    workspace: given.workspace.name,
    role: t(`common.role_${given.role}`),
    link: given.link,
    days: INVITATION_DAYS,
  }
  return mailer.send({
    to: given.email,
    subject: t('mail.invite_subject', values),
    text: t('mail.invite_text', values),
  })
}
