import type { Limits } from '../limits'
import type { Committer } from './committer'
import type { Bus, EngineLog, JournalStore, Roots, Time } from './ports'
import type { Room } from './room'

/** What a room needs of the house it stands in. */
export interface RoomHost {
  readonly store: JournalStore
  readonly committer: Committer
  readonly bus: Bus
  readonly time: Time
  readonly limits: Limits
  readonly log: EngineLog
  readonly roots: Roots
  /** A client id for what the server writes itself; never zero. */
  readonly newClientId: () => number
  readonly counts: EngineCounts
  /** Rooms that are about to store a snapshot, or at it: one at a time. */
  readonly storing: Set<object>
  /** A batch with rows of this document has been committed. `seq`: of the last of them. Must not throw. */
  committed(documentId: string, seq: number): void
  /** The last of those who may write here has left. Must not throw. */
  writersLeft(documentId: string): void
  /** The room is no longer in memory. */
  forget(room: Room): void
}

export interface EngineCounts {
  updates: number
  loads: number
  reloads: number
  snapshots: number
  refused: number
}
