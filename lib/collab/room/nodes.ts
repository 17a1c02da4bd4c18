import type { Limits } from '../limits'
import { awarenessFrame, type PresenceEntry } from '../protocol/write-frame'
import type { Admission } from './admission'
import type { Channel } from './channel'
import type { Connection } from './connection'
import type { Doors } from './doors'
import { Peers } from './peers'
import type { Bus, BusNote, DistantEntry, EngineLog, Time } from './ports'
import { distantEntry } from './presence'
import type { Room } from './room'
import type { Rooms } from './rooms'
import type { Rounds } from './rounds'

export interface NodesHost {
  readonly bus: Bus
  readonly time: Time
  readonly limits: Limits
  readonly log: EngineLog
  readonly rounds: Rounds
  readonly doors: Doors
  readonly rooms: Rooms
  readonly admission: Admission
}

type Place = Room | Channel

/**
 * This node among the others: takes in what they say, tells them who is here, and notices when something may have been
 * missed. The numbered rules (ND..) are in SPEC.md.
 */
export class Nodes {
  private readonly known: Peers
  /** Moves of people here that the others have not been told of. */
  private moved = new Map<string, Map<number, DistantEntry>>()
  /** Places whose people at other nodes have been asked for. */
  private asked = new WeakSet<Place>()
  private healing = false
  private greetedAt = Number.NEGATIVE_INFINITY
  private beatAt: number
  private stopHearing = () => {}
  private stopped = false

  constructor(private readonly host: NodesHost) {
    const { bus, limits, rounds, time } = host
    this.known = new Peers(limits)
    this.beatAt = time.now()
    if (!bus.shared) return
    this.stopHearing = bus.subscribe(
      (note, from) => this.heard(note, from),
      () => this.heal(),
    )
    rounds.every(limits.beat, () => this.beat())
    rounds.every(limits.catchUp, () => host.rooms.catchUp())
    rounds.every(limits.rejudgeInDoubt, () => this.doubt())
    rounds.every(limits.presenceAgain, () => this.presentAgain())
  }

  /** Other nodes that are heard now. */
  get peers(): number {
    return this.known.size
  }

  /** Says goodbye. */
  stop(): void {
    if (this.stopped) return
    this.stopped = true
    this.stopHearing()
    if (this.host.bus.shared) this.host.bus.publish({ kind: 'gone' })
  }

  // --- what others say --------------------------------------------------------------------------------------------

  private heard(note: BusNote, from: string): void {
    const { doors, rooms, admission, time } = this.host
    if (note.kind === 'gone') {
      this.known.gone(from)
      this.left(from)
      return
    }
    // ND3: one that comes back has said things meanwhile.
    if (this.known.heard(from, time.now()) === 'back') this.heal()
    switch (note.kind) {
      case 'appended':
        rooms.known(note.documentId)?.heard(note.seq)
        return
      case 'event':
        doors.tell(note.room, note.event)
        return
      case 'revoked':
        admission.revoke(note.target)
        return
      case 'present': {
        const place = this.place(note.place)
        if (place) tellAll(place, place.presence.hear(from, note.entries, note.whole, time.now()))
        return
      }
      case 'asked': {
        const place = this.place(note.place)
        if (place) this.sayWho(place)
        return
      }
      case 'here':
    }
  }

  private place(key: string): Place | null {
    return this.host.rooms.known(key) ?? this.host.admission.channelNamed(key)
  }

  private *places(): Generator<Place> {
    yield* this.host.rooms.all()
    yield* this.host.admission.allChannels()
  }

  // --- who is where (ND4 to ND7) ----------------------------------------------------------------------------------

  /** Somebody has come into a place: who is there by other nodes is asked for, once. */
  arrived(place: Place): void {
    if (!this.host.bus.shared || this.asked.has(place)) return
    this.asked.add(place)
    this.host.bus.publish({ kind: 'asked', place: place.key })
  }

  /** Somebody here has moved, or left. */
  shown(place: Place, who: Connection, entry: PresenceEntry): void {
    // Alone there is nobody to tell; whoever comes asks.
    if (this.known.size === 0) return
    const of = this.moved.get(place.key)
    if (of) of.set(entry.id, distantEntry(who, entry))
    else this.moved.set(place.key, new Map([[entry.id, distantEntry(who, entry)]]))
    if (this.moved.size === 1 && !of)
      this.host.time.after(this.host.limits.presenceGather, () => this.tellMoves())
  }

  private tellMoves(): void {
    const { moved } = this
    this.moved = new Map()
    if (this.stopped) return
    for (const [place, entries] of moved)
      this.host.bus.publish({ kind: 'present', place, whole: false, entries: [...entries.values()] })
  }

  private sayWho(place: Place): void {
    const entries = place.presence.near()
    // The last who left may have been missed; nobody at all needs no words.
    if (entries.length > 0) this.host.bus.publish({ kind: 'present', place: place.key, whole: true, entries })
  }

  private presentAgain(): void {
    const { limits, time } = this.host
    const tooOld = time.now() - 3 * limits.presenceAgain
    for (const place of this.places()) {
      if (this.known.size > 0) this.sayWho(place)
      tellAll(place, place.presence.expire(tooOld))
    }
  }

  private left(node: string): void {
    for (const place of this.places()) tellAll(place, place.presence.nodeLeft(node))
  }

  // --- what may have been missed (ND2, ND3) -----------------------------------------------------------------------

  private beat(): void {
    const { bus, time, limits } = this.host
    const now = time.now()
    // Whoever slept, or was stopped, has heard nothing meanwhile.
    if (now - this.beatAt > limits.beat + limits.doubt) this.heal()
    this.beatAt = now
    bus.publish({ kind: 'here' })
    for (const name of this.known.newlySilent(now)) {
      this.host.log.warn({ node: name }, 'another node is silent')
      this.left(name)
    }
  }

  private async doubt(): Promise<void> {
    const { bus, time, admission } = this.host
    if (!bus.up || this.known.inDoubt(time.now())) await admission.rejudge()
  }

  /** Notes may have been lost: words are read from the journal, rights are asked again, pages read again. */
  private heal(): void {
    if (this.healing) return
    this.healing = true
    const { time, limits, log } = this.host
    // What is lost is noticed several times over.
    time.after(limits.healGap, () => {
      this.healing = false
      if (!this.stopped)
        this.healNow().catch((error: unknown) => log.warn({ err: error }, 'lost notes are not made good yet'))
    })
  }

  private async healNow(): Promise<void> {
    const { rooms, admission } = this.host
    this.asked = new WeakSet()
    for (const place of this.places()) {
      this.arrived(place)
      this.sayWho(place)
    }
    this.greetAgain()
    await Promise.all([rooms.catchUp(), admission.rejudge()])
  }

  /** Events are kept nowhere: who listens reads what it shows again, not all in one moment. */
  private greetAgain(): void {
    const { time, limits, doors } = this.host
    const now = time.now()
    if (now - this.greetedAt < limits.greetAgainGap) return
    this.greetedAt = now
    const all = doors.list()
    all.forEach((door, i) => {
      time.after((i / all.length) * limits.drainSpread, () => door.greetAgain())
    })
  }
}

function tellAll(place: Place, entries: readonly PresenceEntry[]): void {
  if (entries.length === 0) return
  const frame = awarenessFrame(entries)
  for (const connection of place.connections) if (connection.greeting !== 'awaited') connection.send(frame)
}
