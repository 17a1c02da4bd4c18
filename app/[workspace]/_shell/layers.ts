'use client'
import { useSyncExternalStore } from 'react'

/** What lies above the page: the palette, the sheet of shortcuts, or nothing. */
export type Layer = 'palette' | 'shortcuts' | null

let layer: Layer = null
const listeners = new Set<() => void>()

function show(next: Layer): void {
  layer = next
  for (const listener of listeners) listener()
}

export const openPalette = () => show('palette')
export const openShortcuts = () => show('shortcuts')
export const closeLayer = () => show(null)

export function useLayer(): Layer {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => layer,
    () => null,
  )
}
