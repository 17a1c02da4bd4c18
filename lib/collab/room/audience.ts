import { Close } from '../protocol/numbers'
import { RESYNC, syncFrame } from '../protocol/write-frame'
import type { Connection } from './connection'

/** The connections in a room. */
export class Audience {
  private readonly present = new Set<Connection>()

  get size(): number {
    return this.present.size
  }

  [Symbol.iterator](): IterableIterator<Connection> {
    return this.present.values()
  }

  get hasWriter(): boolean {
    for (const connection of this.present) if (connection.mayWrite) return true
    return false
  }

  add(connection: Connection): void {
    this.present.add(connection)
  }

  /** False: it was not here. */
  remove(connection: Connection): boolean {
    return this.present.delete(connection)
  }

  /** RM1: only what is committed is sent to anybody; never back to its author. */
  send(update: Uint8Array, author: Connection | null): void {
    let frame: Uint8Array | null = null
    for (const connection of this.present) {
      if (connection === author || !connection.receives) continue
      frame ??= syncFrame('update', update)
      connection.send(frame)
    }
  }

  /** What was received and is not committed will not be: nobody is told it is safe until they have sent it again. */
  hold(): void {
    for (const connection of this.present) connection.hold()
  }

  /** Asks every writer to send again what the server lacks. */
  askAgain(ask: (connection: Connection) => void): void {
    for (const connection of this.present) {
      if (connection.greeting === 'awaited' || !connection.mayWrite) continue
      if (connection.greeting === 'ours') connection.send(RESYNC)
      ask(connection)
    }
  }

  resume(): void {
    for (const connection of this.present) connection.resume()
  }

  close(reason: string): void {
    for (const connection of [...this.present]) connection.close(Close.failure, reason)
  }
}
