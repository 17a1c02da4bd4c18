import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import type { Transport } from '@/lib/collab/room/ports'

/** A closing handshake that has not ended by then is cut. A slow reader gets this long to find out why. */
const CLOSE_GRACE = 5_000

// One payload goes to many receivers in a row: its WebSocket frame is built once and the same bytes are handed to every
// socket. Our side never masks or compresses, so a frame is only a header and the payload.
let lastPayload: Uint8Array | null = null
let lastFrame: Uint8Array = new Uint8Array(0)

function frameOf(payload: Uint8Array): Uint8Array {
  if (payload === lastPayload) return lastFrame
  const { length } = payload
  const head = length < 126 ? 2 : length < 65_536 ? 4 : 10
  const frame = new Uint8Array(head + length)
  // FIN, binary.
  frame[0] = 0x82
  if (head === 2) frame[1] = length
  else if (head === 4) {
    frame[1] = 126
    frame[2] = length >> 8
    frame[3] = length & 255
  } else {
    frame[1] = 127
    new DataView(frame.buffer).setUint32(6, length)
  }
  frame.set(payload, head)
  lastPayload = payload
  lastFrame = frame
  return frame
}

const corked = new Set<Duplex>()

/** What one turn writes to a socket leaves in one piece. */
function corkForThisTurn(socket: Duplex): void {
  if (corked.has(socket)) return
  if (corked.size === 0) queueMicrotask(uncork)
  corked.add(socket)
  socket.cork()
}

function uncork(): void {
  const sockets = [...corked]
  corked.clear()
  for (const socket of sockets) socket.uncork()
}

/** A `ws` socket as the engine sees it. Data frames bypass ws's sender; its control frames use the same stream. */
export class WsTransport implements Transport {
  constructor(
    private readonly ws: WebSocket,
    private readonly socket: Duplex,
  ) {}

  send(frame: Uint8Array): void {
    if (this.ws.readyState !== this.ws.OPEN || !this.socket.writable) return
    corkForThisTurn(this.socket)
    this.socket.write(frameOf(frame))
  }

  unread(): number {
    return this.socket.writableLength
  }

  close(code: number, reason: string): void {
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
