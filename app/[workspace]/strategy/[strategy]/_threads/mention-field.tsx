'use client'
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { useLanguage, useWords } from '@/app/_i18n/words-provider'
import { Avatar } from '@/app/_ui/avatar'
import { Button } from '@/app/_ui/button'
import { DepartmentMark } from '@/app/_ui/department-mark'
import { keyName } from '@/app/_ui/keys'
import { rank } from '@/app/[workspace]/_shell/matching'
import type { DepartmentKind } from '@/lib/domain/department'
import type { Mention } from '@/lib/domain/mention'
import { type Draft, fromTokens, mentionQuery, toTokens } from './mention-draft'

/** So many fit beside a note. */
const OFFERED = 6

export interface Mentionable {
  readonly people: readonly {
    readonly id: Mention['id']
    readonly userId: string
    readonly name: string
    readonly image: string | null
  }[]
  readonly departments: readonly {
    readonly id: Mention['id']
    readonly kind: DepartmentKind | null
    readonly name: string | null
  }[]
}

/**
 * The field one writes a comment in. `@` offers people and departments; Enter begins a new line, and Mod+Enter sends.
 * While an input method composes no key is ours. What was written stays until it has arrived.
 */
export function MentionField({
  label,
  send,
  first = '',
  onSend,
  onCancel,
  focus = true,
  people,
  departments,
  listLabel,
  nameOf,
  resized,
}: Mentionable & {
  label: string
  /** The word on the button. */
  send: string
  /** With tokens, when a comment is put into other words. */
  first?: string
  /** Answers whether it arrived. */
  onSend: (text: string) => Promise<boolean>
  onCancel?: () => void
  focus?: boolean
  /** Names the list of those offered. */
  listLabel: string
  /** Null: not known any more. */
  nameOf: (id: string) => string | null
  /** The field has become higher or lower. */
  resized?: () => void
}) {
  const t = useWords()
  const language = useLanguage()
  const departmentName = ({ kind, name }: Mentionable['departments'][number]) =>
    name ?? (kind ? t(`common.department_${kind}`) : '')
  const [draft, setDraft] = useState<Draft>(() => fromTokens(first, nameOf))
  const [busy, setBusy] = useState(false)
  const [at, setAt] = useState<{ from: number; query: string } | null>(null)
  const [chosen, setChosen] = useState(0)
  const field = useRef<HTMLTextAreaElement>(null)
  const offered = useRef<HTMLDivElement>(null)
  const list = useId()

  useEffect(() => {
    if (!focus) return
    const element = field.current
    element?.focus({ preventScroll: true })
    element?.setSelectionRange(element.value.length, element.value.length)
  }, [focus])

  useLayoutEffect(() => {
    const element = field.current
    if (!element || draft.text === '\0') return
    element.style.height = 'auto'
    element.style.height = `${Math.min(220, element.scrollHeight + 2)}px`
    resized?.()
  }, [draft.text, resized])

  const offers: (Mention & { mark: React.ReactNode; order: number })[] = at
    ? [
        ...people.map((person) => ({
          id: person.id,
          name: person.name,
          order: rank(at.query, person.name),
          mark: <Avatar id={person.userId} name={person.name} image={person.image} size="sm" />,
        })),
        ...departments.map((department) => ({
          id: department.id,
          name: departmentName(department),
          order: rank(at.query, departmentName(department), department.kind ?? '') * 0.9,
          mark: <DepartmentMark kind={department.kind} name={department.name} language={language} />,
        })),
      ]
        .filter((offer) => offer.order > 0)
        .sort((a, b) => b.order - a.order)
        .slice(0, OFFERED)
    : []
  const open = offers.length > 0
  const [above, setAbove] = useState(false)
  // Below the field, and above it where the window ends too soon.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a list of other length has another height
  useLayoutEffect(() => {
    if (!open) return
    const box = field.current?.getBoundingClientRect()
    const height = offered.current?.offsetHeight ?? 0
    const view = window.visualViewport
    const floor = view ? view.offsetTop + view.height : window.innerHeight
    if (box) setAbove(box.bottom + height > floor - 4 && box.top > height + 4)
  }, [open, offers.length])

  const look = () => {
    const element = field.current
    if (!element || element.selectionStart !== element.selectionEnd) return setAt(null)
    const found = mentionQuery(element.value, element.selectionStart)
    setAt(found)
    setChosen(0)
  }
  const choose = (offer: Mention) => {
    const element = field.current
    if (!element || !at) return
    const end = element.selectionStart
    const written = `@${offer.name} `
    const text = draft.text.slice(0, at.from) + written + draft.text.slice(end)
    setDraft({ text, chosen: [...draft.chosen.filter((one) => one.id !== offer.id), offer] })
    setAt(null)
    const caret = at.from + written.length
    // After React has put the new words into the field.
    requestAnimationFrame(() => {
      element.focus()
      element.setSelectionRange(caret, caret)
    })
  }
  const submit = async () => {
    if (busy || draft.text.trim() === '') return
    setBusy(true)
    try {
      if (await onSend(toTokens(draft))) setDraft({ text: '', chosen: [] })
    } finally {
      setBusy(false)
    }
  }
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const name = keyName(event)
    if (name === null) return
    const offer = offers[chosen]
    if (open && offer) {
      if (name === 'ArrowDown' || name === 'ArrowUp') {
        setChosen((chosen + (name === 'ArrowDown' ? 1 : offers.length - 1)) % offers.length)
      } else if (name === 'Enter' || name === 'Tab') choose(offer)
      else if (name === 'Escape') setAt(null)
      else return
    } else if (name === 'Mod+Enter') void submit()
    else if (name === 'Escape' && onCancel && draft.text.trim() === '') onCancel()
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div className="composer">
      <div className="composer-field">
        <textarea
          ref={field}
          className="input"
          rows={1}
          aria-label={label}
          placeholder={label}
          value={draft.text}
          aria-autocomplete="list"
          aria-controls={open ? list : undefined}
          aria-activedescendant={open ? `${list}-${chosen}` : undefined}
          onChange={(event) => {
            setDraft({ ...draft, text: event.target.value })
            look()
          }}
          onSelect={look}
          onBlur={() => setAt(null)}
          onKeyDown={press}
        />
        {open && (
          <div
            ref={offered}
            className="menu mention-list"
            data-above={above || undefined}
            role="listbox"
            id={list}
            aria-label={listLabel}
          >
            {offers.map((offer, i) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys
              // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus
              <div
                key={offer.id}
                id={`${list}-${i}`}
                role="option"
                aria-selected={i === chosen}
                // The field must not lose the focus over it.
                onPointerDown={(event) => event.preventDefault()}
                onClick={() => choose(offer)}
              >
                {offer.mark}
                <span className="grow">{offer.name}</span>
              </div>
            ))}
          </div>
        )}
      </div>
      <div className="composer-acts">
        {onCancel && (
          <Button size="sm" look="plain" onClick={onCancel}>
            {t('common.cancel')}
          </Button>
        )}
        <Button
          size="sm"
          look="ink"
          busy={busy}
          disabled={draft.text.trim() === ''}
          onClick={() => void submit()}
        >
          {send}
        </Button>
      </div>
    </div>
  )
}
