'use client'
import { useMemo, useRef } from 'react'

export interface Point {
  readonly x: number
  readonly y: number
}

/** What carries something along with a pointer. */
export interface Follower {
  /** A hand that shakes is no drag, pixels. */
  readonly shake: number
  /** A finger that rests so long means to carry, one that moves on means to scroll, milliseconds. Left out: it carries at once. */
  readonly rest?: number
  /** From here on it is a drag. */
  readonly lift: () => void
  readonly move: (at: Point) => void
  /** Let go; `kept` false: put back. */
  readonly drop: (kept: boolean) => void
}

export interface Follow {
  /** Follows the pointer that went down until it goes up, is taken away, or Esc puts back what it carries. */
  readonly follow: (event: React.PointerEvent, follower: Follower) => void
  /** True once, right after a drag: the click that ends it opens nothing. */
  readonly dragged: () => boolean
}

export function useFollow(): Follow {
  const wasDragged = useRef(false)
  return useMemo(
    () => ({
      follow: (event, follower) => follow(event, follower, wasDragged),
      dragged: () => wasDragged.current,
    }),
    [],
  )
}

function follow(event: React.PointerEvent, follower: Follower, wasDragged: { current: boolean }): void {
  const { pointerId, pointerType, clientX, clientY } = event
  let lifted = false
  const lift = () => {
    lifted = true
    follower.lift()
  }
  const waits = pointerType === 'touch' && follower.rest !== undefined
  const timer = waits ? setTimeout(lift, follower.rest) : null
  const move = (next: PointerEvent) => {
    if (next.pointerId !== pointerId) return
    if (!lifted) {
      if (Math.hypot(next.clientX - clientX, next.clientY - clientY) < follower.shake) return
      if (waits) return end(false)
      lift()
    }
    follower.move({ x: next.clientX, y: next.clientY })
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
    follower.drop(kept)
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
}
