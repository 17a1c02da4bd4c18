'use client'
import { useWords } from '@/app/_i18n/words-provider'
import { Field, Textarea } from '@/app/_ui/field'
import { Submit, SubmitForm } from '@/app/_ui/submit-form'
import { annotate } from '../../actions'

/** A note beside what is sealed: the one thing a closed quarter still takes. */
export function Annotate({ workspace, cycle }: { workspace: string; cycle: string }) {
  const t = useWords()
  return (
    <SubmitForm action={annotate} values={{ workspace, cycle }} clear>
      <Field label={t('reviews.ui_annotate')} name="text">
        <Textarea rows={2} required />
      </Field>
      <Submit look="outline">{t('reviews.ui_annotate_add')}</Submit>
    </SubmitForm>
  )
}
