import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import type { Transport } from '@/lib/collab/room/ports'
import { inOnePiece } from './one-piece'
import type { Post, Sender } from './post'

/** A closing handshake that has not ended by then is cut. A slow reader gets this long to find out why. */
const CLOSE_GRACE = 5_000

/** A socket with this much to say does not wait for the others' moment. */
const NOT_LONG = 16 * 1024

/**
 * A `ws` socket as the engine sees it. Data frames bypass ws's sender; its control frames use the same stream. What is
 * to be said is gathered and leaves in one write (see Post).
 */
export class WsTransport implements Transport, Sender {
  private letters: Uint8Array[] = []
  private bytes = 0

  constructor(
    private readonly ws: WebSocket,
    private readonly socket: Duplex,
    private readonly post: Post,
  ) {}

  send(frame: Uint8Array): void {
    if (this.letters.push(frame) === 1) this.post.collect(this)
    const before = this.bytes
    this.bytes += frame.length
    if (before < NOT_LONG && this.bytes >= NOT_LONG) this.post.hurry(this)
  }

  /** Says what has been gathered. */
  say(): void {
    const { letters } = this
    if (letters.length === 0) return
    this.letters = []
    this.bytes = 0
    if (this.ws.readyState === this.ws.OPEN && this.socket.writable) this.socket.write(inOnePiece(letters))
  }

  unread(): number {
    return this.socket.writableLength + this.bytes
  }

  close(code: number, reason: string): void {
    this.say()
    this.ws.close(code, reason)
    // The other end's answer must be read for the handshake to end.
    this.ws.resume()
    const timer = setTimeout(() => this.ws.terminate(), CLOSE_GRACE)
    timer.unref()
    this.ws.once('close', () => clearTimeout(timer))
  }

  pause(): void {
    this.ws.pause()
  }

  resume(): void {
    this.ws.resume()
  }
}
