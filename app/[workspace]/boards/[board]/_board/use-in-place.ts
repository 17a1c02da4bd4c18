'use client'
import { type KeyboardEvent, type RefObject, useEffect, useRef } from 'react'
import { fieldKeys } from '../_activity/field-keys'

type Field = HTMLInputElement | HTMLTextAreaElement

/** What a field needs that stands where the words stood. */
export interface InPlace<E extends Field> {
  readonly ref: RefObject<E | null>
  readonly enterKeyHint: 'done'
  readonly onBlur: () => void
  readonly onKeyDown: (event: KeyboardEvent) => void
}

/**
 * A field in the place of its words: Enter keeps what is written, so does going elsewhere, Esc leaves it as it was. It
 * ends once: taking it out of the page blurs it again. `end` gets null for "as it was"; `back`: the focus has nowhere
 * to go but to what stood here.
 */
export function useInPlace<E extends Field>(end: (text: string | null, back: boolean) => void): InPlace<E> {
  const ref = useRef<E>(null)
  const over = useRef(false)
  useEffect(() => {
    ref.current?.focus()
    ref.current?.select()
  }, [])
  const once = (keep: boolean, back: boolean) => {
    if (over.current) return
    over.current = true
    end(keep ? (ref.current?.value ?? '') : null, back)
  }
  return {
    ref,
    enterKeyHint: 'done',
    onBlur: () => once(true, false),
    onKeyDown: fieldKeys({ enter: () => once(true, true), escape: () => once(false, true) }),
  }
}
