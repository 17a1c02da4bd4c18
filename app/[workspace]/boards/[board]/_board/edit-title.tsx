'use client'
import { useEffect, useRef } from 'react'
import { keyName } from '@/app/_ui/keys'
import { MAX_ACTIVITY_TITLE } from '@/lib/domain/activity'
import { useFacts } from './facts'
import { useBoardStore } from './use-board'
import { useUi } from './use-ui'

/** The title as a field: Enter keeps it, Esc leaves it as it was, going elsewhere keeps it too. */
export function EditTitle({ id, title }: { id: string; title: string }) {
  const { t } = useFacts()
  const store = useBoardStore()
  const ui = useUi()
  const field = useRef<HTMLTextAreaElement>(null)
  const over = useRef(false)
  useEffect(() => {
    field.current?.focus()
    field.current?.select()
  }, [])
  const end = (keep: boolean, back: boolean) => {
    if (over.current) return
    over.current = true
    const text = field.current?.value.replace(/\s*\n\s*/g, ' ').trim() ?? ''
    if (keep && text !== '' && text !== title) void store.edit(id, { title: text })
    ui.set({ editing: null })
    // The link that stood here takes the focus again once it is drawn.
    if (back) requestAnimationFrame(() => focusCard(id))
  }
  return (
    <textarea
      ref={field}
      className="input edit"
      rows={2}
      maxLength={MAX_ACTIVITY_TITLE}
      aria-label={t('boards.edit_title')}
      defaultValue={title}
      enterKeyHint="done"
      onBlur={() => end(true, false)}
      onKeyDown={(event) => {
        const key = keyName(event)
        if (key === 'Enter') end(true, true)
        else if (key === 'Escape') end(false, true)
        else return
        event.preventDefault()
        event.stopPropagation()
      }}
    />
  )
}

/** Puts the focus on a card's title. */
export function focusCard(id: string): void {
  const link = document.querySelector<HTMLElement>(`[data-card="${CSS.escape(id)}"] h3 a`)
  link?.focus({ preventScroll: true })
  link?.closest('.act')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
}
