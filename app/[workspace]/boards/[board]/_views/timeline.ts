import type { Card } from '@/lib/domain/card'
import { addDays, addMonths, type DayText, daysFromTo } from '@/lib/domain/day-text'
import { weekOf } from './say-days'

export const zooms = ['months', 'weeks', 'quarters'] as const
export type Zoom = (typeof zooms)[number]

/** Pixels a day is wide: days can be told apart, weeks can, months can. */
const widths: Readonly<Record<Zoom, number>> = { weeks: 26, months: 8, quarters: 2.75 }

/** What is drawn: whole days from `from`, `days` of them. */
export interface Scale {
  readonly from: DayText
  readonly days: number
  /** Pixels per day. */
  readonly day: number
}

/** Farther than this from today nothing is drawn: one date of 1970 must not make a page a mile long. Days. */
const FAR: Readonly<Record<Zoom, number>> = { weeks: 400, months: 750, quarters: 750 }

/** A scale that holds every day of the cards and today, with room on both sides. */
export function scaleOf(
  cards: readonly Pick<Card, 'start' | 'due'>[],
  today: DayText,
  zoom: Zoom,
  weekStart = 1,
): Scale {
  const nearest = addDays(today, -FAR[zoom])
  const farthest = addDays(today, FAR[zoom])
  let first = today
  let last = today
  for (const { start, due } of cards)
    for (const day of [start, due]) {
      if (day === null || day < nearest || day > farthest) continue
      if (day < first) first = day
      if (day > last) last = day
    }
  // Room to drag into: a few weeks, or a month where a month is small.
  const room = zoom === 'weeks' ? 21 : 45
  const from =
    zoom === 'weeks' ? weekOf(addDays(first, -14), weekStart) : `${addDays(first, -20).slice(0, 7)}-01`
  const to = addDays(last, room)
  return { from, days: Math.max(daysFromTo(from, to), 1), day: widths[zoom] }
}

/** Where a day begins, pixels from the left. */
export const xOf = (scale: Scale, day: DayText): number => daysFromTo(scale.from, day) * scale.day

export const widthOf = (scale: Scale): number => scale.days * scale.day

/** The day under a point. */
export const dayAt = (scale: Scale, x: number): DayText => addDays(scale.from, Math.floor(x / scale.day))

export interface Dates {
  readonly start: DayText | null
  readonly due: DayText | null
}

export type Shape =
  /** From a day to a day, both included. `open`: it has begun and nothing says when it ends. */
  | { readonly kind: 'bar'; readonly x: number; readonly width: number; readonly open: boolean }
  /** Only due: the middle of a diamond. */
  | { readonly kind: 'diamond'; readonly x: number }

/** How dates are drawn; null: none of them. */
export function shapeOf(scale: Scale, { start, due }: Dates): Shape | null {
  if (start === null && due === null) return null
  if (start === null) return { kind: 'diamond', x: xOf(scale, due ?? '') + scale.day / 2 }
  const end = due ?? addDays(start, 6)
  const x = xOf(scale, start)
  // A day of a quarter's view is thinner than a finger or an eye can take.
  const width = Math.max((daysFromTo(start, end) + 1) * scale.day, 6)
  return { kind: 'bar', x, width, open: due === null }
}

/** What is held: all of it, its start, or its due day. */
export type Part = 'all' | 'start' | 'due'

/**
 * Dates moved by whole days. An end never passes the other one; a part that is not there cannot be held, so the whole
 * is. Without dates: due `today`, moved by as much.
 */
export function moved({ start, due }: Dates, part: Part, days: number, today: DayText): Dates {
  if (start === null && due === null) return { start: null, due: addDays(today, days) }
  if (part === 'start' && start !== null) {
    const next = addDays(start, days)
    return { start: due !== null && next > due ? due : next, due }
  }
  if (part === 'due' && due !== null) {
    const next = addDays(due, days)
    return { start, due: start !== null && next < start ? start : next }
  }
  return {
    start: start === null ? null : addDays(start, days),
    due: due === null ? null : addDays(due, days),
  }
}

/** The dates that differ, as an edit; null: none does. */
export function changeOf(
  before: Dates,
  after: Dates,
): Partial<{ start: string | null; due: string | null }> | null {
  const start = before.start !== after.start
  const due = before.due !== after.due
  if (!start && !due) return null
  return { ...(start && { start: after.start }), ...(due && { due: after.due }) }
}

export interface Tick {
  readonly day: DayText
  readonly x: number
  readonly width: number
}

/** The days that begin something, and how far each reaches: months, weeks, days, quarters. */
export function ticks(scale: Scale, of: 'day' | 'week' | 'month' | 'quarter', given = 1): Tick[] {
  const end = addDays(scale.from, scale.days)
  const next = (day: DayText): DayText => {
    switch (of) {
      case 'day':
        return addDays(day, 1)
      case 'week':
        return addDays(day, 7)
      case 'month':
        return addMonths(day, 1)
      case 'quarter':
        return addMonths(day, 3)
    }
  }
  const list: Tick[] = []
  for (let day = firstOf(scale.from, of, given); day < end; day = next(day)) {
    const x = Math.max(0, xOf(scale, day))
    const until = next(day)
    list.push({ day, x, width: Math.min(xOf(scale, until), widthOf(scale)) - x })
  }
  return list
}

/** The beginning of what a day lies in. `given`: the first day of weeks, or the month a fiscal year begins with. */
function firstOf(day: DayText, of: 'day' | 'week' | 'month' | 'quarter', given: number): DayText {
  switch (of) {
    case 'day':
      return day
    case 'week':
      return weekOf(day, given)
    case 'month':
      return `${day.slice(0, 7)}-01`
    case 'quarter': {
      const past = (Number(day.slice(5, 7)) - given + 12) % 3
      return addMonths(`${day.slice(0, 7)}-01`, -past)
    }
  }
}

export interface Point {
  readonly x: number
  readonly y: number
}

/**
 * A line from the end of one bar to the beginning of another, by right angles with round corners. Where the other
 * begins too early for that, around its left side.
 */
export function arrowPath(from: Point, to: Point): string {
  const out = 10
  const down = to.y >= from.y ? 1 : -1
  if (to.x - from.x >= out * 2) {
    const turn = from.x + out
    if (from.y === to.y) return `M${from.x} ${from.y}H${to.x}`
    return `M${from.x} ${from.y}H${turn - 4}q4 0 4 ${4 * down}V${to.y - 4 * down}q0 ${4 * down} 4 ${4 * down}H${to.x}`
  }
  const between = from.y + 17 * down
  const left = to.x - out
  return (
    `M${from.x} ${from.y}H${from.x + out - 4}q4 0 4 ${4 * down}V${between - 4 * down}` +
    `q0 ${4 * down} -4 ${4 * down}H${left + 4}q-4 0 -4 ${4 * down}V${to.y - 4 * down}q0 ${4 * down} 4 ${4 * down}H${to.x}`
  )
}

/** Days a drag of so many pixels stands for. */
export const daysOf = (scale: Scale, pixels: number): number => Math.round(pixels / scale.day)
