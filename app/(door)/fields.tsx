import { getWords } from '@/app/_i18n/words'
import { Field, Input } from '@/app/_ui/field'

export async function PersonName() {
  const t = await getWords()
  return (
    <Field name="name" label={t('auth.name')} help={t('auth.name_help')}>
      <Input autoComplete="name" required />
    </Field>
  )
}

export async function NewPassword({ label }: { label: string }) {
  const t = await getWords()
  return (
    <Field name="password" label={label} help={t('auth.password_help')}>
      <Input type="password" autoComplete="new-password" required />
    </Field>
  )
}

/** Tells the browser's password manager whose password the form is about. */
export function OwnerAddress({ email }: { email: string }) {
  return <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
}
