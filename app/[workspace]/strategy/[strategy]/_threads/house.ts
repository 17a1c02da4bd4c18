'use client'
import { createContext, useContext } from 'react'
import type { ThreadStore } from './thread-store'
import type { ThreadsUi } from './thread-ui'
import type { Acts } from './use-acts'

/** What every part of the discussion needs. The same object as long as the page stands. */
export interface House {
  readonly store: ThreadStore
  readonly ui: ThreadsUi
  readonly acts: Acts
  readonly zone: string
  /** The strategy's language, for quoted words. */
  readonly lang: string
  /** Where this page is, for links to a thread. */
  readonly path: string
}

export const HouseContext = createContext<House | null>(null)

export function useHouse(): House {
  const house = useContext(HouseContext)
  if (!house) throw new Error('threads are drawn inside <Threads>')
  return house
}
