'use client'
import type { ReactNode } from 'react'
import { Late, latePart } from './late'

const openDialog = latePart(() => import('./dialog-open').then((module) => module.OpenDialog))

/**
 * A modal dialog. Its content exists only while it is open, so fields start fresh each time. Esc and the cross close
 * it, a click beside it too unless something was typed. The focus returns to where it came from.
 */
export function Dialog({
  open,
  onClose,
  title,
  wide = false,
  sheet = false,
  closeButton = true,
  children,
}: {
  open: boolean
  onClose: () => void
  title: ReactNode
  wide?: boolean
  /** On a phone, rises from the lower edge. */
  sheet?: boolean
  closeButton?: boolean
  /** End with a <footer> for the buttons. */
  children: ReactNode
}) {
  return open ? (
    <Late part={openDialog} missed={onClose}>
      {(OpenDialog) => <OpenDialog {...{ onClose, title, wide, sheet, closeButton }}>{children}</OpenDialog>}
    </Late>
  ) : null
}
