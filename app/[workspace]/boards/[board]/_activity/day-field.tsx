'use client'
import { useEffect, useRef, useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { isDay } from '@/lib/domain/day-text'
import { fieldKeys } from './field-keys'
import { usePanel } from './use-panel'

/**
 * A day in words; pressing it opens the browser's own field for days. What is typed is saved by Enter or leaving, what
 * is chosen with the mouse at once; Esc brings the old day back.
 */
export function DayField({
  name,
  day,
  min = null,
  max = null,
  late = false,
  mayEdit,
  quiet = false,
  onSet,
}: {
  name: string
  day: string | null
  min?: string | null
  max?: string | null
  late?: boolean
  mayEdit: boolean
  /** Where no day is set nothing is said but the field's name, as a button in a row. */
  quiet?: boolean
  onSet: (day: string | null) => unknown
}) {
  const t = useWords()
  const { names } = usePanel()
  const [draft, setDraft] = useState<string | null>(null)
  const field = useRef<HTMLInputElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const typing = useRef(false)
  const back = useRef(false)
  const editing = draft !== null

  useEffect(() => {
    if (editing) {
      const element = field.current
      element?.focus()
      try {
        element?.showPicker()
      } catch {
        // Some browsers open it only for a click of their own kind; the field is there to type in.
      }
    } else if (back.current) button.current?.focus()
    back.current = false
  }, [editing])

  const words =
    day === null ? (
      <span className="quiet">{quiet ? name : t('activity.no_day')}</span>
    ) : (
      <time dateTime={day} className={late ? 'late' : undefined}>
        {names.day(day)}
        {late && <span className="vh">{`, ${t('activity.late')}`}</span>}
      </time>
    )
  if (!mayEdit) return words
  const end = (value: string | null) => {
    setDraft(null)
    if (value === null) return
    const next = value === '' ? null : value
    if (next !== day && (next === null || isDay(next))) onSet(next)
  }
  if (!editing)
    return (
      <button
        ref={button}
        type="button"
        className="pick"
        {...(quiet && { 'aria-label': day === null ? name : `${name}: ${names.day(day)}` })}
        onClick={() => {
          typing.current = false
          setDraft(day ?? '')
        }}
      >
        {!quiet && <span className="vh">{name} </span>}
        {words}
      </button>
    )
  return (
    <input
      ref={field}
      className="input day"
      type="date"
      aria-label={name}
      value={draft}
      min={min ?? undefined}
      max={max ?? undefined}
      onChange={(event) => {
        setDraft(event.target.value)
        if (!typing.current && event.target.value !== '') end(event.target.value)
      }}
      onBlur={() => end(draft)}
      onKeyDown={(event) => {
        typing.current = true
        fieldKeys({
          enter: () => {
            back.current = true
            end(draft)
          },
          escape: () => {
            back.current = true
            end(null)
          },
        })(event)
      }}
    />
  )
}
