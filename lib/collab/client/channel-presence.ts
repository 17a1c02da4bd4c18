import { ByteReader } from '../protocol/byte-reader'
import { awarenessFrame } from '../protocol/write-frame'

/** Somebody in a channel: who they are is the server's word, `state` is what their page says, unchecked. */
export interface Present {
  readonly userId: string
  readonly memberId: string
  readonly name: string
  readonly state: Readonly<Record<string, unknown>>
}

/**
 * Who is in a channel, and where. The awareness protocol of documents without Yjs: a page that shows no text need not
 * load it to say which card it looks at.
 */
export class ChannelPresence {
  /** Ours as long as this page stands; the server binds it to our user. */
  private readonly id: number
  /** Goes up with everything said, also over a new connection: the server may still hold what the old one said. */
  private clock = 0
  private own: object | null = null
  private readonly others = new Map<number, { readonly clock: number; readonly present: Present | null }>()
  private send: ((frame: Uint8Array) => void) | null = null

  constructor(
    private readonly changed: (people: readonly Present[]) => void,
    random: () => number = Math.random,
  ) {
    this.id = 1 + Math.floor(random() * (2 ** 32 - 2))
  }

  /** Says where we are; null: nowhere. Said again to every new connection. */
  say(state: object | null): void {
    const before = this.own
    this.own = state
    if (state !== null || before !== null) this.tell()
  }

  /** The connection was greeted. */
  greeted(send: (frame: Uint8Array) => void): void {
    this.send = send
    if (this.own !== null) this.tell()
  }

  /** The connection is gone, and with it whatever it told of the others. */
  lost(): void {
    this.send = null
    if (this.others.size === 0) return
    this.others.clear()
    this.changed([])
  }

  /** What the server says of others. Throws when it is no awareness message. */
  heard(message: Uint8Array): void {
    const reader = new ByteReader(message)
    const count = reader.varUint()
    let news = false
    for (let i = 0; i < count; i++) {
      const id = reader.varUint()
      const clock = reader.varUint()
      const present = read(JSON.parse(reader.varString()))
      const known = this.others.get(id)
      if (id === this.id || (known && clock < known.clock)) continue
      // Who left stays as a clock, so that what they said before is late when it comes after.
      this.others.set(id, { clock, present })
      news ||= present !== null || known?.present !== null
    }
    reader.finish()
    if (news) this.changed([...this.others.values()].flatMap(({ present }) => present ?? []))
  }

  private tell(): void {
    this.clock += 1
    this.send?.(awarenessFrame([{ id: this.id, clock: this.clock, state: JSON.stringify(this.own) }]))
  }
}

function read(value: unknown): Present | null {
  if (typeof value !== 'object' || value === null) return null
  const { user, ...state } = value as Record<string, unknown>
  if (typeof user !== 'object' || user === null) return null
  const { id, memberId, name } = user as Record<string, unknown>
  if (typeof id !== 'string' || typeof memberId !== 'string' || typeof name !== 'string') return null
  return { userId: id, memberId, name, state }
}
