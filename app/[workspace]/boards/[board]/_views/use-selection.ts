'use client'
import { useMemo, useSyncExternalStore } from 'react'

export interface Selection {
  readonly chosen: ReadonlySet<string>
  toggle(id: string): void
  extend(order: readonly string[], id: string): void
  set(ids: readonly string[]): void
}

let chosen: ReadonlySet<string> = new Set()
const listeners = new Set<() => void>()
const set = (next: ReadonlySet<string>) => {
  chosen = next
  for (const l of listeners) l()
}

export function useSelection(): Selection {
  const now = useSyncExternalStore(
    (l) => {
      listeners.add(l)
      return () => listeners.delete(l)
    },
    () => chosen,
    () => chosen,
  )
  return useMemo(
    () => ({
      chosen: now,
      toggle: (id) => {
        const next = new Set(chosen)
        if (!next.delete(id)) next.add(id)
        set(next)
      },
      extend: (_order, id) => set(new Set([...chosen, id])),
      set: (ids) => set(new Set(ids)),
    }),
    [now],
  )
}
