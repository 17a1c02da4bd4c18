'use client'
import { useSyncExternalStore } from 'react'

const query = '(min-width: 761px)'

/** Whether there is more room than on a phone. */
export function useWide(): boolean {
  return useSyncExternalStore(
    (listener) => {
      const list = matchMedia(query)
      list.addEventListener('change', listener)
      return () => list.removeEventListener('change', listener)
    },
    () => matchMedia(query).matches,
    () => true,
  )
}
