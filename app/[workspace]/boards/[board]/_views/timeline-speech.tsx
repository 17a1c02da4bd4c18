'use client'
import { useEffect, useRef, useState } from 'react'
import { useBoardStore } from '../_board/use-board'
import { dayLong } from './say-days'
import { moved } from './timeline'
import type { Held } from './use-reschedule'
import type { ViewFacts } from './use-view-facts'

/** Says what is lifted by keys, every day it goes, and where it was dropped. */
export function TimelineSpeech({ held, facts }: { held: Held | null; facts: ViewFacts }) {
  const store = useBoardStore()
  const [said, setSaid] = useState('')
  const before = useRef<Held | null>(null)
  const { t, language, today } = facts
  useEffect(() => {
    const was = before.current
    before.current = held
    const one = held ?? was
    if (!one?.keyed) return
    const card = store.state().cards.get(one.id)
    if (!card) return
    const { start, due } = held ? moved(card, held.part, held.days, today) : card
    const days =
      start && due
        ? t('views.span', { start: dayLong(language, start), due: dayLong(language, due) })
        : due
          ? t('views.span_due', { due: dayLong(language, due) })
          : start
            ? t('views.span_start', { start: dayLong(language, start) })
            : t('views.due_none')
    if (!held) setSaid(t('views.said_put', { title: card.title, days }))
    else if (was?.id !== held.id || was.part !== held.part)
      setSaid(t(`views.said_lifted_${held.part}`, { title: card.title, days }))
    else setSaid(days)
  }, [held, store, t, language, today])
  return (
    <p className="vh" role="status" aria-live="assertive" data-speech="">
      {said}
    </p>
  )
}
