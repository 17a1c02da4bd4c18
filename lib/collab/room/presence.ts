import type { Limits } from '../limits'
import { BadFrame, ByteReader } from '../protocol/byte-reader'
import type { Identity, PresenceEntry } from '../protocol/write-frame'
import type { DistantEntry } from './ports'

/** One who is here. `holder` is the connection it belongs to. */
interface Present<Holder> {
  readonly holder: Holder
  clock: number
  state: string
}

/** One who is here by another node. */
interface Distant extends DistantEntry {
  readonly node: string
  /** When that node last named them. */
  at: number
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
export class Presence<Holder extends { readonly identity: Identity; readonly mayWrite: boolean }> {
  private readonly present = new Map<number, Present<Holder>>()
  private readonly distant = new Map<number, Distant>()
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
    // Only the tab itself counts its clock up; the same person's other tab merely repeats it.
    const known = before ?? this.distant.get(id)
    if (known && clock <= known.clock) return false
    // The same person's older socket, which may not have noticed yet that it is dead; here, or at another node.
    if (before) this.ids.delete(before.holder)
    this.distant.delete(id)
    if (owner === undefined) this.own(id, holder.identity.userId)
    this.ids.set(holder, id)
    return true
  }

  private own(id: number, userId: string): void {
    if (this.owners.size >= this.limits.awarenessOwners) {
      for (const oldest of this.owners.keys()) {
        if (!this.present.has(oldest) && !this.distant.has(oldest)) {
          this.owners.delete(oldest)
          break
        }
      }
    }
    this.owners.set(id, userId)
  }

  /** A stock client repeats everything it hears: only news about others is an attempt at something. */
  private foreign(id: number, clock: number, leaves: boolean): PresenceVerdict {
    if (leaves) return { kind: 'nothing' }
    const known = this.present.get(id) ?? this.distant.get(id)
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

  /** Everybody but the one who asks. */
  others(holder: Holder): PresenceEntry[] {
    const entries: PresenceEntry[] = []
    for (const [id, one] of this.present)
      if (one.holder !== holder) entries.push({ id, clock: one.clock, state: one.state })
    for (const { id, clock, state } of this.distant.values()) entries.push({ id, clock, state })
    return entries
  }

  // --- other nodes (ND4 to ND7) -----------------------------------------------------------------------------------

  /** Who is here by this node, to be told to the others. */
  near(): DistantEntry[] {
    return [...this.present].map(([id, one]) => distantEntry(one.holder, { id, ...one }))
  }

  /** Who is here by other nodes. */
  far(): readonly DistantEntry[] {
    return [...this.distant.values()]
  }

  /** What another node says of its people. `whole`: these are all. Answers what is news to those here. */
  hear(node: string, entries: readonly DistantEntry[], whole: boolean, now: number): PresenceEntry[] {
    const news: PresenceEntry[] = []
    for (const entry of entries) {
      const one = this.hearOne(node, entry, now)
      if (one) news.push(one)
    }
    if (whole) {
      const named = new Set(entries.map((entry) => entry.id))
      news.push(...this.forget((one) => one.node === node && !named.has(one.id)))
    }
    return news
  }

  /** That node is silent, or has ended: its people are not known to be here any more. */
  nodeLeft(node: string): PresenceEntry[] {
    return this.forget((one) => one.node === node)
  }

  /** A goodbye may be lost as any note: who was not named since then is gone. */
  expire(before: number): PresenceEntry[] {
    return this.forget((one) => one.at < before)
  }

  private hearOne(node: string, entry: DistantEntry, now: number): PresenceEntry | null {
    const { id, clock, state, userId } = entry
    const owner = this.owners.get(id)
    // PS1 holds over nodes: whoever took an id that is another's here was quick, and is not shown.
    if (owner !== undefined && owner !== userId) return null
    const near = this.present.get(id)
    const known = near ?? this.distant.get(id)
    if (state === 'null') {
      const { distant } = this
      if (distant.get(id)?.node !== node) return null
      distant.delete(id)
      return { id, clock, state }
    }
    if (known && clock <= known.clock) {
      if (!near && 'node' in known && known.node === node) known.at = now
      return null
    }
    if (!known && this.distant.size >= this.limits.awarenessOwners) return null
    // PS4 over nodes: the same person's tab has moved there; its socket here has not noticed yet that it is dead.
    if (near) {
      this.ids.delete(near.holder)
      this.present.delete(id)
    }
    if (owner === undefined) this.own(id, userId)
    this.distant.set(id, { ...entry, node, at: now })
    return { id, clock, state }
  }

  private forget(which: (one: Distant) => boolean): PresenceEntry[] {
    const gone = [...this.distant.values()].filter(which)
    for (const { id } of gone) this.distant.delete(id)
    // Under the clock they had: a higher one would hide them until they have moved twice, should they still be there.
    return gone.map(({ id, clock }) => ({ id, clock, state: 'null' }))
  }
}

/** As other nodes are told of it. */
export function distantEntry(
  holder: { readonly identity: Identity; readonly mayWrite: boolean },
  { id, clock, state }: PresenceEntry,
): DistantEntry {
  return { id, clock, state, userId: holder.identity.userId, mayWrite: holder.mayWrite }
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
