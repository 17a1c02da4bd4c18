'use client'
import { useCallback, useEffect, useRef, useState } from 'react'
import { type DayText, daysFromTo } from '@/lib/domain/day-text'
import { useBoardStore } from '../_board/use-board'
import { type Entry, putOn } from './calendar'
import { changeOf } from './timeline'

/** An entry in the air, and the day it would be put on. */
export interface Carried {
  readonly entry: Entry
  readonly from: DayText
  readonly to: DayText
  readonly keyed: boolean
}

const SHAKE = 5
/** A finger that rests means to carry; one that moves on means to scroll. Milliseconds. */
const REST = 280

export interface Carry {
  readonly carried: Carried | null
  readonly lift: (entry: Entry, from: DayText) => void
  readonly to: (day: DayText) => void
  readonly drop: () => void
  readonly leave: () => void
  readonly onPointerDown: (event: React.PointerEvent, entry: Entry, from: DayText) => void
  readonly dragged: () => boolean
}

/** Carries an entry of the calendar to another day, by pointer or by keys. */
export function useCarry(today: DayText, may: boolean): Carry {
  const store = useBoardStore()
  const [carried, setCarried] = useState<Carried | null>(null)
  const latest = useRef(carried)
  latest.current = carried
  const wasDragged = useRef(false)

  const keep = useCallback(
    ({ entry, from, to }: Carried) => {
      const card = store.state().cards.get(entry.card.id)
      if (!card) return
      const change = changeOf(card, putOn(card, entry.what, daysFromTo(from, to), today))
      if (change) void store.edit(card.id, change)
    },
    [store, today],
  )
  const lift = useCallback(
    (entry: Entry, from: DayText) => {
      if (may) setCarried({ entry, from, to: from, keyed: true })
    },
    [may],
  )
  const to = useCallback((day: DayText) => setCarried((now) => now && { ...now, to: day }), [])
  const leave = useCallback(() => setCarried(null), [])
  const drop = useCallback(() => {
    const now = latest.current
    setCarried(null)
    if (now) keep(now)
  }, [keep])

  const onPointerDown = useCallback(
    (event: React.PointerEvent, entry: Entry, from: DayText) => {
      if (!may || event.button !== 0 || !event.isPrimary) return
      const { pointerId, pointerType, clientX, clientY } = event
      let lifted = false
      const begin = () => {
        lifted = true
        setCarried({ entry, from, to: from, keyed: false })
      }
      const timer = pointerType === 'touch' ? setTimeout(begin, REST) : null
      const move = (next: PointerEvent) => {
        if (next.pointerId !== pointerId) return
        if (!lifted) {
          if (Math.hypot(next.clientX - clientX, next.clientY - clientY) < SHAKE) return
          if (timer !== null) return end(false)
          begin()
        }
        const day = document
          .elementFromPoint(next.clientX, next.clientY)
          ?.closest('[data-day]')
          ?.getAttribute('data-day')
        if (day) setCarried((now) => (now && now.to !== day ? { ...now, to: day } : now))
      }
      const end = (kept: boolean, ended = true) => {
        if (timer !== null) clearTimeout(timer)
        window.removeEventListener('pointermove', move)
        window.removeEventListener('pointerup', up)
        window.removeEventListener('pointercancel', cancel)
        window.removeEventListener('keydown', putBack, true)
        window.removeEventListener('touchmove', hold)
        if (!lifted) return
        wasDragged.current = true
        // The click that ends a drag comes with the pointer's going up, which after Esc is yet to come.
        const over = () =>
          setTimeout(() => {
            wasDragged.current = false
          }, 60)
        if (ended) over()
        else window.addEventListener('pointerup', over, { once: true })
        const now = latest.current
        setCarried(null)
        if (kept && now) keep(now)
      }
      const up = (next: PointerEvent) => next.pointerId === pointerId && end(true)
      const cancel = (next: PointerEvent) => next.pointerId === pointerId && end(false)
      const putBack = (key: KeyboardEvent) => {
        if (key.key !== 'Escape' || !lifted) return
        key.preventDefault()
        key.stopPropagation()
        end(false, false)
      }
      // What is carried must not scroll the page under the finger.
      const hold = (touch: TouchEvent) => lifted && touch.preventDefault()
      window.addEventListener('pointermove', move)
      window.addEventListener('pointerup', up)
      window.addEventListener('pointercancel', cancel)
      window.addEventListener('keydown', putBack, true)
      window.addEventListener('touchmove', hold, { passive: false })
    },
    [may, keep],
  )

  useEffect(() => {
    if (carried && !store.state().cards.has(carried.entry.card.id)) setCarried(null)
  }, [carried, store])

  const dragged = useCallback(() => wasDragged.current, [])
  return { carried, lift, to, drop, leave, onPointerDown, dragged }
}
