'use client'
import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { ConfirmButton } from '@/app/_ui/confirm-button'
import { CopyField } from '@/app/_ui/copy-field'
import { Dialog } from '@/app/_ui/dialog'
import { useToast } from '@/app/_ui/toast'
import type { Role } from '@/lib/domain/role'
import { renewInvitation, revokeInvitation } from '../../actions'

/** What can be done with an invitation that nobody has accepted yet. */
export function PendingActs({
  workspace,
  invitationId,
  email,
  role,
  mayRenew,
  days,
}: {
  workspace: string
  invitationId: string
  email: string | null
  role: Role
  mayRenew: boolean
  /** How long a link works. */
  days: number
}) {
  const t = useWords()
  const toast = useToast()
  const router = useRouter()
  const [link, setLink] = useState<string | null>(null)
  const [busy, start] = useTransition()
  const renew = () =>
    start(async () => {
      const answer = await renewInvitation({ workspace, invitationId }).catch(() => null)
      if (answer?.ok) return setLink(answer.value.link)
      toast({ text: answer ? answer.message : t('common.no_answer') })
      // Refused means, nearly always, that it was accepted or taken back a moment ago.
      router.refresh()
    })
  const words = { email: email ?? '', role: t(`common.role_${role}`) }
  return (
    <div className="acts">
      {mayRenew && (
        <Button size="sm" busy={busy} onClick={renew}>
          {t('people.renew')} <span className="vh">{email}</span>
        </Button>
      )}
      <ConfirmButton
        size="sm"
        action={revokeInvitation}
        input={{ workspace, invitationId }}
        title={t('people.revoke_title')}
        body={t('people.revoke_body')}
        confirm={t('people.revoke')}
      >
        {t('people.revoke')} <span className="vh">{email}</span>
      </ConfirmButton>
      <Dialog
        open={link !== null}
        title={t('people.renew_title')}
        onClose={() => {
          setLink(null)
          router.refresh()
        }}
      >
        <p>{t('people.renew_done')}</p>
        {link !== null && (
          <CopyField
            label={t(email ? 'people.link_for' : 'people.link_for_anyone', words)}
            value={link}
            help={t('people.invite_link_help', { days })}
          />
        )}
      </Dialog>
    </div>
  )
}
