'use client'
import { type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import type { Card } from '@/lib/domain/card'
import { type Piece, piecesOf, type Range, rangeAt, startsOf } from './long-column'

/** Cards from which on a column is long: of those only what is near the screen is drawn. */
const LONG = 60
/** As many as a tall screen shows twice. Of a column that is not long the rest follows when the page is at rest. */
const AT_FIRST = 24
/** As high as a card usually is, until some have been measured; pixels. */
const USUAL = 104

export interface Drawn {
  readonly long: boolean
  readonly pieces: readonly Piece[]
}

/**
 * What to draw of the cards of a column, which lie in `list`. `held` are cards somebody has in their hand, or stands
 * on: they stay in the page wherever it is scrolled to.
 */
export function useDrawn(
  list: RefObject<HTMLElement | null>,
  cards: readonly Card[],
  held: readonly (string | null)[],
): Drawn {
  const long = cards.length > LONG
  const paper = usePaper()
  const few = useFew(!long && cards.length > AT_FIRST)
  const [range, setRange] = useState<Range>({ first: 0, end: AT_FIRST })
  const heights = useRef(new Heights())
  const places = useMemo(() => new Map<string, number>(cards.map(({ id }, i) => [id, i])), [cards])

  useEffect(() => {
    if (!long) return
    const look = () => {
      const element = list.current
      if (!element) return
      heights.current.measure(element)
      const starts = heights.current.starts(cards)
      const top = -element.getBoundingClientRect().top
      const screen = window.innerHeight
      const near = rangeAt(starts, top - screen / 2, top + screen * 1.5)
      setRange((before) =>
        near.first >= before.first && near.end <= before.end
          ? before
          : rangeAt(starts, top - screen, top + screen * 2),
      )
    }
    const wider = () => {
      heights.current.forget()
      look()
    }
    // After the next picture: asked at once, the browser would have to lay out the page for it, in the middle of a move.
    let timer: ReturnType<typeof setTimeout> | undefined
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(look)
    })
    // Whatever scrolls: the page, or on a phone the row of columns.
    window.addEventListener('scroll', look, { passive: true, capture: true })
    window.addEventListener('resize', wider)
    return () => {
      cancelAnimationFrame(frame)
      clearTimeout(timer)
      window.removeEventListener('scroll', look, { capture: true })
      window.removeEventListener('resize', wider)
    }
  }, [list, cards, long])

  const ids = held.filter((id) => id !== null).join(' ')
  const pieces = useMemo(() => {
    const shown =
      paper || !(long || few) ? { first: 0, end: cards.length } : long ? range : { first: 0, end: AT_FIRST }
    if (!long) return cards.slice(0, shown.end).map((_, card) => ({ card }))
    const hands = ids === '' ? [] : ids.split(' ').flatMap((id) => places.get(id) ?? [])
    return piecesOf(heights.current.starts(cards), shown, hands)
  }, [cards, places, range, paper, few, long, ids])
  return { long, pieces }
}

/** How high cards are, by id: those that were drawn once, and of the others a guess. */
class Heights {
  private readonly known = new Map<string, number>()
  private usual: number | null = null

  measure(list: HTMLElement): void {
    for (const child of list.children) {
      const id = child.getAttribute('data-card')
      if (id !== null && child instanceof HTMLElement) this.known.set(id, child.offsetHeight)
    }
    // Said once: a guess that wandered would move what lies below it with every card that is seen.
    if (this.usual === null && this.known.size > 0)
      this.usual = [...this.known.values()].reduce((sum, one) => sum + one, 0) / this.known.size
  }

  starts(cards: readonly Card[]): readonly number[] {
    return startsOf(cards.map(({ id }) => this.known.get(id) ?? this.usual ?? USUAL))
  }

  forget(): void {
    this.known.clear()
    this.usual = null
  }
}

/** True until the page is at rest, so that a board can be used before all of it is drawn. */
function useFew(many: boolean): boolean {
  const [few, setFew] = useState(many)
  useEffect(() => {
    if (!few) return
    const all = () => setFew(false)
    // Safari has no requestIdleCallback.
    if (typeof requestIdleCallback !== 'function') {
      const timer = setTimeout(all, 200)
      return () => clearTimeout(timer)
    }
    const handle = requestIdleCallback(all, { timeout: 1_000 })
    return () => cancelIdleCallback(handle)
  }, [few])
  return few
}

/** On paper everything is drawn. */
function usePaper(): boolean {
  const [paper, setPaper] = useState(false)
  useEffect(() => {
    const before = () => flushSync(() => setPaper(true))
    const after = () => setPaper(false)
    window.addEventListener('beforeprint', before)
    window.addEventListener('afterprint', after)
    return () => {
      window.removeEventListener('beforeprint', before)
      window.removeEventListener('afterprint', after)
    }
  }, [])
  return paper
}
