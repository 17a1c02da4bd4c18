import { ByteWriter } from './byte-writer'
import { Message, Mode, type ModeName, PROTOCOL_VERSION, Sync } from './numbers'

/** Who the server says this connection is. Presence is stamped with it. */
export interface Identity {
  readonly userId: string
  readonly memberId: string
  readonly name: string
  /** #rrggbb */
  readonly color: string
}

function varUintLength(value: number): number {
  let length = 1
  for (let rest = value; rest > 127; rest = Math.floor(rest / 128)) length++
  return length
}

/** `[0, kind, length, bytes]` in one allocation of the right size. */
export function syncFrame(kind: keyof typeof Sync, bytes: Uint8Array): Uint8Array {
  const head = 2 + varUintLength(bytes.length)
  const frame = new Uint8Array(head + bytes.length)
  frame[0] = Message.sync
  frame[1] = Sync[kind]
  let rest = bytes.length
  let at = 2
  while (rest > 127) {
    frame[at++] = (rest & 127) | 128
    rest = Math.floor(rest / 128)
  }
  frame[at] = rest
  frame.set(bytes, head)
  return frame
}

export interface PresenceEntry {
  readonly id: number
  readonly clock: number
  /** JSON, 'null' for one who left. */
  readonly state: string
}

export function awarenessFrame(entries: readonly PresenceEntry[]): Uint8Array {
  const body = new ByteWriter().varUint(entries.length)
  for (const { id, clock, state } of entries) body.varUint(id).varUint(clock).varString(state)
  return new ByteWriter().varUint(Message.awareness).varBytes(body.done()).done()
}

/**
 * An awareness message about nobody. y-websocket gives a connection up after 30 s without a message and does not
 * see pings; this one every client understands.
 */
export const KEEPALIVE: Uint8Array = /* @__PURE__ */ awarenessFrame([])

export function clientHello(schema: number, build: string): Uint8Array {
  return new ByteWriter()
    .varUint(Message.hello)
    .varUint(PROTOCOL_VERSION)
    .varUint(schema)
    .varString(build)
    .done()
}

export interface ServerHello {
  readonly mode: ModeName
  /** The last committed seq of the document; 0 in a channel. */
  readonly seq: number
  readonly minSchema: number
  readonly identity: Identity
}

export function serverHello(hello: ServerHello): Uint8Array {
  return new ByteWriter()
    .varUint(Message.hello)
    .varUint(PROTOCOL_VERSION)
    .varUint(Mode[hello.mode])
    .varUint(hello.seq)
    .varUint(hello.minSchema)
    .varString(JSON.stringify(hello.identity))
    .done()
}

/** `frames`: how many update frames of this connection, from its first, are committed. */
export function savedFrame(frames: number, seq: number): Uint8Array {
  const frame = new Uint8Array(1 + varUintLength(frames) + varUintLength(seq))
  let at = 0
  frame[at++] = Message.saved
  for (let rest of [frames, seq]) {
    while (rest > 127) {
      frame[at++] = (rest & 127) | 128
      rest = Math.floor(rest / 128)
    }
    frame[at++] = rest
  }
  return frame
}

export function eventFrame(event: unknown): Uint8Array {
  return new ByteWriter().varUint(Message.event).varString(JSON.stringify(event)).done()
}

export const RESYNC: Uint8Array = /* @__PURE__ */ Uint8Array.of(Message.resync)
