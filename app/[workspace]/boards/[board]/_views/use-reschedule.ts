'use client'
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import type { Card } from '@/lib/domain/card'
import type { DayText } from '@/lib/domain/day-text'
import { useBoardStore } from '../_board/use-board'
import { changeOf, type Dates, dayAt, daysOf, moved, type Part, type Scale } from './timeline'
import { useFollow } from './use-follow'

/** What hangs in the air: a card, which part of it, and by how many days it has been moved. */
export interface Held {
  readonly id: string
  readonly part: Part
  readonly days: number
  /** By keys; else by a pointer. */
  readonly keyed: boolean
}

const SHAKE = 4
/** So near the edge the timeline goes along, pixels. */
const EDGE = 36

export interface Reschedule {
  readonly held: Held | null
  readonly hold: (id: string, part: Part) => void
  readonly shift: (days: number) => void
  readonly drop: () => void
  readonly leave: () => void
  /** For the pointer that goes down on a bar or on a name of the side list. */
  readonly onPointerDown: (event: React.PointerEvent, card: Card, part: Part) => void
  readonly dragged: () => boolean
}

/** Moves dates by pointer or by keys; nothing is written before it is dropped. */
export function useReschedule(
  scroller: RefObject<HTMLElement | null>,
  scale: Scale,
  /** Pixels of the names beside the days. */
  aside: number,
  today: DayText,
  may: boolean,
): Reschedule {
  const store = useBoardStore()
  const [held, setHeld] = useState<Held | null>(null)
  const latest = useRef({ held, scale, today })
  latest.current = { held, scale, today }
  const { follow, dragged } = useFollow()

  const keep = useCallback(
    (id: string, part: Part, days: number) => {
      const card = store.state().cards.get(id)
      if (!card) return
      const change = changeOf(card, moved(card, part, days, latest.current.today))
      if (change) void store.edit(id, change)
    },
    [store],
  )

  const hold = useCallback(
    (id: string, part: Part) => {
      if (may) setHeld({ id, part, days: 0, keyed: true })
    },
    [may],
  )
  const shift = useCallback((days: number) => {
    setHeld((now) => (now ? { ...now, days: now.days + days } : now))
  }, [])
  const leave = useCallback(() => setHeld(null), [])
  const drop = useCallback(() => {
    const now = latest.current.held
    if (!now) return
    setHeld(null)
    keep(now.id, now.part, now.days)
  }, [keep])

  const onPointerDown = useCallback(
    (event: React.PointerEvent, card: Card, part: Part) => {
      if (!may || event.button !== 0 || !event.isPrimary) return
      const element = event.currentTarget as HTMLElement
      const { pointerId } = event
      const undated = card.start === null && card.due === null
      const begin = { x: event.clientX, y: event.clientY, scrolled: scroller.current?.scrollLeft ?? 0 }
      let pointer = { x: event.clientX, y: event.clientY }
      let frame = 0
      const look = () => {
        const { scale: now, today: day } = latest.current
        const box = scroller.current?.getBoundingClientRect()
        if (!box) return
        const scrolled = scroller.current?.scrollLeft ?? 0
        if (undated) {
          // Over the days it is due where it is let go; anywhere else it stays as it is.
          const inside =
            pointer.x > box.left + aside &&
            pointer.x < box.right &&
            pointer.y > box.top &&
            pointer.y < box.bottom
          const target = dayAt(now, pointer.x - box.left - aside + scrolled)
          setHeld(inside ? { id: card.id, part: 'all', days: between(day, target), keyed: false } : null)
        } else {
          const days = daysOf(now, pointer.x - begin.x + scrolled - begin.scrolled)
          setHeld((before) =>
            before?.days === days && before.id === card.id
              ? before
              : { id: card.id, part, days, keyed: false },
          )
        }
      }
      const along = () => {
        const box = scroller.current?.getBoundingClientRect()
        if (box && scroller.current) {
          const left = box.left + aside + EDGE - pointer.x
          const right = pointer.x - (box.right - EDGE)
          const by =
            left > 0 && !undated ? -Math.min(left, EDGE) / 3 : right > 0 ? Math.min(right, EDGE) / 3 : 0
          if (by !== 0) {
            scroller.current.scrollLeft += by
            look()
          }
        }
        frame = requestAnimationFrame(along)
      }
      follow(event, {
        shake: SHAKE,
        lift: () => {
          element.setPointerCapture?.(pointerId)
          frame = requestAnimationFrame(along)
        },
        move: (at) => {
          pointer = at
          look()
        },
        drop: (kept) => {
          cancelAnimationFrame(frame)
          const now = latest.current.held
          setHeld(null)
          if (kept && now) keep(now.id, now.part, now.days)
        },
      })
    },
    [may, scroller, aside, keep, follow],
  )

  // What was held may have left the board, or the filter.
  useEffect(() => {
    if (held && !store.state().cards.has(held.id)) setHeld(null)
  }, [held, store])

  return { held, hold, shift, drop, leave, onPointerDown, dragged }
}

/** The dates as they would be when what is held is dropped now. */
export function asHeld(card: Card, held: Held | null, today: DayText): Dates {
  return held?.id === card.id ? moved(card, held.part, held.days, today) : card
}

const between = (from: DayText, to: DayText) =>
  Math.round((Date.parse(`${to}T12:00:00Z`) - Date.parse(`${from}T12:00:00Z`)) / 86_400_000)
