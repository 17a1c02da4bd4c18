'use client'
import { type ReactNode, useEffect, useLayoutEffect, useRef } from 'react'

/** Points of the body text on A4: what one reads at arm's length, and what a loupe still finds. */
const LARGEST = 11
const SMALLEST = 4.5

// A server draws no layout; React says so aloud.
const useMeasured = typeof window === 'undefined' ? useEffect : useLayoutEffect

/** A sheet of paper whose text is as large as lets all of it stand on the one page. */
export function Fit({ paper, children }: { paper: 'a4' | 'a3'; children: ReactNode }) {
  const sheet = useRef<HTMLDivElement>(null)
  useMeasured(() => {
    const element = sheet.current
    if (!element) return
    const settle = () => {
      let [low, high] = [SMALLEST, LARGEST]
      // Seven halvings are a twentieth of a point.
      for (let i = 0; i < 7; i++) {
        const size = (low + high) / 2
        element.style.setProperty('--size', `${size}`)
        if (element.scrollHeight <= element.clientHeight + 1) low = size
        else high = size
      }
      element.style.setProperty('--size', `${low}`)
      element.dataset.fit = ''
    }
    settle()
    // Another face is wider or narrower than the one that stood in for it.
    void document.fonts.ready.then(settle)
  }, [paper, children])
  return (
    <div ref={sheet} className="kernel" data-paper={paper}>
      {children}
    </div>
  )
}
