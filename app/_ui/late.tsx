'use client'
import { type ReactNode, useEffect, useRef, useSyncExternalStore } from 'react'
import { useWords } from '../_i18n/words-provider'
import { toast } from './toast'

/** A part of the page whose script is not there from the beginning. */
export interface LatePart<P> {
  known(): P | null
  /** Calls `listener` when it becomes known. */
  subscribe(listener: () => void): () => void
  /** Resolves when it is known. After a failure the next call asks again. */
  ask(): Promise<void>
  /** Asks a moment before it is needed: on pointing at what opens it. */
  warm(): void
}

export function latePart<P>(load: () => Promise<P>): LatePart<P> {
  let part: P | null = null
  let coming: Promise<void> | null = null
  const listeners = new Set<() => void>()
  const ask = (): Promise<void> => {
    coming ??= load().then(
      (found) => {
        part = found
        for (const listener of listeners) listener()
      },
      (error: unknown) => {
        coming = null
        throw error
      },
    )
    return coming
  }
  return {
    known: () => part,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    ask,
    warm: () => void ask().catch(() => undefined),
  }
}

const none = () => null

/**
 * Draws such a part as soon as its script is there: what is inside a menu or a dialog, say. `missed` is called when it
 * could not be had, which the page has said by then.
 */
export function Late<P>({
  part,
  missed,
  children,
}: {
  part: LatePart<P>
  missed: () => void
  children: (part: P) => ReactNode
}) {
  const t = useWords()
  // Read again once it is listened to: a script that arrives between drawing and listening is drawn, too.
  const known = useSyncExternalStore(part.subscribe, part.known, none)
  const miss = useRef(() => {})
  miss.current = () => {
    toast({ text: t('common.no_answer') })
    missed()
  }
  useEffect(() => {
    let gone = false
    part.ask().catch(() => gone || miss.current())
    return () => {
      gone = true
    }
  }, [part])
  return known && children(known)
}
