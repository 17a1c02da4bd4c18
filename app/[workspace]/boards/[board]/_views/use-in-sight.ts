'use client'
import { type RefObject, useEffect, useLayoutEffect, useState } from 'react'
import { flushSync } from 'react-dom'

/** Rows drawn beyond the edges: a flick of the wheel shows no white. */
const BEYOND = 12
/** The range moves in steps, so that scrolling by a row draws nothing anew. */
const STEP = 6

export interface InSight {
  readonly first: number
  /** The one behind the last. */
  readonly end: number
}

/**
 * Which of many rows of one height are near the window, as the page scrolls. All of them on paper.
 * `count` rows of `height` pixels lie one below the other from the top of `of`.
 */
export function useInSight(of: RefObject<HTMLElement | null>, count: number, height: number): InSight {
  const [range, setRange] = useState<InSight>({ first: 0, end: Math.min(count, 40) })
  const [printing, setPrinting] = useState(false)
  useLayoutEffect(() => {
    const look = () => {
      const top = of.current?.getBoundingClientRect().top
      if (top === undefined) return
      const next = inSight(-top, window.innerHeight, count, height)
      setRange((before) => (before.first === next.first && before.end === next.end ? before : next))
    }
    look()
    // The panel beside the list scrolls by itself: its scrolling is heard too, and changes nothing.
    window.addEventListener('scroll', look, { passive: true, capture: true })
    window.addEventListener('resize', look)
    return () => {
      window.removeEventListener('scroll', look, { capture: true })
      window.removeEventListener('resize', look)
    }
  }, [of, count, height])
  useEffect(() => {
    const before = () => flushSync(() => setPrinting(true))
    const after = () => setPrinting(false)
    window.addEventListener('beforeprint', before)
    window.addEventListener('afterprint', after)
    return () => {
      window.removeEventListener('beforeprint', before)
      window.removeEventListener('afterprint', after)
    }
  }, [])
  return printing ? { first: 0, end: count } : { first: range.first, end: Math.min(range.end, count) }
}

/** `scrolled` pixels of the rows are above the window. */
export function inSight(scrolled: number, seen: number, count: number, height: number): InSight {
  const first = Math.floor((scrolled / height - BEYOND) / STEP) * STEP
  const end = Math.ceil(((scrolled + seen) / height + BEYOND) / STEP) * STEP
  return { first: Math.max(0, Math.min(first, count)), end: Math.max(0, Math.min(end, count)) }
}
