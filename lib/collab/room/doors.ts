import type { Limits } from '../limits'
import { Close, type CloseCode } from '../protocol/numbers'
import { eventFrame, KEEPALIVE } from '../protocol/write-frame'
import type { Door } from './door'
import { Tally } from './tally'

const NOBODY: ReadonlySet<Door> = new Set()

/** Every socket of this node, let in or not. */
export class Doors {
  private readonly all = new Set<Door>()
  /** A message for one room must not cost a look at everybody's socket. */
  private readonly byRoom = new Map<string, Set<Door>>()
  private readonly byUser = new Tally()

  constructor(private readonly limits: Limits) {}

  get size(): number {
    return this.all.size
  }

  /** How many a user has. */
  of(userId: string): number {
    return this.byUser.of(userId)
  }

  list(): Door[] {
    return [...this.all]
  }

  /** Answers why there is no room for it, or null; it counts until it is removed in either case. */
  add(door: Door): { readonly code: CloseCode; readonly reason: string } | null {
    const { limits } = this
    this.all.add(door)
    const here = this.byRoom.get(door.roomName)
    if (here) here.add(door)
    else this.byRoom.set(door.roomName, new Set([door]))
    const total = this.byUser.add(door.session.userId)
    if (
      total > limits.socketsPerUser ||
      (total > limits.socketsPerUserAndRoom && this.inRoom(door) > limits.socketsPerUserAndRoom)
    )
      return { code: Close.tooFast, reason: 'too many connections' }
    if (this.all.size > limits.socketsPerNode)
      return { code: Close.failure, reason: 'too many connections here' }
    return null
  }

  /** False: it was not there any more. */
  remove(door: Door): boolean {
    if (!this.all.delete(door)) return false
    const here = this.byRoom.get(door.roomName)
    here?.delete(door)
    if (here?.size === 0) this.byRoom.delete(door.roomName)
    this.byUser.remove(door.session.userId)
    return true
  }

  /** How many of its user's are in its room. Asked of those who have many alone: nothing is kept for it. */
  private inRoom({ roomName, session }: Door): number {
    let count = 0
    for (const other of this.byRoom.get(roomName) ?? NOBODY)
      if (other.session.userId === session.userId) count += 1
    return count
  }

  /** Sends an event to everybody in a room who said hello. */
  tell(roomName: string, event: unknown): void {
    let frame: Uint8Array | null = null
    for (const { connection } of this.byRoom.get(roomName) ?? NOBODY) {
      if (connection?.greeting !== 'ours') continue
      frame ??= eventFrame(event)
      connection.send(frame)
    }
  }

  /** Speaks to whoever has heard nothing since the last time. */
  keepAlive(): void {
    for (const { connection } of this.all) {
      if (!connection) continue
      if (!connection.spoke) connection.send(KEEPALIVE)
      connection.spoke = false
    }
  }
}
