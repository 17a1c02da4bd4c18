'use client'
import { useEffect, useRef, useState } from 'react'
import { useBoardStore } from '../_board/use-board'
import { dayLong } from './say-days'
import type { Carried } from './use-carry'
import type { ViewFacts } from './use-view-facts'

/** Says what is lifted by keys, over which day it hangs, and where it was put. */
export function CarrySpeech({ carried, facts }: { carried: Carried | null; facts: ViewFacts }) {
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
