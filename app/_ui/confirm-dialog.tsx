'use client'
import { useRouter } from 'next/navigation'
import type { ReactNode } from 'react'
import type { Answer } from '@/app/_server/answer'
import { useWords } from '../_i18n/words-provider'
import { Button, type ButtonProps } from './button'
import { OpenDialog } from './dialog-open'
import { useSubmit } from './use-submit'

export interface Confirmed<I, T> {
  readonly action: (input: I) => Promise<Answer<T>>
  readonly input: I
  readonly title: string
  /** What will happen, in a sentence. */
  readonly body?: ReactNode
  /** The word on the button that does it: a verb, never "OK". */
  readonly confirm: string
  readonly done?: ((value: T) => unknown) | undefined
  readonly goTo?: string | undefined
}

/** Asks, acts, and says why not. */
export function ConfirmDialog<I, T>({
  action,
  input,
  title,
  body,
  confirm,
  done,
  goTo,
  look,
  close,
}: Confirmed<I, T> & { readonly look: ButtonProps['look']; readonly close: () => void }) {
  const router = useRouter()
  const t = useWords()
  const { run, busy, refusal } = useSubmit(action, (value: T) => {
    close()
    if (done) return done(value)
    if (goTo) router.push(goTo)
    router.refresh()
  })
  return (
    <OpenDialog title={title} closeButton={false} wide={false} sheet={false} onClose={close}>
      {body && <p>{body}</p>}
      {refusal && (
        <p className="error mt-3" role="alert">
          {refusal.message}
        </p>
      )}
      <footer>
        <Button onClick={close}>{t('common.cancel')}</Button>
        <Button {...(look && { look })} busy={busy} onClick={() => void run(input)}>
          {confirm}
        </Button>
      </footer>
    </OpenDialog>
  )
}
