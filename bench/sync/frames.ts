import { ByteReader } from '@/lib/collab/protocol/byte-reader'
import { Message, Sync } from '@/lib/collab/protocol/numbers'
import { clientHello, syncFrame } from '@/lib/collab/protocol/write-frame'
import type { PeerName } from './peer'

const NOTHING = Uint8Array.of(0, 0)
const encoder = new TextEncoder()

/** A message as a client writes it: masked, as it must be, with the mask that changes nothing. */
export function clientFrame(payload: Uint8Array): Buffer {
  const { length } = payload
  const head = length < 126 ? 2 : length < 65_536 ? 4 : 10
  const frame = Buffer.alloc(head + 4 + length)
  frame[0] = 0x82
  if (head === 2) frame[1] = 0x80 | length
  else if (head === 4) {
    frame[1] = 0x80 | 126
    frame.writeUInt16BE(length, 2)
  } else {
    frame[1] = 0x80 | 127
    frame.writeBigUInt64BE(BigInt(length), 2)
  }
  frame.set(payload, head + 4)
  return frame
}

/** How one of these servers is spoken to. Hocuspocus names the document in every message; the relay is told nothing. */
export interface Dialect {
  /** Said right after the socket has opened, with an empty document in hand. */
  hello(room: string): Uint8Array[]
  address(room: string, message: Uint8Array): Uint8Array
  update(room: string, update: Uint8Array): Uint8Array
  /** In answer to the server's step 1: there is nothing. */
  nothing(room: string): Uint8Array
  /** Where the message begins, after whatever address stands before it. */
  start(message: Uint8Array): number
}

const step1 = syncFrame('step1', Uint8Array.of(0))

const plain: Dialect = {
  hello: () => [step1],
  address: (_room, message) => message,
  update: (_room, update) => syncFrame('update', update),
  nothing: () => syncFrame('step2', NOTHING),
  start: () => 0,
}

const named = (room: string, message: Uint8Array): Uint8Array => {
  const name = encoder.encode(room)
  return Uint8Array.of(name.length, ...name, ...message)
}

export const dialects: Readonly<Record<PeerName, Dialect>> = {
  relay: plain,
  'y-websocket': plain,
  ours: { ...plain, hello: () => [clientHello(1, 'bench'), step1] },
  hocuspocus: {
    // Its provider says who it is first; without a hook anybody may.
    hello: (room) => [named(room, Uint8Array.of(2, 0, 0, 0)), named(room, step1)],
    address: named,
    update: (room, update) => named(room, syncFrame('update', update)),
    nothing: (room) => named(room, syncFrame('step2', NOTHING)),
    start: (message) => 1 + (message[0] ?? 0),
  },
}

export type Heard =
  | { readonly kind: 'step1' | 'other' }
  | { readonly kind: 'step2' | 'update'; readonly update: Uint8Array }
  | { readonly kind: 'saved'; readonly frames: number }

const OTHER: Heard = { kind: 'other' }
const STEP1: Heard = { kind: 'step1' }
/** Hocuspocus's number for an answer that wants none. */
const SYNC_REPLY = 4

/** What a server said, as far as this measure cares. */
export function heard(message: Uint8Array, start: number): Heard {
  const reader = new ByteReader(message)
  reader.skip(start)
  switch (reader.varUint()) {
    case Message.sync:
    case SYNC_REPLY:
      switch (reader.varUint()) {
        case Sync.step1:
          return STEP1
        case Sync.step2:
          return { kind: 'step2', update: reader.varBytes() }
        default:
          return { kind: 'update', update: reader.varBytes() }
      }
    case Message.saved:
      return { kind: 'saved', frames: reader.varUint() }
    default:
      return OTHER
  }
}

/** Letters in an update that holds nothing but letters, by author: `each(author, from, letters)`. */
export function countLetters(
  update: Uint8Array,
  each: (author: number, from: number, letters: number) => void,
): void {
  const reader = new ByteReader(update)
  const authors = reader.varUint()
  for (let i = 0; i < authors; i++) {
    const structs = reader.varUint()
    const author = reader.varUint()
    const from = reader.varUint()
    let letters = 0
    for (let j = 0; j < structs; j++) letters += lettersOf(reader)
    each(author, from, letters)
  }
}

function lettersOf(reader: ByteReader): number {
  const info = reader.byte()
  // A row may begin before the author's first letter of it is known: Yjs writes what it passes over.
  if ((info & 31) !== 4) throw new Error(`an update holds a struct of kind ${info & 31}`)
  for (const bit of [128, 64]) {
    if ((info & bit) === 0) continue
    reader.varUint()
    reader.varUint()
  }
  if ((info & 192) === 0) {
    if (reader.varUint() === 1) reader.varBytes()
    else {
      reader.varUint()
      reader.varUint()
    }
  }
  return reader.varBytes().length
}
