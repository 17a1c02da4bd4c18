import { failpoint } from '@/lib/kit/failpoint'
import type { Limits } from '../limits'
import { BadFrame } from '../protocol/byte-reader'
import { Close, type CloseCode } from '../protocol/numbers'
import { type ClientFrame, isWriting, readClientFrame } from '../protocol/read-frame'
import { awarenessFrame, type PresenceEntry, serverHello, syncFrame } from '../protocol/write-frame'
import { Bucket } from './bucket'
import { Channel } from './channel'
import { Connection } from './connection'
import type { EngineLog, EngineSession, Meter, Resolution, Time, Transport } from './ports'
import type { Room } from './room'

/** What a stock client is given in a room that has no document. */
const EMPTY_STEP2 = syncFrame('step2', Uint8Array.of(0, 0))

export interface DoorHost {
  readonly limits: Limits
  readonly time: Time
  readonly log: EngineLog
  readonly meter: Meter
  closed(door: Door): void
  /** Somebody has come in. */
  arrived(place: Room | Channel): void
  /** Somebody here has moved, or left. */
  shown(place: Room | Channel, who: Connection, entry: PresenceEntry): void
}

/**
 * One socket, from the moment it opens: waiting to be let in, then a connection in a room, then gone. Frames that come
 * while it waits are kept, within limits; the socket layer does not read on meanwhile.
 */
export class Door {
  connection: Connection | null = null
  place: Room | Channel | null = null
  private state: 'waiting' | 'open' | 'closed' = 'waiting'
  /** What came before it was let in. */
  private waiting: Uint8Array[] | null = null
  private waitingBytes = 0
  private readonly frameBudget: Bucket
  /** Until somebody has said who they are. */
  private cancelDeadline: (() => void) | null

  constructor(
    readonly transport: Transport,
    readonly session: EngineSession,
    readonly roomName: string,
    private readonly host: DoorHost,
  ) {
    const { limits, time } = host
    this.frameBudget = new Bucket(limits.framesBurst, limits.framesPerSecond, time.now())
    this.cancelDeadline = time.after(limits.greetingDeadline, () => {
      this.cancelDeadline = null
      if (this.state === 'waiting' || this.connection?.greeting === 'awaited')
        this.close(Close.failure, 'not let in in time')
    })
  }

  get isClosed(): boolean {
    return this.state === 'closed'
  }

  // --- the socket's side ------------------------------------------------------------------------------------------

  /** A binary frame. Never throws. The bytes must not change afterwards. */
  receive(bytes: Uint8Array): void {
    if (this.state === 'closed') return
    const { limits, time } = this.host
    if (!this.frameBudget.take(1, time.now())) {
      this.close(Close.tooFast, 'too many frames')
    } else if (this.connection) {
      this.handle(this.connection, bytes)
    } else {
      this.waiting ??= []
      this.waiting.push(bytes)
      this.waitingBytes += bytes.length
      if (this.waiting.length > limits.waitingFrames || this.waitingBytes > limits.waitingBytes)
        this.close(Close.tooFast, 'too much before being let in')
    }
  }

  /** A text frame: nobody of ours sends one. */
  receiveText(): void {
    this.close(Close.badFrame, 'text frame')
  }

  /** The socket is gone, whoever closed it. */
  gone(): void {
    if (this.state === 'closed') return
    if (this.connection) this.connection.closed = true
    this.leave()
  }

  /** Events may have been lost on their way here: a listener that is greeted again reads again what it shows. */
  greetAgain(): void {
    const { connection, place } = this
    if (connection?.greeting === 'ours' && place instanceof Channel) this.hello(connection, place)
  }

  close(code: CloseCode, reason: string): void {
    if (this.state === 'closed') return
    if (this.connection) {
      this.connection.close(code, reason)
      return
    }
    this.logClose(code, reason)
    this.leave()
    this.transport.close(code, reason)
  }

  // --- the house's side -------------------------------------------------------------------------------------------

  open(access: Resolution, place: Room | Channel): void {
    if (this.state !== 'waiting') return
    const connection = new Connection(
      this.transport,
      this.session,
      this.roomName,
      access,
      this.host.limits,
      this.host.time,
      this,
    )
    this.connection = connection
    this.place = place
    this.state = 'open'
    if (place instanceof Channel) place.connections.add(connection)
    else place.join(connection)
    this.host.arrived(place)
    const { waiting } = this
    this.waiting = null
    for (const bytes of waiting ?? []) this.handle(connection, bytes)
    connection.start()
  }

  /** The connection closes itself. */
  closing(code: CloseCode, reason: string): void {
    this.logClose(code, reason)
    this.leave()
  }

  /** A timer of each would lie about as long as the socket. */
  private endDeadline(): void {
    this.cancelDeadline?.()
    this.cancelDeadline = null
  }

  private leave(): void {
    this.state = 'closed'
    this.endDeadline()
    this.waiting = null
    const { place, connection } = this
    if (place && connection) {
      const goodbye = place.presence.leave(connection)
      if (place instanceof Channel) place.connections.delete(connection)
      else place.leave(connection)
      if (goodbye) this.tell(place, connection, goodbye)
    }
    this.host.closed(this)
  }

  /** One line per refusal, without a word of content. */
  private logClose(code: number, reason: string): void {
    this.host.meter.closed(code)
    if (code < 4400) return
    this.host.log.info(
      { code, reason, room: this.roomName.slice(0, 40), userId: this.session.userId },
      'closed',
    )
  }

  private handle(connection: Connection, bytes: Uint8Array): void {
    if (this.state === 'closed' || !this.place) return
    try {
      failpoint('recv')
      if (!connection.mayWrite && isWriting(bytes)) {
        connection.close(Close.notAllowed, 'may only read')
        return
      }
      const frame = readClientFrame(bytes)
      if (!this.greet(connection, frame)) return
      this.act(connection, this.place, frame)
    } catch (error) {
      if (error instanceof BadFrame) {
        connection.close(Close.badFrame, error.message)
        return
      }
      this.host.log.error({ err: error, room: this.roomName }, 'frame failed')
      connection.close(Close.failure, 'failed')
    }
  }

  /** The first frame says who is there. False: that was all, or the end. */
  private greet(connection: Connection, frame: ClientFrame): boolean {
    if (connection.greeting !== 'awaited') {
      if (frame.kind !== 'hello') return true
      connection.close(Close.badFrame, 'hello twice')
      return false
    }
    const { place } = this
    if (!place) return false
    const schema = frame.kind === 'hello' ? frame.schema : 1
    if (schema < minSchemaOf(place)) {
      connection.close(Close.outdated, 'A newer version is available. Your text is kept.')
      return false
    }
    this.endDeadline()
    if (frame.kind === 'hello') {
      if (frame.protocol < 1) throw new BadFrame('unknown protocol version')
      connection.greeting = 'ours'
      this.hello(connection, place)
    } else connection.greeting = 'stranger'
    if (!(place instanceof Channel)) place.askForMissing(connection)
    const others = place.presence.others(connection)
    if (others.length > 0) connection.send(awarenessFrame(others))
    return frame.kind !== 'hello'
  }

  private hello(connection: Connection, place: Room | Channel): void {
    connection.send(
      serverHello({
        mode: connection.access.kind === 'channel' ? 'channel' : connection.access.mode,
        seq: place instanceof Channel ? 0 : place.committedSeq,
        minSchema: minSchemaOf(place),
        identity: connection.identity,
      }),
    )
  }

  private act(connection: Connection, place: Room | Channel, frame: ClientFrame): void {
    switch (frame.kind) {
      case 'hello':
        return
      case 'queryAwareness':
        connection.send(awarenessFrame(place.presence.others(connection)))
        return
      case 'awareness':
        this.presence(connection, place, frame.entries)
        return
      default:
        // Asked again after decoding: a number may be written in more bytes than it needs.
        if (!connection.mayWrite && frame.kind !== 'step1')
          connection.close(Close.notAllowed, 'may only read')
        else if (place instanceof Channel) connection.send(EMPTY_STEP2)
        else place.receive(connection, frame)
    }
  }

  private presence(connection: Connection, place: Room | Channel, entries: Uint8Array): void {
    const verdict = place.presence.receive(connection, entries)
    switch (verdict.kind) {
      case 'nothing':
        return
      case 'changed':
        this.tell(place, connection, verdict.entry)
        return
      case 'too_large':
        connection.close(Close.tooLarge, 'presence too large')
        return
      case 'foreign':
        connection.presenceStrikes += 1
        if (connection.presenceStrikes > 1) connection.close(Close.notAllowed, "another's presence")
    }
  }

  private tell(place: Room | Channel, author: Connection, entry: PresenceEntry): void {
    this.host.shown(place, author, entry)
    let frame: Uint8Array | null = null
    for (const connection of place.connections) {
      if (connection === author || connection.greeting === 'awaited') continue
      frame ??= awarenessFrame([entry])
      connection.send(frame)
    }
  }
}

function minSchemaOf(place: Room | Channel): number {
  return place instanceof Channel ? 1 : place.minSchema
}
