import type { LinkEvents, OpenLink } from '../client/link'
import type { EngineSession, Transport } from '../room/ports'

interface ServerSide {
  connect(
    session: EngineSession,
    roomName: string,
    transport: Transport,
  ): {
    receive(bytes: Uint8Array): void
    gone(): void
  }
}

/** A socket without a network: two queues that somebody else empties. */
export class Pipe implements Transport {
  toServer: Uint8Array[] = []
  toClient: Uint8Array[] = []
  private end: { receive(bytes: Uint8Array): void; gone(): void } | null = null
  private opened = false
  private paused = true
  private closing: number | null = null
  private over = false

  constructor(
    private readonly server: ServerSide | null,
    private readonly session: EngineSession,
    private readonly room: string,
    private readonly events: LinkEvents,
  ) {}

  get isOver(): boolean {
    return this.over
  }

  /** The server has said goodbye; it may not have arrived yet. */
  get closed(): boolean {
    return this.closing !== null
  }

  /** Anything left to move? */
  get busy(): boolean {
    if (this.over) return false
    return (
      !this.opened ||
      (!this.paused && this.toServer.length > 0) ||
      this.toClient.length > 0 ||
      this.closing !== null
    )
  }

  /** Moves one thing: the opening, a frame in either direction, or the close. False: nothing to move. */
  move(toServerFirst: boolean): boolean {
    if (this.over) return false
    if (!this.opened) {
      this.opened = true
      if (!this.server) this.cut()
      else {
        this.end = this.server.connect(this.session, this.room, this)
        this.events.opened()
      }
      return true
    }
    const up = !this.paused && this.toServer.length > 0
    if (up && (toServerFirst || this.toClient.length === 0)) {
      const frame = this.toServer.shift()
      if (frame) this.end?.receive(frame)
      return true
    }
    const down = this.toClient.shift()
    if (down) {
      this.events.received(down)
      return true
    }
    if (this.closing !== null) {
      this.finish(this.closing)
      return true
    }
    return false
  }

  /** The network breaks: what is under way is lost, both ends learn of it. */
  cut(): void {
    this.finish(1006)
  }

  private finish(code: number): void {
    if (this.over) return
    this.over = true
    this.toServer = []
    this.toClient = []
    this.end?.gone()
    this.events.closed(code)
  }

  // The server's end.
  send(frame: Uint8Array): void {
    if (!this.over && this.closing === null) this.toClient.push(frame)
  }

  unread(): number {
    return this.toClient.reduce((sum, frame) => sum + frame.length, 0)
  }

  close(code: number): void {
    this.closing ??= code
  }

  pause(): void {
    this.paused = true
  }

  resume(): void {
    this.paused = false
  }
}

/** A way for clients to reach `server()` - whatever it is at that moment; null: nobody answers. */
export function pipesTo(server: () => ServerSide | null, session: EngineSession, pipes: Set<Pipe>): OpenLink {
  return (url, events) => {
    const room = decodeURIComponent(url.slice(url.lastIndexOf('/') + 1))
    const pipe = new Pipe(server(), session, room, {
      ...events,
      closed: (code) => {
        pipes.delete(pipe)
        events.closed(code)
      },
    })
    pipes.add(pipe)
    return {
      send: (bytes) => {
        if (!pipe.isOver) pipe.toServer.push(bytes.slice())
      },
      unsent: () => 0,
      close: () => pipe.cut(),
    }
  }
}
