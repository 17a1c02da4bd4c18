'use client'
import { useRouter } from 'next/navigation'
import { useCallback, useEffect, useRef, useState } from 'react'

/** What was said and has not reached the server. */
export interface Kept {
  readonly id: string
  /** What the server said when it would not have it; empty: it was not reached. */
  readonly refused: string
}

export interface Outbox<T extends Kept> {
  readonly unsent: readonly T[]
  readonly add: (one: T) => void
  readonly drop: (id: string) => void
}

/** How long until it is tried again while nobody answers, milliseconds. */
const AGAIN = 5_000
const CHANGED = 'throughline:outbox'

/** Tells a list on this page that something was put into it from elsewhere on the page. */
export const tellOutboxes = () => window.dispatchEvent(new Event(CHANGED))

/**
 * Sends what lies on this device as soon as the server can be reached, one after the other. `place` must be the same
 * object from drawing to drawing; `send` answers null where nobody answered.
 */
export function useOutbox<T extends Kept>(place: {
  readonly read: () => readonly T[]
  readonly write: (all: readonly T[]) => void
  readonly send: (one: T) => Promise<{ readonly refused: string } | null>
}): Outbox<T> {
  const router = useRouter()
  const [unsent, setUnsent] = useState<readonly T[]>([])
  const all = useRef<readonly T[]>([])
  const sending = useRef(false)
  const keep = useCallback(
    (next: readonly T[]) => {
      all.current = next
      setUnsent(next)
      place.write(next)
    },
    [place],
  )
  const send = useCallback(async () => {
    if (sending.current) return
    sending.current = true
    try {
      for (;;) {
        const next = all.current.find(({ refused }) => refused === '')
        if (!next) return
        const answer = await place.send(next)
        if (answer === null) return
        keep(
          answer.refused === ''
            ? all.current.filter(({ id }) => id !== next.id)
            : all.current.map((one) => (one.id === next.id ? { ...one, refused: answer.refused } : one)),
        )
        if (answer.refused === '') router.refresh()
      }
    } finally {
      sending.current = false
    }
  }, [keep, place, router])
  useEffect(() => {
    // Another place of this page may keep some as well: the device's list is the one.
    const read = () => {
      all.current = place.read()
      setUnsent(all.current)
      void send()
    }
    read()
    window.addEventListener(CHANGED, read)
    window.addEventListener('online', send)
    return () => {
      window.removeEventListener(CHANGED, read)
      window.removeEventListener('online', send)
    }
  }, [place, send])
  const waiting = unsent.some(({ refused }) => refused === '')
  useEffect(() => {
    if (!waiting) return
    const timer = setInterval(() => void send(), AGAIN)
    return () => clearInterval(timer)
  }, [waiting, send])
  return {
    unsent,
    add: (one) => {
      keep([...all.current, one])
      void send()
    },
    drop: (id) => keep(all.current.filter((one) => one.id !== id)),
  }
}
