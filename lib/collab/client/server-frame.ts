import { BadFrame, ByteReader } from '../protocol/byte-reader'
import { Message, Mode, type ModeName, Sync } from '../protocol/numbers'
import type { Identity } from '../protocol/write-frame'

/** What the server may say. Byte fields are views into the frame. */
export type ServerFrame =
  | { readonly kind: 'step1'; readonly stateVector: Uint8Array }
  | { readonly kind: 'step2' | 'update'; readonly update: Uint8Array }
  | { readonly kind: 'awareness'; readonly entries: Uint8Array }
  | { readonly kind: 'queryAwareness' }
  | {
      readonly kind: 'hello'
      readonly mode: ModeName
      readonly seq: number
      readonly minSchema: number
      readonly identity: Identity
    }
  | { readonly kind: 'saved'; readonly frames: number; readonly seq: number }
  | { readonly kind: 'event'; readonly event: unknown }
  | { readonly kind: 'resync' }
  /** From a newer server; to be passed over. */
  | { readonly kind: 'unknown' }

/** Reads a frame of the server. Throws BadFrame. */
export function readServerFrame(bytes: Uint8Array): ServerFrame {
  const reader = new ByteReader(bytes)
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
          return { kind: 'unknown' }
      }
    case Message.awareness:
      return { kind: 'awareness', entries: reader.varBytes() }
    case Message.queryAwareness:
      return { kind: 'queryAwareness' }
    case Message.hello: {
      reader.varUint()
      const mode = modeName(reader.varUint())
      const seq = reader.varUint()
      const minSchema = reader.varUint()
      return { kind: 'hello', mode, seq, minSchema, identity: identity(json(reader.varString())) }
    }
    case Message.saved:
      return { kind: 'saved', frames: reader.varUint(), seq: reader.varUint() }
    case Message.event:
      return { kind: 'event', event: json(reader.varString()) }
    case Message.resync:
      return { kind: 'resync' }
    default:
      return { kind: 'unknown' }
  }
}

function modeName(mode: number): ModeName {
  if (mode === Mode.write) return 'write'
  if (mode === Mode.channel) return 'channel'
  return 'read'
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new BadFrame('not JSON')
  }
}

function identity(value: unknown): Identity {
  const of = (key: keyof Identity): string => {
    const field: unknown =
      typeof value === 'object' && value !== null && key in value ? Reflect.get(value, key) : ''
    return typeof field === 'string' ? field : ''
  }
  return { userId: of('userId'), memberId: of('memberId'), name: of('name'), color: of('color') }
}
