import type { Limits } from '../limits'
import { BadFrame, ByteReader } from '../protocol/byte-reader'
import type { Identity, PresenceEntry } from '../protocol/write-frame'

/** One who is here. `holder` is the connection it belongs to. */
interface Present<Holder> {
  readonly holder: Holder
  clock: number
  state: string
}

export type PresenceVerdict =
  /** Tell the others. */
  | { readonly kind: 'changed'; readonly entry: PresenceEntry }
  /** An echo of what others said, or nothing new. */
  | { readonly kind: 'nothing' }
  /** Somebody else's entry, with something new in it. Dropped; a second time is no accident. */
  | { readonly kind: 'foreign' }
  | { readonly kind: 'too_large' }

/**
 * Who is in a room. Each connection has one entry, under a presence id that is its user's as long as the room
 * lives; what it says about others is not listened to, and its name is the session's, whatever it claims.
 */
export class Presence<Holder extends { readonly identity: Identity }> {
  private readonly present = new Map<number, Present<Holder>>()
  private readonly ids = new Map<Holder, number>()
  private readonly owners = new Map<number, string>()

  constructor(private readonly limits: Limits) {}

  get size(): number {
    return this.present.size
  }

  /** Reads an awareness message of `holder`. Throws BadFrame. */
  receive(holder: Holder, message: Uint8Array): PresenceVerdict {
    if (message.length > this.limits.awarenessBytes) return { kind: 'too_large' }
    const reader = new ByteReader(message)
    const count = reader.varUint()
    if (count > this.limits.awarenessEntries) return { kind: 'too_large' }
    let verdict: PresenceVerdict = { kind: 'nothing' }
    for (let i = 0; i < count; i++) {
      const id = reader.varUint()
      const clock = reader.varUint()
      const state = reader.varBytes()
      const one = this.entry(holder, id, clock, state)
      if (one.kind === 'too_large') return one
      if (one.kind === 'changed' || verdict.kind === 'nothing') verdict = one
    }
    reader.finish()
    return verdict
  }

  private entry(holder: Holder, id: number, clock: number, state: Uint8Array): PresenceVerdict {
    const own = this.ids.get(holder)
    const leaves = isNull(state)
    if (own === undefined) {
      if (leaves || !this.take(holder, id, clock)) return this.foreign(id, clock, leaves)
    } else if (own !== id) return this.foreign(id, clock, leaves)
    if (state.length > this.limits.awarenessStateBytes) return { kind: 'too_large' }
    const known = this.present.get(id)
    if (known) {
      // A repeated clock with a null state is how Yjs says goodbye.
      if (clock < known.clock || (clock === known.clock && !leaves)) return { kind: 'nothing' }
      if (clock > known.clock + this.limits.awarenessClockStep) return { kind: 'foreign' }
    } else if (clock > this.limits.awarenessFirstClock) return { kind: 'foreign' }
    if (leaves) {
      // The id stays this connection's: someone who hides and shows again keeps it.
      if (!known) return { kind: 'nothing' }
      this.present.delete(id)
      return { kind: 'changed', entry: { id, clock: Math.max(clock, known.clock + 1), state: 'null' } }
    }
    const stamped = stamp(state, holder.identity)
    this.present.set(id, { holder, clock, state: stamped })
    return { kind: 'changed', entry: { id, clock, state: stamped } }
  }

  /** Binds an id to a connection, if nobody else's user has it. */
  private take(holder: Holder, id: number, clock: number): boolean {
    if (clock > this.limits.awarenessFirstClock || id > 2 ** 32 - 1) return false
    const owner = this.owners.get(id)
    if (owner !== undefined && owner !== holder.identity.userId) return false
    const before = this.present.get(id)
    if (before) {
      // Only the tab itself counts its clock up; the same person's other tab merely repeats it.
      if (clock <= before.clock) return false
      // The same person's older socket, which may not have noticed yet that it is dead.
      this.ids.delete(before.holder)
    }
    if (owner === undefined) {
      if (this.owners.size >= this.limits.awarenessOwners) {
        for (const oldest of this.owners.keys()) {
          if (!this.present.has(oldest)) {
            this.owners.delete(oldest)
            break
          }
        }
      }
      this.owners.set(id, holder.identity.userId)
    }
    this.ids.set(holder, id)
    return true
  }

  /** A stock client repeats everything it hears: only news about others is an attempt at something. */
  private foreign(id: number, clock: number, leaves: boolean): PresenceVerdict {
    if (leaves) return { kind: 'nothing' }
    const known = this.present.get(id)
    if (known ? clock <= known.clock : this.owners.has(id) && clock <= this.limits.awarenessFirstClock)
      return { kind: 'nothing' }
    return { kind: 'foreign' }
  }

  /** The connection closed. Returns what to tell the others, if it was seen at all. */
  leave(holder: Holder): PresenceEntry | null {
    const id = this.ids.get(holder)
    if (id === undefined) return null
    this.ids.delete(holder)
    const known = this.present.get(id)
    if (!known || known.holder !== holder) return null
    this.present.delete(id)
    return { id, clock: known.clock + 1, state: 'null' }
  }

  /** What each connection says about itself, for the server's own reading. */
  all(): { readonly holder: Holder; readonly state: string }[] {
    return [...this.present.values()].map(({ holder, state }) => ({ holder, state }))
  }

  /** Everybody but the one who asks. */
  others(holder: Holder): PresenceEntry[] {
    const entries: PresenceEntry[] = []
    for (const [id, one] of this.present)
      if (one.holder !== holder) entries.push({ id, clock: one.clock, state: one.state })
    return entries
  }
}

function isNull(state: Uint8Array): boolean {
  return (
    state.length === 4 && state[0] === 0x6e && state[1] === 0x75 && state[2] === 0x6c && state[3] === 0x6c
  )
}

const text = new TextDecoder('utf-8', { fatal: true })

function stamp(state: Uint8Array, identity: Identity): string {
  let value: unknown
  try {
    value = JSON.parse(text.decode(state))
  } catch {
    throw new BadFrame('presence is not JSON')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new BadFrame('presence is not an object')
  const user = {
    id: identity.userId,
    memberId: identity.memberId,
    name: identity.name,
    color: identity.color,
  }
  // JSON.parse makes "__proto__" an own key; a peer that spreads or assigns it must not meet it.
  const { user: _claimed, __proto__: _key, ...rest } = value as Record<string, unknown>
  return JSON.stringify({ ...rest, user })
}
