import type { ClientTime } from './client-time'
import type { Link, OpenLink } from './link'
import { pace } from './pace'

export interface LineEvents {
  opened(): void
  received(bytes: Uint8Array): void
  /** `refused`: the server did not even let a socket open. */
  lost(code: number, refused: boolean): void
  /** An address a WebSocket does not take. */
  impossible(): void
  /** The time to come back is there. */
  due(): void
}

/** The socket of one room: one at a time, never silent for long, opened again when it is time. */
export class Line {
  private link: Link | null = null
  private opened = false
  private lastHeard = 0
  private cancelSilence: (() => void) | null = null
  private cancelComeback: (() => void) | null = null

  constructor(
    private readonly address: string,
    private readonly openLink: OpenLink,
    private readonly time: ClientTime,
    private readonly events: LineEvents,
  ) {}

  /** Open, or about to be. */
  get current(): Link | null {
    return this.link
  }

  get isOpen(): boolean {
    return this.opened
  }

  open(): void {
    if (this.link) return
    this.stay()
    let link: Link | null = null
    const current = () => link !== null && this.link === link
    try {
      link = this.openLink(this.address, {
        opened: () => {
          if (!current()) return
          this.opened = true
          this.events.opened()
        },
        received: (bytes) => {
          if (!current()) return
          this.lastHeard = this.time.now()
          this.events.received(bytes)
        },
        closed: (code) => {
          if (!current()) return
          const refused = code === 1006 && !this.opened
          this.drop()
          this.events.lost(code, refused)
        },
      })
    } catch {
      this.events.impossible()
      return
    }
    this.link = link
    this.watchSilence()
  }

  close(): void {
    this.link?.close()
  }

  comeBackIn(ms: number): void {
    this.stay()
    this.cancelComeback = this.time.after(ms, () => {
      this.cancelComeback = null
      this.events.due()
    })
  }

  /** Does not come back by itself. */
  stay(): void {
    this.cancelComeback?.()
    this.cancelComeback = null
  }

  end(): void {
    this.stay()
    this.close()
    this.drop()
  }

  private drop(): void {
    this.link = null
    this.opened = false
    this.cancelSilence?.()
    this.cancelSilence = null
  }

  private watchSilence(): void {
    this.lastHeard = this.time.now()
    const watch = () => {
      this.cancelSilence = this.time.after(pace.silence / 3, () => {
        if (this.time.now() - this.lastHeard > pace.silence) this.close()
        else watch()
      })
    }
    watch()
  }
}
