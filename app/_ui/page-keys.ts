'use client'
import { useEffect, useSyncExternalStore } from 'react'

/** A shortcut of the page one is on, for the sheet behind `?`. `Mod` stands for Cmd or Ctrl. */
export interface PageKey {
  readonly keys: readonly string[]
  readonly words: string
}

const none: readonly PageKey[] = []
let shown: readonly PageKey[] = none
const listeners = new Set<() => void>()

function show(next: readonly PageKey[]): void {
  shown = next
  for (const listener of listeners) listener()
}

/** Adds a page's own shortcuts to the sheet while it is open. Give the same array as long as nothing changes. */
export function usePageKeys(keys: readonly PageKey[]): void {
  useEffect(() => {
    show(keys)
    return () => show(none)
  }, [keys])
}

export function useShownPageKeys(): readonly PageKey[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => shown,
    () => none,
  )
}
