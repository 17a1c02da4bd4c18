import type { Limits } from '../limits'
import { Close } from '../protocol/numbers'
import type { ClientFrame } from '../protocol/read-frame'
import type { Connection } from './connection'

export type SyncFrame = Extract<ClientFrame, { kind: 'step1' | 'step2' | 'update' }>

interface Held {
  readonly connection: Connection
  readonly frame: SyncFrame
  readonly bytes: number
}

/** Frames that came while the document was busy, in order. Whoever sent them is not read on meanwhile. */
export class HeldFrames {
  private frames: Held[] = []
  private bytes = 0

  constructor(private readonly limits: Limits) {}

  get size(): number {
    return this.frames.length
  }

  /** `people`: how many connections may be waiting here. */
  add(connection: Connection, frame: SyncFrame, people: number): void {
    const bytes = frame.kind === 'step1' ? frame.stateVector.length : frame.update.length
    this.frames.push({ connection, frame, bytes })
    this.bytes += bytes
    connection.pause()
    if (this.frames.length > this.limits.waitingFrames * Math.max(1, people))
      connection.close(Close.tooFast, 'too many frames while the document is busy')
    else if (this.bytes > this.limits.pendingBytesPerDocument)
      connection.close(Close.tooFast, 'too much while the document is busy')
  }

  next(): Held | null {
    const next = this.frames.shift()
    if (!next) return null
    this.bytes -= next.bytes
    return next
  }

  clear(): void {
    this.frames = []
    this.bytes = 0
  }
}
