'use client'
import { useEffect, useRef, useState } from 'react'
import { Icon } from '@/app/_ui/icon'
import { keyName } from '@/app/_ui/keys'
import { addDays, type DayText } from '@/lib/domain/day-text'
import type { Entry, Span } from './calendar'
import { AddOn, type DayGiven, EntryButton, MoreOf } from './calendar-day'
import { dayLong, dayName, weekday, weekdayName } from './say-days'
import type { ViewFacts } from './use-view-facts'

/** As many as a day of a month has room for; the last of them may be "3 more". */
const ROOM = 4

/** The days of a month or a week, and the keys they answer. */
export function Grid({
  weeks,
  span,
  month,
  entries,
  given,
  go,
}: {
  weeks: readonly DayText[][]
  span: Span
  month: string
  entries: ReadonlyMap<DayText, readonly Entry[]>
  given: DayGiven
  go: (day: DayText) => void
}) {
  const { facts, carry, show } = given
  const { t, language, today, may } = facts
  const grid = useRef<HTMLTableElement>(null)
  const [at, setAt] = useState<DayText | null>(null)
  const [adding, setAdding] = useState<DayText | null>(null)
  const refocus = useRef<string | null>(null)
  const days = weeks.flat()
  const active = at !== null && days.includes(at) ? at : days.includes(today) ? today : (days[0] ?? today)

  useEffect(() => {
    if (refocus.current === null) return
    const wanted = grid.current?.querySelector<HTMLElement>(refocus.current)
    if (!wanted) return
    refocus.current = null
    wanted.focus()
  })

  const walk = (to: DayText) => {
    setAt(to)
    refocus.current = `td[data-day="${to}"]`
    if (!days.includes(to)) go(to)
  }

  const onKeyDown = (event: React.KeyboardEvent) => {
    const target = event.target as HTMLElement
    const key = keyName(event)
    const cell = target.closest<HTMLElement>('td[data-day]')
    if (!cell || key === null || target.closest('[popover]')) return
    const day = cell.dataset.day ?? today
    const entryKey = target.closest<HTMLElement>('[data-entry]')?.dataset.entry
    if (!onKey(key, day, entryKey, cell)) return
    event.preventDefault()
    event.stopPropagation()
    event.nativeEvent.stopPropagation()
  }

  function onKey(key: string, day: DayText, entryKey: string | undefined, cell: HTMLElement): boolean {
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 7, ArrowUp: -7 }[key]
    const { carried } = carry
    if (carried?.keyed) {
      if (step !== undefined) {
        const to = addDays(carried.to, step)
        carry.to(to)
        if (!days.includes(to)) {
          // The day it was lifted from goes out of sight: the keys go on from the day it hangs over.
          refocus.current = `td[data-day="${to}"]`
          go(to)
        } else cell.ownerDocument.querySelector(`td[data-day="${to}"]`)?.scrollIntoView({ block: 'nearest' })
      } else if (key === 'Enter' || key === ' ') {
        setAt(carried.to)
        refocus.current = `td[data-day="${carried.to}"] [data-entry="${CSS.escape(carried.entry.key)}"]`
        carry.drop()
      } else if (key === 'Escape') {
        refocus.current = `[data-entry="${CSS.escape(carried.entry.key)}"]`
        if (!days.includes(carried.from)) go(carried.from)
        carry.leave()
      }
      // While it hangs in the air no other key does anything to it.
      return key !== 'Tab' && key !== 'Shift+Tab'
    }
    const entry = entryKey === undefined ? undefined : entries.get(day)?.find((one) => one.key === entryKey)
    if (entry) {
      const stops = [...cell.querySelectorAll<HTMLElement>('[data-entry], .cal-more')]
      const here = stops.findIndex((one) => one.dataset.entry === entryKey)
      switch (key) {
        case 'Enter':
        case 'o':
          show(entry.card.id)
          return true
        case 'm':
        case ' ':
          if (!may.edit) return false
          carry.lift(entry, day)
          return true
        case 'ArrowDown':
        case 'ArrowUp': {
          const next = stops[here + (key === 'ArrowDown' ? 1 : -1)]
          if (next) next.focus()
          else if (key === 'ArrowUp') cell.focus()
          return true
        }
        case 'Escape':
          cell.focus()
          return true
      }
    }
    if (step !== undefined) {
      walk(addDays(day, step))
      return true
    }
    switch (key) {
      case 'Home':
        walk(days[Math.floor(days.indexOf(day) / 7) * 7] ?? day)
        return true
      case 'End':
        walk(days[Math.floor(days.indexOf(day) / 7) * 7 + 6] ?? day)
        return true
      case 'PageDown':
        walk(addDays(day, span === 'month' ? 28 : 7))
        return true
      case 'PageUp':
        walk(addDays(day, span === 'month' ? -28 : -7))
        return true
      case 'Enter': {
        const one = cell.querySelector<HTMLElement>('[data-entry]')
        if (one) one.focus()
        else if (may.create) setAdding(day)
        return true
      }
      case 'c':
        if (!may.create) return false
        setAdding(day)
        return true
      default:
        return false
    }
  }

  return (
    <table
      ref={grid}
      className="cal"
      data-span={span}
      data-carrying={carry.carried ? '' : undefined}
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid is a table that is walked through by keys
      role="grid"
      aria-label={t('views.view_calendar')}
      onKeyDown={onKeyDown}
    >
      <thead>
        <tr>
          {(weeks[0] ?? []).map((day) => (
            <th key={day} scope="col">
              <abbr title={weekdayName(language, day, 'long')}>{weekdayName(language, day)}</abbr>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week[0]}>
            {week.map((day) => {
              const list = entries.get(day) ?? []
              const room = span === 'week' ? Number.POSITIVE_INFINITY : ROOM
              const shown = list.length > room ? list.slice(0, room - 1) : list
              const stop = day === active
              const carried = carry.carried
              return (
                <td
                  key={day}
                  data-day={day}
                  data-out={span === 'month' && day.slice(0, 7) !== month ? '' : undefined}
                  data-off={weekday(day) > 5 ? '' : undefined}
                  data-target={carried?.to === day && carried.from !== day ? '' : undefined}
                  aria-current={day === today ? 'date' : undefined}
                  tabIndex={stop ? 0 : -1}
                  onFocus={() => at !== day && setAt(day)}
                  onDoubleClick={(event) => {
                    if (may.create && event.target === event.currentTarget) setAdding(day)
                  }}
                >
                  <div className="top">
                    <span className="num" aria-hidden="true">
                      {dayNumber(day, language)}
                    </span>
                    <span className="vh">
                      {t('views.day_label', { day: dayLong(language, day), n: list.length })}
                    </span>
                    {may.create && (
                      <button
                        type="button"
                        className="plus"
                        tabIndex={-1}
                        aria-label={t('views.add_on', { day: dayLong(language, day) })}
                        onClick={() => setAdding(day)}
                      >
                        <Icon name="plus" />
                      </button>
                    )}
                  </div>
                  {shown.map((entry) => (
                    <EntryButton key={entry.key} {...given} entry={entry} day={day} stop={stop} />
                  ))}
                  {list.length > shown.length && (
                    <MoreOf {...given} n={list.length - shown.length} day={day} entries={list} stop={stop} />
                  )}
                  {adding === day && (
                    <AddOn
                      day={day}
                      facts={facts}
                      done={(back) => {
                        setAdding(null)
                        if (back) refocus.current = `td[data-day="${day}"]`
                      }}
                    />
                  )}
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** "1 Sep" on the first of a month, else the number. */
function dayNumber(day: DayText, language: ViewFacts['language']): string {
  const date = Number(day.slice(8))
  return date === 1 ? dayName(language, day, day) : String(date)
}
