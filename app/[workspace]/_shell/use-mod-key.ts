'use client'
import { useSyncExternalStore } from 'react'

const still = () => () => undefined

/** How this keyboard writes the key that is Cmd on a Mac and Ctrl elsewhere. */
export function useModKey(): string {
  return useSyncExternalStore(
    still,
    () => (/Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl '),
    () => '⌘',
  )
}
