'use client'
import { useRouter } from 'next/navigation'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { Field, Input } from '@/app/_ui/field'
import { keys } from '@/app/_ui/keys'
import { Submit, SubmitForm } from '@/app/_ui/submit-form'
import { renameDepartment } from '../../actions'

/** A department's name where it stands. Esc leaves it as it was. */
export function Rename({
  workspace,
  departmentId,
  ownName,
  usualName,
  close,
}: {
  workspace: string
  departmentId: string
  ownName: string | null
  usualName: string | null
  close: () => void
}) {
  const t = useWords()
  const router = useRouter()
  return (
    <SubmitForm
      className="rename"
      action={renameDepartment}
      values={{ workspace, departmentId }}
      done={() => {
        close()
        router.refresh()
      }}
    >
      <Field
        name="name"
        label={t('people.dep_name')}
        help={usualName === null ? undefined : t('people.dep_usual', { name: usualName })}
      >
        <Input
          autoFocus
          autoComplete="off"
          required={usualName === null}
          defaultValue={ownName ?? usualName ?? ''}
          onFocus={(event) => event.currentTarget.select()}
          onKeyDown={keys({ Escape: close })}
        />
      </Field>
      <div className="row">
        <Submit>{t('common.save')}</Submit>
        <Button onClick={close}>{t('common.cancel')}</Button>
      </div>
    </SubmitForm>
  )
}
