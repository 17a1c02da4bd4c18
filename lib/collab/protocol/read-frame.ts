import { BadFrame, ByteReader } from './byte-reader'
import { Message, Sync } from './numbers'

/** What a client may say. Byte fields are views into the frame. */
export type ClientFrame =
  | { readonly kind: 'step1'; readonly stateVector: Uint8Array }
  | { readonly kind: 'step2' | 'update'; readonly update: Uint8Array }
  | { readonly kind: 'awareness'; readonly entries: Uint8Array }
  | { readonly kind: 'queryAwareness' }
  | { readonly kind: 'hello'; readonly protocol: number; readonly schema: number; readonly build: string }

/** Whether a frame would write. Asked before anything is decoded, so that a reader's update is not even looked at. */
export function isWriting(frame: Uint8Array): boolean {
  return frame[0] === Message.sync && frame[1] !== Sync.step1
}

/** Reads a client's frame to its last byte. Throws BadFrame, also for messages only the server may send. */
export function readClientFrame(bytes: Uint8Array): ClientFrame {
  const reader = new ByteReader(bytes)
  const frame = read(reader)
  reader.finish()
  return frame
}

function read(reader: ByteReader): ClientFrame {
  switch (reader.varUint()) {
    case Message.sync:
      switch (reader.varUint()) {
        case Sync.step1:
          return { kind: 'step1', stateVector: reader.varBytes() }
        case Sync.step2:
          return { kind: 'step2', update: reader.varBytes() }
        case Sync.update:
          return { kind: 'update', update: reader.varBytes() }
        default:
          throw new BadFrame('unknown sync message')
      }
    case Message.awareness:
      return { kind: 'awareness', entries: reader.varBytes() }
    case Message.queryAwareness:
      return { kind: 'queryAwareness' }
    case Message.hello: {
      const protocol = reader.varUint()
      const schema = reader.varUint()
      const build = reader.varString()
      if (build.length > 64) throw new BadFrame('build name too long')
      return { kind: 'hello', protocol, schema, build }
    }
    default:
      throw new BadFrame('unknown message')
  }
}
