'use client'
import { useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { Field, Input } from '@/app/_ui/field'
import { useSubmit } from '@/app/_ui/use-submit'
import { openShare } from '../actions'

/** Exchanges the link for a cookie, and leaves its address - in the history, too. */
export function OpenForm({ token, asksPassword }: { token: string; asksPassword: boolean }) {
  const t = useWords()
  const [password, setPassword] = useState('')
  const { run, busy, refusal } = useSubmit(openShare, ({ path }) => location.replace(path))
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void run({ token, password })
      }}
    >
      {asksPassword && (
        <Field
          label={t('exchange.shared_password')}
          error={refusal?.field === 'password' ? refusal.message : null}
        >
          <Input
            type="password"
            autoComplete="off"
            required
            autoFocus
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
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
