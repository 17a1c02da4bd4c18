import { createContext, useContext } from 'react'
import type { Meeting, ReviewStep } from '@/lib/domain/review'

/** A point of the agenda as the browser knows it. */
export interface PointHere {
  readonly key: string
  readonly step: ReviewStep
  readonly label: string
  readonly minutes: number
  readonly auto: boolean
  readonly about: readonly string[]
}

/** Where the meeting stands and where the reader looks. */
export interface Room {
  readonly workspace: string
  readonly reviewId: string
  /** Who reads. */
  readonly userId: string
  readonly points: readonly PointHere[]
  readonly meeting: Meeting
  /** The point everybody is led to. */
  readonly led: PointHere
  /** The point the reader sees. */
  readonly at: PointHere
  readonly following: boolean
  /** Whether the reader leads: what they open is opened for all who follow. */
  readonly leads: boolean
  readonly mayLead: boolean
  readonly offline: boolean
  go(key: string): void
  follow(): void
  lead(): void
  more(): void
}

export const RoomHere = createContext<Room | null>(null)

export function useRoom(): Room {
  const room = useContext(RoomHere)
  if (!room) throw new Error('only inside the meeting')
  return room
}
