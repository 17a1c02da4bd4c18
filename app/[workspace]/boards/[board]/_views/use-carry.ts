'use client'
import { useCallback, useEffect, useRef, useState } from 'react'
import { type DayText, daysFromTo } from '@/lib/domain/day-text'
import { useBoardStore } from '../_board/use-board'
import { type Entry, putOn } from './calendar'
import { changeOf } from './timeline'
import { useFollow } from './use-follow'

/** An entry in the air, and the day it would be put on. */
export interface Carried {
  readonly entry: Entry
  readonly from: DayText
  readonly to: DayText
  readonly keyed: boolean
}

const SHAKE = 5
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
  const { follow, dragged } = useFollow()

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
      follow(event, {
        shake: SHAKE,
        rest: REST,
        lift: () => setCarried({ entry, from, to: from, keyed: false }),
        move: ({ x, y }) => {
          const day = document.elementFromPoint(x, y)?.closest('[data-day]')?.getAttribute('data-day')
          if (day) setCarried((now) => (now && now.to !== day ? { ...now, to: day } : now))
        },
        drop: (kept) => {
          const now = latest.current
          setCarried(null)
          if (kept && now) keep(now)
        },
      })
    },
    [may, keep, follow],
  )

  useEffect(() => {
    if (carried && !store.state().cards.has(carried.entry.card.id)) setCarried(null)
  }, [carried, store])

  return { carried, lift, to, drop, leave, onPointerDown, dragged }
}
