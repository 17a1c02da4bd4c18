import type { Limits } from '../limits'
import type { Connection } from './connection'
import { HeldFrames, type SyncFrame } from './held-frames'

/**
 * What waits in a room: work that needs a moment in which everything in memory is committed, and behind it the frames
 * that came meanwhile.
 */
export class WaitingLine {
  private work: (() => void)[] = []
  private readonly frames: HeldFrames

  constructor(limits: Limits) {
    this.frames = new HeldFrames(limits)
  }

  get isEmpty(): boolean {
    return this.work.length === 0 && this.frames.size === 0
  }

  /** Somebody's frames wait. */
  get holdsFrames(): boolean {
    return this.frames.size > 0
  }

  describe() {
    return { quiet: this.work.length, held: this.frames.size }
  }

  add(work: () => void): void {
    this.work.push(work)
  }

  /** `people`: how many connections may be waiting here. */
  hold(connection: Connection, frame: SyncFrame, people: number): void {
    this.frames.add(connection, frame, people)
  }

  /**
   * Lets the next one have its turn; false: nobody's turn has come. One by one, because a change of the server leaves
   * something on its way, and the next must wait for that.
   */
  step(atRest: boolean, handle: (connection: Connection, frame: SyncFrame) => void): boolean {
    if (this.work.length > 0) {
      if (atRest) this.work.shift()?.()
      return atRest
    }
    const next = this.frames.next()
    if (next) handle(next.connection, next.frame)
    return next !== null
  }

  /** There will be no such moment: frames are forgotten, work is told by running it where there is no document. */
  giveUp(): void {
    this.frames.clear()
    const { work } = this
    this.work = []
    for (const one of work) one()
  }
}
