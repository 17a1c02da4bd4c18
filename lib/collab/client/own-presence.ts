import { type Awareness, encodeAwarenessUpdate, removeAwarenessStates } from 'y-protocols/awareness'
import { Message } from '../protocol/numbers'
import { syncFrame } from '../protocol/write-frame'
import type { ClientTime } from './client-time'
import { pace } from './pace'

/** Tells the server where this person is, and forgets the others when the connection is gone. */
export class OwnPresence {
  private lastSent = Number.NEGATIVE_INFINITY
  private cancel: (() => void) | null = null

  /** `send`: a frame, when somebody is there to hear it. `origin`: of what comes from the server. */
  constructor(
    private readonly awareness: Awareness,
    private readonly time: ClientTime,
    private readonly origin: unknown,
    private readonly send: (frame: Uint8Array) => void,
  ) {
    awareness.on('update', this.onUpdate)
  }

  /** A higher clock than before: the server may still hold our entry from the connection that was lost. */
  renew(): void {
    const state = this.awareness.getLocalState()
    if (state) this.awareness.setLocalState(state)
  }

  sendSoon(): void {
    if (this.cancel) return
    const wait = Math.max(0, this.lastSent + pace.awareness - this.time.now())
    this.cancel = this.time.after(wait, () => {
      this.cancel = null
      this.lastSent = this.time.now()
      const entries = encodeAwarenessUpdate(this.awareness, [this.awareness.clientID])
      const frame = syncFrame('step1', entries).subarray(1)
      frame[0] = Message.awareness
      this.send(frame)
    })
  }

  /** The connection is gone. */
  disconnected(): void {
    this.cancel?.()
    this.cancel = null
    const others = [...this.awareness.getStates().keys()].filter((id) => id !== this.awareness.clientID)
    removeAwarenessStates(this.awareness, others, this.origin)
  }

  end(): void {
    this.awareness.off('update', this.onUpdate)
  }

  private readonly onUpdate = (
    { added, updated, removed }: { added: number[]; updated: number[]; removed: number[] },
    origin: unknown,
  ): void => {
    const own = this.awareness.clientID
    if (origin !== this.origin && [added, updated, removed].some((ids) => ids.includes(own))) this.sendSoon()
  }
}
