import { setTimeout as delay } from 'node:timers/promises'
import { rng } from '@/lib/collab/testing/rng'
import { must } from '@/lib/kit/assert'
import { Client, type Seat } from './client'
import type { Peer } from './peer'
import { Pen } from './pen'

/** What a while of typing came to. */
export interface Typed {
  readonly edits: number
  /** Edits times those who were to hear of them. */
  readonly deliveries: number
  /** Milliseconds from the first letter to the last. */
  readonly wrote: number
  /** Milliseconds after the last letter until everybody had everything. */
  readonly late: number
  /** Milliseconds from a letter sent to the same letter heard by another; of one listener in each room. */
  readonly heard: readonly number[]
  /** Milliseconds from a letter sent to "saved". Ours alone says that. */
  readonly saved: readonly number[]
}

interface Writer {
  readonly client: Client
  readonly pen: Pen
  readonly sentAt: number[]
  saved: number
  frames: Buffer[]
  due: number
}

/** The people at one server. */
export class Crowd {
  readonly clients: Client[] = []
  private readonly rooms = new Map<string, Client[]>()
  private readonly writers = new Map<number, Writer>()
  private outstanding = 0
  private heard: number[] = []
  private saved: number[] = []
  private listening = false

  constructor(private readonly peer: Peer) {}

  /** Opens a socket for each, so many at a time; resolves when all have the document. */
  async join(seats: readonly Seat[], options: { atOnce?: number; writers?: number } = {}): Promise<this> {
    const { atOnce = 100, writers = Number.POSITIVE_INFINITY } = options
    for (let i = 0; i < seats.length; i += atOnce) {
      const wave = seats.slice(i, i + atOnce).map((seat) => this.sit(seat, writers))
      await Promise.all(wave.map((client) => client.ready))
    }
    return this
  }

  private sit(seat: Seat, writersPerRoom: number): Client {
    const client = new Client(this.peer.name, this.peer.port, seat, {
      letters: (by, author, from, letters) => this.delivered(by, author, from, letters),
      saved: (by, edits) => this.acknowledged(by, edits),
    })
    const room = this.rooms.get(seat.room) ?? []
    this.rooms.set(seat.room, room)
    room.push(client)
    this.clients.push(client)
    if (room.length <= writersPerRoom)
      this.writers.set(seat.author, {
        client,
        pen: new Pen(this.peer.name, seat.room, seat.author),
        sentAt: [],
        saved: 0,
        frames: [],
        due: 0,
      })
    return client
  }

  /** Every writer types so many letters a second, each at moments of its own; resolves when everybody has all of it. */
  async type(perSecond: number, seconds: number): Promise<Typed> {
    const chance = rng(1)
    const writers = [...this.writers.values()]
    const each = Math.round(perSecond * seconds)
    const pause = 1000 / perSecond
    for (const writer of writers) writer.frames = writer.pen.write(each).reverse()
    this.heard = []
    this.saved = []
    let deliveries = 0
    for (const { client } of writers)
      deliveries += each * (must(this.rooms.get(client.seat.room), 'a writer has a room').length - 1)
    this.outstanding += deliveries
    const begun = performance.now()
    for (const writer of writers) writer.due = begun + chance.next() * pause
    this.listening = true
    let left = writers.length * each
    while (left > 0) {
      const now = performance.now()
      for (const writer of writers) {
        while (writer.due <= now) {
          const frame = writer.frames.pop()
          if (!frame) {
            writer.due = Number.POSITIVE_INFINITY
            break
          }
          writer.sentAt.push(now)
          writer.client.send(frame)
          writer.due += pause
          left -= 1
        }
      }
      await delay(1)
    }
    const ended = performance.now()
    while (this.outstanding > 0 || this.unsaved() > 0) {
      if (performance.now() - ended > 30_000)
        throw new Error(`${this.peer.name}: ${this.outstanding} letters have not arrived`)
      await delay(2)
    }
    this.listening = false
    return {
      edits: writers.length * each,
      deliveries,
      wrote: ended - begun,
      late: performance.now() - ended,
      heard: this.heard,
      saved: this.saved,
    }
  }

  private unsaved(): number {
    if (this.peer.name !== 'ours') return 0
    let unsaved = 0
    for (const writer of this.writers.values()) unsaved += writer.sentAt.length - writer.saved
    return unsaved
  }

  private delivered(by: Client, author: number, from: number, letters: number): void {
    this.outstanding -= letters
    if (!this.listening) return
    const room = this.rooms.get(by.seat.room)
    if (by !== room?.[0] && by !== room?.[1]) return
    // The second listens for the first, which does not hear itself.
    if (by === room[1] && author !== room[0]?.seat.author) return
    const now = performance.now()
    const writer = this.writers.get(author)
    for (let i = from; i < from + letters; i++) this.heard.push(now - (writer?.sentAt[i] ?? now))
  }

  private acknowledged(by: Client, edits: number): void {
    const writer = this.writers.get(by.seat.author)
    if (!writer) return
    const now = performance.now()
    for (; writer.saved < edits; writer.saved++) this.saved.push(now - (writer.sentAt[writer.saved] ?? now))
  }

  leave(): void {
    for (const client of this.clients) client.close()
  }
}
