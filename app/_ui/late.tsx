'use client'
import { type ReactNode, useEffect, useReducer, useRef } from 'react'
import { useWords } from '../_i18n/words-provider'
import { toast } from './toast'

/** A part of the page whose script is not there from the beginning. */
export interface LatePart<P> {
  known(): P | null
  /** Resolves when it is known. After a failure the next call asks again. */
  ask(): Promise<void>
  /** Asks a moment before it is needed: on pointing at what opens it. */
  warm(): void
}

export function latePart<P>(load: () => Promise<P>): LatePart<P> {
  let part: P | null = null
  let coming: Promise<void> | null = null
  const ask = (): Promise<void> => {
    coming ??= load().then(
      (found) => {
        part = found
      },
      (error: unknown) => {
        coming = null
        throw error
      },
    )
    return coming
  }
  return { known: () => part, ask, warm: () => void ask().catch(() => undefined) }
}

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
  const [, redraw] = useReducer((n: number) => n + 1, 0)
  const miss = useRef(() => {})
  miss.current = () => {
    toast({ text: t('common.no_answer') })
    missed()
  }
  useEffect(() => {
    if (part.known()) return
    let gone = false
    part.ask().then(
      () => gone || redraw(),
      () => gone || miss.current(),
    )
    return () => {
      gone = true
    }
  }, [part])
  const known = part.known()
  return known && children(known)
}
