'use client'
import { useSyncExternalStore } from 'react'
import type { Store } from './store'

const never = () => () => undefined

/** The store's value; `otherwise` while there is no store, and on the server. */
export function useStore<T>(of: Store<T> | null, otherwise: T): T {
  return useSyncExternalStore(
    of?.subscribe ?? never,
    () => (of ? of.get() : otherwise),
    () => otherwise,
  )
}
