'use client'
import { useSearchParams } from 'next/navigation'
import { useEffect, useMemo, useRef, useState } from 'react'
import { Button } from '@/app/_ui/button'
import { Icon } from '@/app/_ui/icon'
import { keyName } from '@/app/_ui/keys'
import { Segmented } from '@/app/_ui/segmented'
import { addDays, type DayText } from '@/lib/domain/day-text'
import { useBoard, useBoardStore, useOpenCard } from '../_board/use-board'
import { type Entry, entriesOf, onward, type Span, shownDay, spans, weeksOf } from './calendar'
import { AddOn, type DayGiven, EntryButton, MoreOf } from './calendar-day'
import { dayLong, dayName, firstWeekday, monthAndYear, weekday, weekdayName } from './say-days'
import { type Carried, useCarry } from './use-carry'
import { changeParam, useChoice, useFilter, useShownCards } from './use-filter'
import { useViewFacts, type ViewFacts } from './use-view-facts'
import { useViewRoom } from './use-view-room'
import { useWide } from './use-wide'
import { ViewEmpty } from './view-empty'
import './calendar.css'

/** As many as a day of a month has room for; the last of them may be "3 more". */
const ROOM = 4

/** Activities on their days: a month, a week, or on a phone a list of the days that have any. */
export function CalendarView() {
  useViewRoom()
  const cards = useShownCards()
  const facts = useViewFacts()
  const { t, today, language } = facts
  const { waiting } = useBoard()
  const { open, show } = useOpenCard()
  const { asks } = useFilter()
  const params = useSearchParams()
  const span = useChoice<Span>('span', spans)
  const starts = params.get('starts') === '1'
  const day = shownDay(params.get('on'), today)
  const first = firstWeekday(facts.language)
  const weeks = useMemo(() => weeksOf(day, span, first), [day, span, first])
  const entries = useMemo(() => entriesOf(cards, starts), [cards, starts])
  const carry = useCarry(today, facts.may.edit)
  const wide = useWide()
  const go = (to: DayText) => changeParam('on', to === today ? null : to)
  const given: DayGiven = { facts, carry, show, open, waiting }
  return (
    <section className="calendar" aria-label={t('views.view_calendar')}>
      <div className="list-tools">
        <h2 aria-live="polite">
          {span === 'month' || !wide
            ? monthAndYear(language, day)
            : t('views.week_of', { day: dayName(language, weeks[0]?.[0] ?? day, today) })}
        </h2>
        <span className="row">
          <Button
            size="sm"
            icon
            aria-label={t(`views.${span}_before`)}
            onClick={() => go(onward(day, wide ? span : 'month', -1))}
          >
            <Icon name="right" className="flip" />
          </Button>
          <button type="button" className="chip" onClick={() => go(today)}>
            {t('views.today')}
          </button>
          <Button
            size="sm"
            icon
            aria-label={t(`views.${span}_after`)}
            onClick={() => go(onward(day, wide ? span : 'month', 1))}
          >
            <Icon name="right" />
          </Button>
        </span>
        {wide && (
          <Segmented
            label={t('views.span_of')}
            value={span}
            options={spans.map((one) => ({ value: one, label: t(`views.span_${one}`) }))}
            onChange={(next) => changeParam('span', next === 'month' ? null : next)}
          />
        )}
        <button
          type="button"
          className="chip"
          aria-pressed={starts}
          onClick={() => changeParam('starts', starts ? null : '1')}
        >
          {t('views.starts_too')}
        </button>
        {wide && facts.may.edit && <p className="help">{t('views.calendar_keys')}</p>}
      </div>
      {cards.length === 0 && asks && <ViewEmpty />}
      {wide ? (
        <Grid
          key={span}
          weeks={weeks}
          span={span}
          month={day.slice(0, 7)}
          entries={entries}
          given={given}
          go={go}
        />
      ) : (
        <Agenda
          weeks={weeksOf(day, 'month', first)}
          month={day.slice(0, 7)}
          entries={entries}
          given={given}
        />
      )}
      <CarrySpeech carried={carry.carried} facts={facts} />
    </section>
  )
}

function Grid({
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
        if (!days.includes(to)) go(to)
        else cell.ownerDocument.querySelector(`td[data-day="${to}"]`)?.scrollIntoView({ block: 'nearest' })
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
                  aria-label={t('views.day_label', { day: dayLong(language, day), n: list.length })}
                  tabIndex={stop ? 0 : -1}
                  onFocus={() => at !== day && setAt(day)}
                  onDoubleClick={(event) => {
                    if (may.create && event.target === event.currentTarget) setAdding(day)
                  }}
                >
                  <div className="top">
                    <span className="num">{dayNumber(day, language)}</span>
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

/** The days of a month that have anything, one below the other. */
function Agenda({
  weeks,
  month,
  entries,
  given,
}: {
  weeks: readonly DayText[][]
  month: string
  entries: ReadonlyMap<DayText, readonly Entry[]>
  given: DayGiven
}) {
  const { facts } = given
  const { t, language, today, may } = facts
  const [adding, setAdding] = useState<DayText | null>(null)
  const days = weeks.flat().filter((day) => day.slice(0, 7) === month && (entries.has(day) || day === today))
  if (days.length === 0) return <p className="quiet cal-none">{t('views.agenda_none')}</p>
  return (
    <ol className="agenda">
      {days.map((day) => (
        <li key={day} aria-current={day === today ? 'date' : undefined}>
          <div className="top">
            <h3>
              <b className="num">{Number(day.slice(8))}</b> {weekdayName(language, day, 'long')}
              {day === today && <span className="now">{t('views.today')}</span>}
            </h3>
            {may.create && (
              <Button
                size="sm"
                icon
                aria-label={t('views.add_on', { day: dayLong(language, day) })}
                onClick={() => setAdding(day)}
              >
                <Icon name="plus" />
              </Button>
            )}
          </div>
          {(entries.get(day) ?? []).map((entry) => (
            <EntryButton key={entry.key} {...given} entry={entry} day={day} stop />
          ))}
          {adding === day && <AddOn day={day} facts={facts} done={() => setAdding(null)} />}
        </li>
      ))}
    </ol>
  )
}

/** Says what is lifted by keys, over which day it hangs, and where it was put. */
function CarrySpeech({ carried, facts }: { carried: Carried | null; facts: ViewFacts }) {
  const store = useBoardStore()
  const [said, setSaid] = useState('')
  const before = useRef<Carried | null>(null)
  const { t, language } = facts
  useEffect(() => {
    const was = before.current
    before.current = carried
    if (!(carried ?? was)?.keyed) return
    if (carried) {
      const { title } = carried.entry.card
      const day = dayLong(language, carried.to)
      setSaid(was?.entry.key === carried.entry.key ? day : t('views.said_carry', { title, day }))
      return
    }
    const card = was && store.state().cards.get(was.entry.card.id)
    if (!was || !card) return
    const day = card[was.entry.what]
    if (day) setSaid(t('views.said_put', { title: card.title, days: dayLong(language, day) }))
  }, [carried, store, t, language])
  return (
    <p className="vh" role="status" aria-live="assertive" data-speech="">
      {said}
    </p>
  )
}
