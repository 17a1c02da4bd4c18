'use client'
import { type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { Avatar } from '@/app/_ui/avatar'
import { keyName } from '@/app/_ui/keys'
import { MAX_ACTIVITY_TITLE, MAX_EFFORT, priorities } from '@/lib/domain/activity'
import type { Card } from '@/lib/domain/card'
import { isDay } from '@/lib/domain/day-text'
import { useBoard, useBoardStore } from '../_board/use-board'
import type { Choice } from './choices'
import { ChoicesPanel } from './choices-panel'
import { servable } from './filter-choices'
import type { ListField } from './list-fields'
import type { ViewFacts } from './use-view-facts'

interface Given {
  readonly field: ListField
  readonly card: Card
  readonly facts: ViewFacts
  readonly done: (back: boolean) => void
}

/** A cell while it is written: Enter keeps, Esc leaves it as it was, going elsewhere keeps. */
export function Editor(given: Given) {
  switch (given.field) {
    case 'title':
    case 'start':
    case 'due':
    case 'effort':
      return <Written {...given} field={given.field} />
    default:
      return <Chosen {...given} field={given.field} />
  }
}

function Written({
  field,
  card,
  facts,
  done,
}: Given & { readonly field: 'title' | 'start' | 'due' | 'effort' }) {
  const store = useBoardStore()
  const input = useRef<HTMLInputElement>(null)
  const over = useRef(false)
  const before = card[field]
  const [value, setValue] = useState(before === null ? '' : String(before))
  useEffect(() => {
    input.current?.focus()
    if (field === 'title') input.current?.select()
  }, [field])
  const end = (keep: boolean, back: boolean) => {
    if (over.current) return
    over.current = true
    const changes = keep ? readField(field, value, before) : null
    done(back)
    if (changes) void store.edit(card.id, changes)
  }
  const shape =
    field === 'title'
      ? { type: 'text', maxLength: MAX_ACTIVITY_TITLE }
      : field === 'effort'
        ? { type: 'number', min: 0, max: MAX_EFFORT, step: 0.5, inputMode: 'decimal' as const }
        : { type: 'date', min: '1970-01-01', max: '2199-12-31' }
  return (
    <input
      ref={input}
      {...shape}
      className="cell-input"
      aria-label={facts.t('views.edit_field', { field: facts.t(`views.list_${field}`), title: card.title })}
      value={value}
      onChange={(event) => setValue(event.target.value)}
      onBlur={() => end(true, false)}
      onKeyDown={(event) => {
        const key = keyName(event)
        event.stopPropagation()
        if (key === 'Enter') end(true, true)
        else if (key === 'Escape') end(false, true)
        else return
        event.preventDefault()
      }}
    />
  )
}

/** What an input says as a change; null: nothing, or nothing that can be meant. */
export function readField(
  field: 'title' | 'start' | 'due' | 'effort',
  value: string,
  before: string | number | null,
): Partial<Pick<Card, 'title' | 'start' | 'due' | 'effort'>> | null {
  const text = value.trim()
  switch (field) {
    case 'title':
      return text === '' || text === before ? null : { title: text }
    case 'effort': {
      const effort = text === '' ? null : Number(text)
      return effort === before || Number.isNaN(effort) ? null : { effort }
    }
    case 'start':
    case 'due': {
      const day = text === '' ? null : text
      return day === before || (day !== null && !isDay(day)) ? null : { [field]: day }
    }
  }
}

function Chosen({
  field,
  card,
  facts,
  done,
}: Given & { readonly field: 'column' | 'owner' | 'priority' | 'serves' | 'labels' }) {
  const store = useBoardStore()
  const state = useBoard()
  const { t } = facts
  const here = useRef<HTMLSpanElement>(null)
  const cell = useRef<HTMLElement | null>(null)
  useLayoutEffect(() => {
    cell.current = here.current?.closest('td') ?? null
  }, [])
  const close = useCallback(() => done(true), [done])
  const served = card.serves.join()
  const choices = useMemo((): Choice[] => {
    switch (field) {
      case 'column':
        return state.columns.map((column) => ({
          value: column.id,
          label: facts.columns.get(column.id)?.said ?? '',
          hint: t(`views.phase_${column.phase}`),
        }))
      case 'owner':
        return [
          { value: '', label: t('views.owner_none') },
          ...state.people.map((person) => ({
            value: person.id as string,
            label: person.name,
            lead: <Avatar id={person.userId} name={person.name} image={person.image} size="sm" />,
          })),
        ]
      case 'priority':
        return [
          ...priorities.map((one) => ({ value: one, label: t(`views.priority_${one}`) })),
          { value: '', label: t('views.priority_none') },
        ]
      case 'serves':
        return servable(state, served.split(','), t)
      case 'labels':
        return state.labels
          .filter(({ removed }) => !removed)
          .map((label) => ({
            value: label.id as string,
            label: label.name,
            lead: <span className="label-dot" data-tone={label.tone} aria-hidden="true" />,
          }))
    }
  }, [field, state, facts, t, served])
  const chosen: readonly string[] =
    field === 'column'
      ? [card.columnId]
      : field === 'owner'
        ? [card.ownerId ?? '']
        : field === 'priority'
          ? [card.priority ?? '']
          : card[field]
  return (
    <span ref={here}>
      <ChoicesPanel
        label={t('views.edit_field', { field: t(`views.list_${field}`), title: card.title })}
        choices={choices}
        chosen={chosen}
        multiple={field === 'serves' || field === 'labels'}
        anchor={cell as RefObject<HTMLElement | null>}
        close={close}
        onChoose={(value, on) => {
          switch (field) {
            case 'column':
              if (value !== card.columnId)
                void store.move(card.id, { columnId: value, after: null, before: null })
              return
            case 'owner':
              if (value !== (card.ownerId ?? '')) void store.edit(card.id, { ownerId: value || null })
              return
            case 'priority':
              if (value !== (card.priority ?? '')) void store.edit(card.id, { priority: value || null })
              return
            default: {
              const before: readonly string[] = card[field]
              void store.edit(card.id, {
                [field]: on ? [...before, value] : before.filter((one) => one !== value),
              })
            }
          }
        }}
      />
    </span>
  )
}
