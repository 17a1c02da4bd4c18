'use client'
import { useRouter } from 'next/navigation'
import { type ReactNode, useState } from 'react'
import type { Answer } from '@/app/_server/answer'
import { useWords } from '../_i18n/words-provider'
import { Button, type ButtonProps } from './button'
import { Dialog } from './dialog'
import { useSubmit } from './use-submit'

/**
 * A button that asks before it acts. `action(input)` is a server action; a refusal shows in the dialog. Afterwards:
 * `done`, or `goTo`, or the page is read again.
 */
export function ConfirmButton<I, T>({
  action,
  input,
  title,
  body,
  confirm,
  done,
  goTo,
  look = 'danger',
  children,
  ...button
}: Omit<ButtonProps, 'title' | 'onClick'> & {
  action: (input: I) => Promise<Answer<T>>
  input: I
  title: string
  /** What will happen, in a sentence. */
  body?: ReactNode
  /** The word on the button that does it: a verb, never "OK". */
  confirm: string
  done?: (value: T) => unknown
  goTo?: string
}) {
  const [open, setOpen] = useState(false)
  const router = useRouter()
  const t = useWords()
  const { run, busy, refusal, clear } = useSubmit(action, (value: T) => {
    setOpen(false)
    if (done) return done(value)
    if (goTo) router.push(goTo)
    router.refresh()
  })
  return (
    <>
      <Button {...button} look={look} onClick={() => setOpen(true)}>
        {children}
      </Button>
      <Dialog
        open={open}
        title={title}
        closeButton={false}
        onClose={() => {
          setOpen(false)
          clear()
        }}
      >
        {body && <p>{body}</p>}
        {refusal && (
          <p className="error mt-3" role="alert">
            {refusal.message}
          </p>
        )}
        <footer>
          <Button onClick={() => setOpen(false)}>{t('common.cancel')}</Button>
          <Button look={look} busy={busy} onClick={() => void run(input)}>
            {confirm}
          </Button>
        </footer>
      </Dialog>
    </>
  )
}
