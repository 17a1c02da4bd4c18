'use client'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { Field, Input } from '@/app/_ui/field'
import { useSubmit } from '@/app/_ui/use-submit'
import { openShare } from '../actions'

/** Exchanges the link for a cookie, and leaves its address - in the history, too. */
export function OpenForm({ token, asksPassword }: { token: string; asksPassword: boolean }) {
  const t = useWords()
  const { run, busy, refusal } = useSubmit(openShare, ({ path }) => location.replace(path))
  return (
    <form
      className="stack"
      // As an action, a press that comes before this page's script is kept by React and sent after it; what was typed by
      // then is read from the field, for nobody heard it being typed.
      action={async (typed) => {
        const password = typed.get('password')
        await run({ token, password: typeof password === 'string' ? password : '' })
      }}
      // React empties a form after its action. A wrong password stays to be looked at.
      onReset={(event) => event.preventDefault()}
    >
      {asksPassword && (
        <Field
          label={t('exchange.shared_password')}
          error={refusal?.field === 'password' ? refusal.message : null}
        >
          <Input name="password" type="password" autoComplete="off" required autoFocus />
        </Field>
      )}
      {refusal && refusal.field !== 'password' && (
        <p className="error" role="alert">
          {refusal.code === 'expired' ? t('exchange.shared_over') : refusal.message}
        </p>
      )}
      <Button look="ink" size="lg" type="submit" busy={busy}>
        {t('exchange.shared_open')}
      </Button>
    </form>
  )
}
