'use client'
import { useWords } from '@/app/_i18n/words-provider'
import { ConfirmButton } from '@/app/_ui/confirm-button'
import { leaveWorkspace, removeMember } from '../../actions'

/** Ends one's own membership, after asking. */
export function LeaveButton({ workspace, name }: { workspace: string; name: string }) {
  const t = useWords()
  return (
    <ConfirmButton
      size="sm"
      action={leaveWorkspace}
      input={{ workspace }}
      title={t('people.leave_title', { workspace: name })}
      body={t('people.leave_body')}
      confirm={t('people.leave_do')}
      // A full load: nothing of the workspace should linger in the router's memory.
      done={() => window.location.assign('/workspaces')}
    >
      {t('people.leave')}
    </ConfirmButton>
  )
}

/** Ends somebody else's, after asking. */
export function RemoveButton({
  workspace,
  memberId,
  name,
}: {
  workspace: string
  memberId: string
  name: string
}) {
  const t = useWords()
  return (
    <ConfirmButton
      size="sm"
      action={removeMember}
      input={{ workspace, memberId }}
      title={t('people.remove_title', { name })}
      body={t('people.remove_body', { name })}
      confirm={t('people.remove_do')}
    >
      {t('people.remove')} <span className="vh">{name}</span>
    </ConfirmButton>
  )
}
