import type { Card } from '@/lib/domain/card'
import { addDays, addMonths, type DayText, isDay } from '@/lib/domain/day-text'
import { weekOf } from './say-days'
import { type Dates, moved } from './timeline'

export const spans = ['month', 'week'] as const
export type Span = (typeof spans)[number]

/** The weeks a calendar shows: all that touch the month of the day, or the one it lies in. */
export function weeksOf(day: DayText, span: Span, weekStart: number): DayText[][] {
  const first = span === 'week' ? weekOf(day, weekStart) : weekOf(`${day.slice(0, 7)}-01`, weekStart)
  const month = day.slice(0, 7)
  const weeks: DayText[][] = []
  for (let week = first; ; week = addDays(week, 7)) {
    if (span === 'month' ? week.slice(0, 7) > month : weeks.length === 1) return weeks
    weeks.push(Array.from({ length: 7 }, (_, i) => addDays(week, i)))
  }
}

/** The same day a month or a week on. */
export const onward = (day: DayText, span: Span, way: 1 | -1): DayText =>
  span === 'month' ? addMonths(`${day.slice(0, 7)}-01`, way) : addDays(day, 7 * way)

/** The day an address asks for, or today. */
export const shownDay = (asked: string | null, today: DayText): DayText => (isDay(asked) ? asked : today)

export interface Entry {
  readonly key: string
  readonly card: Card
  readonly what: 'due' | 'start'
}

/** What lies on each day: what is due first, then what begins. One that begins and is due on a day stands there once. */
export function entriesOf(cards: readonly Card[], starts: boolean): ReadonlyMap<DayText, readonly Entry[]> {
  const days = new Map<DayText, Entry[]>()
  const put = (day: DayText, card: Card, what: Entry['what']) => {
    const entry: Entry = { key: `${what} ${card.id}`, card, what }
    const list = days.get(day)
    if (list) list.push(entry)
    else days.set(day, [entry])
  }
  for (const card of cards) if (card.due !== null) put(card.due, card, 'due')
  if (starts)
    for (const card of cards)
      if (card.start !== null && card.start !== card.due) put(card.start, card, 'start')
  return days
}

/**
 * The dates when an entry is put on another day. Where one end would pass the other, all of it moves: it was dropped on
 * this day, and there it must be.
 */
export function putOn(dates: Dates, what: Entry['what'], days: number, today: DayText): Dates {
  const { start, due } = dates
  const reversed =
    start !== null &&
    due !== null &&
    (what === 'due' ? addDays(due, days) < start : addDays(start, days) > due)
  return moved(dates, reversed ? 'all' : what, days, today)
}
