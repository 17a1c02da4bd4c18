'use client'
import { useState } from 'react'
import { Button, type ButtonProps } from './button'
import type { Confirmed } from './confirm-dialog'
import { Late, latePart } from './late'

const dialog = latePart(() => import('./confirm-dialog').then((module) => module.ConfirmDialog))

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
}: Omit<ButtonProps, 'title' | 'onClick'> & Confirmed<I, T>) {
  const [open, setOpen] = useState(false)
  const close = () => setOpen(false)
  return (
    <>
      <Button
        {...button}
        look={look}
        onPointerEnter={dialog.warm}
        onFocus={dialog.warm}
        onClick={() => setOpen(true)}
      >
        {children}
      </Button>
      {open && (
        <Late part={dialog} missed={close}>
          {(ConfirmDialog) => (
            <ConfirmDialog {...{ action, input, title, body, confirm, done, goTo, look, close }} />
          )}
        </Late>
      )}
    </>
  )
}
