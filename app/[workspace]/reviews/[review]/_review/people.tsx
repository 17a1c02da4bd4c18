'use client'
import { createContext, type ReactNode, useContext } from 'react'
import type { Id } from '@/lib/kit/ids'

/** A person as lists of this page name them. */
export interface Someone {
  readonly id: Id<'mem'>
  readonly userId: Id<'usr'>
  readonly name: string
  readonly image: string | null
}

const People = createContext<readonly Someone[]>([])

/** Hands the people of the workspace to the forms inside: sent once, however many findings there are. */
export function PeopleHere({ people, children }: { people: readonly Someone[]; children: ReactNode }) {
  return <People.Provider value={people}>{children}</People.Provider>
}

export const usePeople = () => useContext(People)
