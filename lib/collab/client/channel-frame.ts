import { ByteReader } from '../protocol/byte-reader'
import { Message } from '../protocol/numbers'

/** What the server may say where there is no document; the rest is passed over. */
export type ChannelFrame =
  | { readonly kind: 'hello' | 'other' }
  | { readonly kind: 'event'; readonly event: unknown }
  | { readonly kind: 'awareness'; readonly entries: Uint8Array }

/** Reads a frame in a channel. Every page carries this along, so it knows no document. Throws on what it cannot read. */
export function readChannelFrame(bytes: Uint8Array): ChannelFrame {
  const reader = new ByteReader(bytes)
  switch (reader.varUint()) {
    case Message.hello:
      return { kind: 'hello' }
    case Message.event: {
      const event: unknown = JSON.parse(reader.varString())
      return { kind: 'event', event }
    }
    case Message.awareness:
      return { kind: 'awareness', entries: reader.varBytes() }
    default:
      return { kind: 'other' }
  }
}
