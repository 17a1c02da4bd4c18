'use client'
import { useEffect, useRef, useState } from 'react'
import { composing } from '@/app/_ui/keys'
import { Late } from '@/app/_ui/late'
import type { TextRoot } from '@/lib/document/roots'
import type { Session } from './session'
import { workTools } from './work-tools'

/** Asked for by the button in the bar. */
const ASK = 'strategy:find'

/**
 * Find over all chapters. Ctrl/Cmd+F opens it; pressed again with the field in focus it is the browser's own, which also
 * finds what stands around the text.
 */
export function FindBar({
  session,
  elementOf,
}: {
  session: Session
  elementOf: (root: TextRoot) => HTMLElement | null
}) {
  const [open, setOpen] = useState(0)
  const field = useRef<HTMLInputElement>(null)

  useEffect(() => {
    const show = () => {
      setOpen((times) => times + 1)
      field.current?.focus()
      field.current?.select()
    }
    const key = (event: KeyboardEvent) => {
      if (composing(event) || event.altKey || event.shiftKey) return
      if (event.key.toLowerCase() !== 'f' || !(event.ctrlKey || event.metaKey)) return
      if (document.activeElement === field.current) return
      if (document.querySelector('dialog[open]')) return
      event.preventDefault()
      // Until the field is there, what is typed must not go into the text.
      if (!workTools.known() && document.activeElement instanceof HTMLElement) document.activeElement.blur()
      show()
    }
    document.addEventListener('keydown', key)
    document.addEventListener(ASK, show)
    return () => {
      document.removeEventListener('keydown', key)
      document.removeEventListener(ASK, show)
    }
  }, [])

  if (open === 0) return null
  const close = () => setOpen(0)
  return (
    <Late part={workTools} missed={close}>
      {({ find: FindPanel }) => (
        <FindPanel session={session} elementOf={elementOf} field={field} close={close} />
      )}
    </Late>
  )
}
