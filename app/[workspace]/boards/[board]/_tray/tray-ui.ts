'use client'
import { useSyncExternalStore } from 'react'

/** What lies over the board: its tray, a request of one's own, the shelf, or the way in for a file. */
export type TrayPart = 'tray' | 'request' | 'shelf' | 'import'

let open: TrayPart | null = null
const listeners = new Set<() => void>()

/** Opens one of them, or closes what is open. */
export function openTray(part: TrayPart | null): void {
  open = part
  for (const listener of listeners) listener()
}

export function useTrayPart(): TrayPart | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => open,
    () => null,
  )
}
