import * as Y from 'yjs'
import { LIVE_UPDATE_BYTES } from '../protocol/numbers'
import { syncFrame } from '../protocol/write-frame'
import type { ClientTime } from './client-time'
import type { Ledger } from './ledger'
import type { Link } from './link'
import { pace } from './pace'

/** What this device has to say over one connection: in which frames, when, and how many of them are committed. */
export class Outbox {
  private link: Link | null = null
  /** Whether our step 2 has gone out on this connection: only then are live updates placed rightly. */
  private offered = false
  private updates: Uint8Array[] = []
  private frames = 0
  /** How many of them the server has committed. */
  private acknowledged = 0
  /** What is here is too large for a live update, and goes when everything before it is acknowledged. */
  private waiting = false
  private lastSent = Number.NEGATIVE_INFINITY
  private cancel: (() => void) | null = null

  constructor(
    private readonly time: ClientTime,
    private readonly ledger: Ledger,
    private readonly changed: () => void,
  ) {}

  /** A new connection: it counts its frames from the beginning. */
  begin(link: Link): void {
    this.link = link
    this.frames = 0
    this.acknowledged = 0
  }

  /** The connection is gone. */
  end(): void {
    this.link = null
    this.cancel?.()
    this.cancel = null
    this.startOver()
  }

  /** The server asks anew. What went out before and is not acknowledged will be offered again. */
  startOver(): void {
    this.offered = false
    this.updates = []
    this.waiting = false
    this.ledger.disconnected()
  }

  /** Answers the server's question with everything it lacks, what waits here included. */
  offer(update: Uint8Array): void {
    if (!this.link) return
    this.updates = []
    this.waiting = false
    this.offered = true
    this.frames += 1
    this.ledger.covered(this.frames)
    this.link.send(syncFrame('step2', update))
    this.changed()
  }

  /** A change made here. Before the offer it has no need to be added: the offer has it. */
  add(update: Uint8Array): void {
    if (!this.offered) return
    this.updates.push(update)
    this.sendSoon()
  }

  /** The server has committed all frames up to this one. */
  saved(frames: number): void {
    this.ledger.acknowledged(frames)
    this.acknowledged = frames
    if (!this.waiting || this.acknowledged < this.frames) return
    this.waiting = false
    this.sendSoon()
  }

  flush(): void {
    this.cancel?.()
    this.cancel = null
    const { link } = this
    if (!link || !this.offered || this.updates.length === 0) return
    if (link.unsent() > pace.backlog) {
      this.cancel = this.time.after(pace.update, () => this.flush())
      return
    }
    const [first, ...rest] = this.updates
    if (!first) return
    const update = rest.length === 0 ? first : Y.mergeUpdates(this.updates)
    const large = update.length > LIVE_UPDATE_BYTES
    // A step 2 nobody asked for must be worth an answer to a question that is already on its way to us ("resync"): with
    // nothing unacknowledged before it, it carries everything the server may have dropped. It also keeps us from
    // sending faster than the server commits.
    this.waiting = large && this.acknowledged < this.frames
    if (this.waiting) {
      this.updates = [update]
      return
    }
    this.updates = []
    this.lastSent = this.time.now()
    this.frames += 1
    this.ledger.sent(this.frames)
    link.send(syncFrame(large ? 'step2' : 'update', update))
    this.changed()
  }

  private sendSoon(): void {
    if (this.cancel || this.waiting) return
    const wait = this.lastSent + pace.update - this.time.now()
    if (wait > 0) {
      this.cancel = this.time.after(wait, () => this.flush())
      return
    }
    let cancelled = false
    this.cancel = () => {
      cancelled = true
    }
    this.time.soon(() => {
      if (!cancelled) this.flush()
    })
  }
}
