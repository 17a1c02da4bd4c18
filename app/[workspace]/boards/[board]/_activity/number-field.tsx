'use client'
import { useEffect, useRef, useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { MAX_EFFORT } from '@/lib/domain/activity'
import { fieldKeys } from './field-keys'

/** A number in words; pressing it opens a field. Enter or leaving saves, Esc brings the old one back. */
export function NumberField({
  name,
  value,
  words,
  mayEdit,
  onSet,
}: {
  name: string
  value: number | null
  words: string | null
  mayEdit: boolean
  onSet: (value: number | null) => unknown
}) {
  const t = useWords()
  const [draft, setDraft] = useState<string | null>(null)
  const field = useRef<HTMLInputElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const back = useRef(false)
  const editing = draft !== null
  useEffect(() => {
    if (editing) field.current?.select()
    else if (back.current) button.current?.focus()
    back.current = false
  }, [editing])

  const shown = words === null ? <span className="quiet">{t('activity.none')}</span> : <span>{words}</span>
  if (!mayEdit) return shown
  const end = (typed: string | null) => {
    setDraft(null)
    if (typed === null) return
    const next = typed.trim() === '' ? null : Number(typed.replace(',', '.'))
    if (next !== value && (next === null || Number.isFinite(next))) onSet(next)
  }
  if (!editing)
    return (
      <button
        ref={button}
        type="button"
        className="pick num"
        onClick={() => setDraft(value === null ? '' : String(value))}
      >
        <span className="vh">{name} </span>
        {shown}
      </button>
    )
  return (
    <input
      ref={field}
      className="input num"
      type="number"
      inputMode="decimal"
      min={0}
      max={MAX_EFFORT}
      step={0.5}
      aria-label={name}
      value={draft}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={() => end(draft)}
      onKeyDown={fieldKeys({
        enter: () => {
          back.current = true
          end(draft)
        },
        escape: () => {
          back.current = true
          end(null)
        },
      })}
    />
  )
}
