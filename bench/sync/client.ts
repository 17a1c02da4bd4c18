import { connect, type Socket } from 'node:net'
import { clientFrame, countLetters, dialects, heard } from './frames'
import type { PeerName } from './peer'

const PONG = Buffer.from([0x8a, 0x80, 0, 0, 0, 0])
const OPENED = Buffer.from('\r\n\r\n')

export interface Seat {
  readonly room: string
  /** Whose session this is; the others do not ask. */
  readonly session: string
  /** The id its letters are written under. */
  readonly author: number
}

export interface ClientEvents {
  /** Letters of somebody else have come, or more of its own are saved. */
  letters(client: Client, author: number, from: number, letters: number): void
  saved(client: Client, edits: number): void
}

/**
 * One socket that says prepared frames and counts what it hears. A socket of `ws` and a Y.Doc for each would cost more
 * than the server that is measured.
 */
export class Client {
  readonly ready: Promise<void>
  /** Up to which letter it knows each author. */
  readonly known = new Map<number, number>()
  /** Letters of others so far. */
  heard = 0
  /** What it was sent of the document, when it keeps that. */
  readonly kept: Uint8Array[] | null
  private readonly socket: Socket
  private readonly dialect
  /** The beginning of a message, in pieces: put together once it is known to be whole. */
  private pieces: Buffer[] = []
  private length = 0
  private needed = 0
  private opened = false
  private answers = 0
  private arrived: () => void = () => {}
  private failed: (error: Error) => void = () => {}
  private over = false

  constructor(
    readonly peer: PeerName,
    port: number,
    readonly seat: Seat,
    private readonly events: ClientEvents,
    private readonly options: { readonly keeps?: boolean; readonly hello?: readonly Uint8Array[] } = {},
  ) {
    this.dialect = dialects[peer]
    this.kept = options.keeps ? [] : null
    this.ready = new Promise((resolve, reject) => {
      this.arrived = resolve
      this.failed = reject
    })
    this.ready.catch(() => {})
    this.socket = connect({ port, host: '127.0.0.1', noDelay: true })
    this.socket.on('connect', () => this.socket.write(this.request()))
    this.socket.on('data', (bytes: Buffer) => this.take(bytes))
    this.socket.on('error', (error) => this.end(error.message))
    this.socket.on('close', () => this.end('the server hung up'))
  }

  send(frame: Buffer): boolean {
    return this.socket.write(frame)
  }

  drained(): Promise<void> {
    return new Promise((resolve) => this.socket.once('drain', resolve))
  }

  close(): void {
    this.over = true
    this.socket.destroy()
  }

  private end(why: string): void {
    if (this.over) return
    this.over = true
    this.failed(new Error(`${this.peer}: ${why}`))
    if (this.opened) throw new Error(`${this.peer} closed a connection: ${why}`)
  }

  private request(): string {
    const { room, session } = this.seat
    const path = this.peer === 'ours' ? `/collab/${room}` : `/${room}`
    return [
      `GET ${path} HTTP/1.1`,
      'Host: app.example.test',
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      'Origin: https://app.example.test',
      `Cookie: session=${session}`,
      '\r\n',
    ].join('\r\n')
  }

  private take(bytes: Buffer): void {
    this.pieces.push(bytes)
    this.length += bytes.length
    if (this.length < this.needed) return
    let chunk = this.pieces.length === 1 ? bytes : Buffer.concat(this.pieces)
    this.keep(null, 0)
    if (!this.opened) {
      const end = chunk.indexOf(OPENED)
      if (end < 0) {
        this.keep(chunk, 0)
        return
      }
      const first = chunk.toString('latin1', 0, chunk.indexOf('\r\n'))
      if (!first.includes(' 101 ')) {
        this.end(first)
        return
      }
      chunk = chunk.subarray(end + OPENED.length)
      this.opened = true
      for (const message of this.options.hello ?? this.dialect.hello(this.seat.room))
        this.send(clientFrame(message))
      if (this.peer === 'relay') this.arrived()
    }
    let at = 0
    let needed = 0
    while (chunk.length - at >= 2) {
      let length = (chunk[at + 1] ?? 0) & 127
      let head = 2
      if (length === 126) {
        if (chunk.length - at < 4) break
        length = chunk.readUInt16BE(at + 2)
        head = 4
      } else if (length === 127) {
        if (chunk.length - at < 10) break
        length = Number(chunk.readBigUInt64BE(at + 2))
        head = 10
      }
      if (chunk.length - at < head + length) {
        needed = head + length
        break
      }
      const start = at + head
      this.frame((chunk[at] ?? 0) & 15, chunk.subarray(start, start + length))
      at = start + length
    }
    if (at < chunk.length) this.keep(chunk.subarray(at), needed)
  }

  private keep(rest: Buffer | null, needed: number): void {
    this.pieces = rest ? [rest] : []
    this.length = rest?.length ?? 0
    this.needed = needed
  }

  private frame(kind: number, message: Buffer): void {
    if (kind === 9) this.send(PONG)
    else if (kind === 8)
      this.end(`${message.length > 1 ? message.readUInt16BE(0) : ''} ${message.toString('utf8', 2)}`)
    if (kind !== 2) return
    const said = heard(message, this.dialect.start(message))
    switch (said.kind) {
      case 'step1':
        // Among clients of the relay it comes from one of them, and nobody answers: see the document.
        if (this.peer === 'relay') return
        this.answers += 1
        this.send(clientFrame(this.dialect.nothing(this.seat.room)))
        return
      case 'step2':
        this.kept?.push(new Uint8Array(said.update))
        this.arrived()
        return
      case 'update':
        if (this.kept) this.kept.push(new Uint8Array(said.update))
        else countLetters(said.update, (author, from, letters) => this.letters(author, from, letters))
        return
      case 'saved':
        this.events.saved(this, said.frames - this.answers)
    }
  }

  private letters(author: number, from: number, letters: number): void {
    // Sent back to who wrote it: paid for by the server, delivered to nobody.
    if (author === this.seat.author) return
    const known = this.known.get(author) ?? 0
    if (from !== known)
      throw new Error(`${this.peer}: letter ${from} of ${author} came when ${known} was expected`)
    this.known.set(author, from + letters)
    this.heard += letters
    this.events.letters(this, author, from, letters)
  }
}
