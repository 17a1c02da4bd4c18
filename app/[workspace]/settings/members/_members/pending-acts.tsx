'use client'
import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { ConfirmButton } from '@/app/_ui/confirm-button'
import { Late } from '@/app/_ui/late'
import { useToast } from '@/app/_ui/toast'
import type { Role } from '@/lib/domain/role'
import { renewInvitation, revokeInvitation } from '../../actions'
import { linkParts } from './link-parts'

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
  const close = () => {
    setLink(null)
    router.refresh()
  }
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
      {link !== null && (
        <Late part={linkParts} missed={close}>
          {({ Renewed }) => <Renewed {...{ link, email, role, days, close }} />}
        </Late>
      )}
    </div>
  )
}
