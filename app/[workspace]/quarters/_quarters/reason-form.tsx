'use client'
import { useRouter } from 'next/navigation'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { Field, Input } from '@/app/_ui/field'
import { Submit, SubmitForm } from '@/app/_ui/submit-form'
import { toast } from '@/app/_ui/toast'
import { giveReason } from './actions'

/** The reason of one click, in one line. */
export function ReasonForm({
  workspace,
  changeId,
  close,
}: {
  workspace: string
  changeId: string
  close: () => void
}) {
  const t = useWords()
  const router = useRouter()
  return (
    <SubmitForm
      action={giveReason}
      values={{ workspace, changeId }}
      done={() => {
        close()
        toast({ text: t('quarters.ui_reason_kept') })
        router.refresh()
      }}
    >
      <p className="mb-3">{t('quarters.ui_reason_text')}</p>
      <Field label={t('quarters.ui_reason_label')} name="reason">
        <Input required autoComplete="off" />
      </Field>
      <footer>
        <Button onClick={close}>{t('quarters.ui_reason_later')}</Button>
        <Submit>{t('quarters.ui_reason_keep')}</Submit>
      </footer>
    </SubmitForm>
  )
}
