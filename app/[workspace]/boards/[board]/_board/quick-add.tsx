'use client'
import { useEffect, useRef } from 'react'
import { Icon } from '@/app/_ui/icon'
import { Key } from '@/app/_ui/key'
import { keyName } from '@/app/_ui/keys'
import { MAX_ACTIVITY_TITLE } from '@/lib/domain/activity'
import { useFacts } from './facts'
import { useBoardStore } from './use-board'
import { useUi, useUiPart } from './use-ui'

/** A new card at the end of a column: Enter adds it and stays for the next, Esc leaves. */
export function QuickAdd({ columnId, column, keyed }: { columnId: string; column: string; keyed: boolean }) {
  const { t } = useFacts()
  const ui = useUi()
  const adding = useUiPart((state) => state.adding === columnId)
  if (!adding)
    return (
      <button
        type="button"
        className="btn sm add"
        data-add={columnId}
        onClick={() => ui.set({ adding: columnId })}
      >
        <Icon name="plus" />
        {t('boards.add')}
        {/* Words of its own, no label: what is seen is part of what is heard. */}
        <span className="vh">{t('boards.add_to', { column })}</span>
        {keyed && <Key>C</Key>}
      </button>
    )
  return <NewTitle columnId={columnId} column={column} />
}

function NewTitle({ columnId, column }: { columnId: string; column: string }) {
  const { t } = useFacts()
  const ui = useUi()
  const store = useBoardStore()
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    field.current?.focus()
    field.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [])
  const add = async () => {
    const area = field.current
    const title = area?.value.replace(/\s*\n\s*/g, ' ').trim() ?? ''
    if (!area || title === '') return
    area.value = ''
    const made = await store.create({ columnId, title })
    // Refused: the words are not lost, unless the next ones stand there already.
    if (!made && area.value === '') area.value = title
    area.scrollIntoView({ block: 'nearest' })
  }
  const leave = (back: boolean) => {
    ui.set({ adding: null })
    if (back)
      requestAnimationFrame(() =>
        document.querySelector<HTMLElement>(`[data-add="${CSS.escape(columnId)}"]`)?.focus(),
      )
  }
  return (
    <textarea
      ref={field}
      className="input edit new"
      rows={2}
      maxLength={MAX_ACTIVITY_TITLE}
      aria-label={t('boards.new_title', { column })}
      placeholder={t('boards.new_placeholder')}
      enterKeyHint="done"
      onBlur={(event) => {
        if (event.target.value.trim() === '') leave(false)
      }}
      onKeyDown={(event) => {
        const key = keyName(event)
        if (key === 'Enter') void add()
        else if (key === 'Escape') leave(true)
        else return
        event.preventDefault()
        event.stopPropagation()
      }}
    />
  )
}
