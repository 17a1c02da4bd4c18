'use client'
import { useRouter } from 'next/navigation'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { Field, Input } from '@/app/_ui/field'
import { Submit, SubmitForm } from '@/app/_ui/submit-form'
import { followDecision } from '../actions'

/** Why a decision is left aside. */
export function LeaveForm({
  workspace,
  decisionId,
  title,
  close,
}: {
  workspace: string
  decisionId: string
  title: string
  close: () => void
}) {
  const t = useWords()
  const router = useRouter()
  return (
    <SubmitForm
      className="form"
      action={followDecision}
      values={{ workspace, decisionId, fate: 'ignored' }}
      done={() => {
        close()
        router.refresh()
      }}
    >
      <p>{title}</p>
      <Field name="reason" label={t('work.ui_leave_why')}>
        <Input required autoComplete="off" autoFocus maxLength={500} />
      </Field>
      <footer>
        <Button onClick={close}>{t('common.cancel')}</Button>
        <Submit>{t('work.ui_leave')}</Submit>
      </footer>
    </SubmitForm>
  )
}
