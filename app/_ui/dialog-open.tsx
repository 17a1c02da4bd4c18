'use client'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { useWords } from '../_i18n/words-provider'
import { Button } from './button'
import { Icon } from './icon'
import { composing } from './keys'

/** The dialog while it is open. */
export function OpenDialog({
  onClose,
  title,
  wide,
  sheet,
  closeButton,
  children,
}: {
  onClose: () => void
  title: ReactNode
  wide: boolean
  sheet: boolean
  closeButton: boolean
  children: ReactNode
}) {
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  const t = useWords()

  useEffect(() => {
    const element = dialog.current
    if (!element) return
    const before = document.activeElement
    element.showModal()
    // The browser would begin at the cross; a form is there to be filled in.
    element
      .querySelector<HTMLElement>('[data-autofocus], input:not([type="hidden"]), textarea, select')
      ?.focus()
    return () => {
      element.close()
      // A native dialog returns the focus on close, but not when React takes it out of the page in the same breath.
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])

  return (
    <dialog
      ref={dialog}
      className={`dialog${wide ? ' wide' : ''}${sheet ? ' sheet' : ''}`}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onKeyDown={(event) => {
        // Esc while composing takes the characters back and must leave the dialog alone.
        if (event.key === 'Escape' && composing(event)) event.preventDefault()
        // What is pressed in here is not for the page behind.
        event.stopPropagation()
      }}
      onPointerDown={(event) => {
        if (event.target === dialog.current && isBeside(event) && !isTouched(dialog.current)) onClose()
      }}
    >
      {/* In a section its header and footer are its own, and no landmarks of the page. */}
      <section>
        <header>
          <h2 id={titleId}>{title}</h2>
          {closeButton && (
            <Button look="plain" icon size="sm" aria-label={t('common.close')} onClick={onClose}>
              <Icon name="x" />
            </Button>
          )}
        </header>
        {children}
      </section>
    </dialog>
  )
}

function isBeside(event: React.PointerEvent<HTMLDialogElement>): boolean {
  const box = event.currentTarget.getBoundingClientRect()
  return (
    event.clientX < box.left ||
    event.clientX > box.right ||
    event.clientY < box.top ||
    event.clientY > box.bottom
  )
}

/** Whether something was typed that closing would lose. */
function isTouched(dialog: HTMLDialogElement): boolean {
  return [...dialog.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea')].some(
    (field) =>
      field.type === 'checkbox' || field.type === 'radio' ? false : field.value !== field.defaultValue,
  )
}
