'use client'
import { useCallback, useEffect, useRef, useState } from 'react'
import { Button } from '@/app/_ui/button'
import { Icon } from '@/app/_ui/icon'
import { keyName } from '@/app/_ui/keys'
import { place } from '@/app/_ui/menu-panel'
import { MAX_ACTIVITY_TITLE, overdue } from '@/lib/domain/activity'
import type { DayText } from '@/lib/domain/day-text'
import { useBoardPart, useBoardStore } from '../_board/use-board'
import type { Entry } from './calendar'
import { dayLong } from './say-days'
import type { Carry } from './use-carry'
import type { ViewFacts } from './use-view-facts'

export interface DayGiven {
  readonly facts: ViewFacts
  readonly carry: Carry
  readonly show: (id: string) => void
  readonly open: string | null
  readonly waiting: ReadonlySet<string>
}

/** One activity on one day. */
export function EntryButton({
  entry,
  day,
  stop,
  facts,
  carry,
  show,
  open,
  waiting,
}: DayGiven & { readonly entry: Entry; readonly day: DayText; readonly stop: boolean }) {
  const { t } = facts
  const { card, what } = entry
  const phase = facts.phases.get(card.columnId) ?? 'plan'
  const late = what === 'due' && overdue(card, phase, facts.today)
  const owner = card.ownerId ? facts.people.get(card.ownerId) : undefined
  const held = carry.carried?.entry.key === entry.key
  const label = [
    card.title,
    t(what === 'due' ? 'views.entry_due' : 'views.entry_start'),
    facts.columns.get(card.columnId)?.said ?? '',
    late ? t('views.due_late') : '',
    owner ?? '',
  ]
  return (
    <button
      type="button"
      className="cal-entry"
      tabIndex={stop ? 0 : -1}
      data-entry={entry.key}
      data-phase={phase}
      data-what={what}
      data-late={late || undefined}
      data-held={held || undefined}
      data-open={open === card.id || undefined}
      aria-busy={waiting.has(card.id) || undefined}
      aria-label={label.filter(Boolean).join(', ')}
      title={card.title}
      onPointerDown={(event) => carry.onPointerDown(event, entry, day)}
      onClick={() => {
        if (!carry.dragged()) show(card.id)
      }}
    >
      <i className="mark" />
      <span className="words">{card.title}</span>
    </button>
  )
}

/** Everything on one day, over the calendar. */
export function MoreOf({
  n,
  day,
  entries,
  stop,
  ...given
}: DayGiven & {
  readonly n: number
  readonly day: DayText
  readonly entries: readonly Entry[]
  readonly stop: boolean
}) {
  const { t, language } = given.facts
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const close = useCallback(() => setOpen(false), [])
  return (
    <>
      <button
        ref={button}
        type="button"
        className="cal-more"
        tabIndex={stop ? 0 : -1}
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-label={t('views.more_on', { n, day: dayLong(language, day) })}
        onClick={() => setOpen(!open)}
      >
        {t('views.more', { n })}
      </button>
      {open && (
        <MorePanel anchor={button} close={close} label={dayLong(language, day)}>
          {entries.map((entry) => (
            <EntryButton
              key={entry.key}
              {...given}
              show={(id) => {
                close()
                given.show(id)
              }}
              entry={entry}
              day={day}
              stop
            />
          ))}
        </MorePanel>
      )}
    </>
  )
}

function MorePanel({
  anchor,
  close,
  label,
  children,
}: {
  anchor: React.RefObject<HTMLElement | null>
  close: () => void
  label: string
  children: React.ReactNode
}) {
  const panel = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = panel.current
    if (!element) return
    const before = document.activeElement
    element.showPopover()
    place(element, anchor, 'start')
    element.querySelector<HTMLElement>('button')?.focus()
    const heard = (event: Event) => {
      if ((event as ToggleEvent).newState === 'closed') close()
    }
    element.addEventListener('toggle', heard)
    return () => {
      element.removeEventListener('toggle', heard)
      const held = element.contains(document.activeElement) || document.activeElement === document.body
      if (held && before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [anchor, close])
  return (
    <div
      ref={panel}
      popover="auto"
      role="dialog"
      aria-label={label}
      className="menu cal-panel"
      onKeyDown={(event) => {
        const key = keyName(event)
        if (key !== 'ArrowDown' && key !== 'ArrowUp') return
        event.preventDefault()
        event.stopPropagation()
        const all = [...(panel.current?.querySelectorAll<HTMLElement>('button') ?? [])]
        const at = all.indexOf(document.activeElement as HTMLElement)
        all[(at + (key === 'ArrowDown' ? 1 : -1) + all.length) % all.length]?.focus()
      }}
    >
      <h3 className="cap">{label}</h3>
      {children}
    </div>
  )
}

/** A new activity that is due on this day: Enter adds it and stays for the next, Esc leaves. */
export function AddOn({
  day,
  facts,
  done,
}: {
  day: DayText
  facts: ViewFacts
  done: (back: boolean) => void
}) {
  const { t, language } = facts
  const store = useBoardStore()
  const columnId = useBoardPart(
    (state) => state.columns.find(({ phase }) => phase === 'plan')?.id ?? state.columns[0]?.id,
  )
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])
  const add = async () => {
    const input = field.current
    const title = input?.value.trim() ?? ''
    if (!input || title === '' || columnId === undefined) return
    input.value = ''
    const made = await store.create({ columnId, title, fields: { due: day } })
    // Refused: the words are not lost, unless the next ones stand there already.
    if (!made && input.value === '') input.value = title
  }
  return (
    <span className="cal-add">
      <input
        ref={field}
        className="cell-input"
        maxLength={MAX_ACTIVITY_TITLE}
        aria-label={t('views.add_on', { day: dayLong(language, day) })}
        placeholder={t('views.add_placeholder')}
        enterKeyHint="done"
        onBlur={(event) => {
          if (event.target.value.trim() === '') done(false)
        }}
        onKeyDown={(event) => {
          const key = keyName(event)
          event.stopPropagation()
          if (key === 'Enter') void add()
          else if (key === 'Escape') done(true)
          else return
          event.preventDefault()
        }}
      />
      <Button
        size="sm"
        icon
        aria-label={t('common.close')}
        onPointerDown={(event) => event.preventDefault()}
        onClick={() => done(true)}
      >
        <Icon name="x" />
      </Button>
    </span>
  )
}
