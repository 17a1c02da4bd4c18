'use client'
import { useRouter } from 'next/navigation'
import { useWords } from '@/app/_i18n/words-provider'
import { Field, Input } from '@/app/_ui/field'
import { Submit, SubmitForm } from '@/app/_ui/submit-form'
import { toast } from '@/app/_ui/toast'
import { giveReason } from '../../_quarters/actions'

/** One's own change that has no reason yet: the place to give it. */
export function GiveReason({ workspace, changeId }: { workspace: string; changeId: string }) {
  const t = useWords()
  const router = useRouter()
  return (
    <SubmitForm
      className="give"
      action={giveReason}
      values={{ workspace, changeId }}
      done={() => {
        toast({ text: t('quarters.ui_said') })
        router.refresh()
      }}
    >
      <Field label={t('quarters.ui_why')} name="reason">
        <Input required placeholder={t('quarters.ui_why_help')} autoComplete="off" />
      </Field>
      <Submit look="outline" size="sm">
        {t('quarters.ui_say')}
      </Submit>
    </SubmitForm>
  )
}
