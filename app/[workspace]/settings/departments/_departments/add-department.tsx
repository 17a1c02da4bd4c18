'use client'
import { useWords } from '@/app/_i18n/words-provider'
import { Field, Input } from '@/app/_ui/field'
import { Submit, SubmitForm } from '@/app/_ui/submit-form'
import { createDepartment } from '../../actions'

/** A further department, at the end of the chain. */
export function AddDepartment({ workspace }: { workspace: string }) {
  const t = useWords()
  return (
    <SubmitForm className="add" action={createDepartment} values={{ workspace }} clear>
      <Field name="name" label={t('people.dep_name')}>
        <Input required autoComplete="off" />
      </Field>
      <Submit look="outline">{t('people.dep_add_do')}</Submit>
    </SubmitForm>
  )
}
