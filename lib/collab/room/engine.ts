import * as Y from 'yjs'
import { assert } from '@/lib/kit/assert'
import { defaultLimits, type Limits } from '../limits'
import { Close } from '../protocol/numbers'
import { soloBus } from './bus'
import { Channel } from './channel'
import { Committer } from './committer'
import { Door, type DoorHost } from './door'
import { Doors } from './doors'
import type { EngineCounts, RoomHost } from './host'
import { Listeners } from './listeners'
import type {
  Authorizer,
  Bus,
  BusNote,
  EngineLog,
  EngineSession,
  JournalStore,
  Resolution,
  RevokeTarget,
  Roots,
  Time,
  Transport,
} from './ports'
import { Room } from './room'
import type { Edited, EditOptions, ServerAuthor } from './server-edit'
import { buildDoc, found, NoSuchDocument } from './stored-document'
import { systemTime } from './time'

export interface EngineOptions {
  readonly store: JournalStore
  readonly authorizer: Authorizer
  /** The root types of every document. */
  readonly roots: Roots
  readonly log: EngineLog
  readonly bus?: Bus
  readonly time?: Time
  readonly limits?: Partial<Limits>
  /** Ids of commits; UUIDs. */
  readonly newBatchId?: () => string
  readonly newClientId?: () => number
}

export interface EngineStats extends EngineCounts {
  readonly connections: number
  readonly rooms: number
  readonly channels: number
  readonly pendingRows: number
  readonly pendingBytes: number
  readonly batches: number
  readonly rows: number
  readonly retries: number
}

/** A document as it is committed: one Yjs update (V1), and the journal row it has reached. */
export interface DocumentState {
  readonly update: Uint8Array
  readonly seq: number
}

/** Somebody who has a document open on this node, and what their page says about them: unchecked JSON. */
export interface PresentPerson {
  readonly userId: string
  readonly mayWrite: boolean
  readonly state: unknown
}

export type CommittedListener = (documentId: string, seq: number) => void

/** What the socket layer holds of one socket. No method throws. */
export type SocketEnd = Pick<Door, 'receive' | 'receiveText' | 'gone' | 'close'>

export type Engine = ReturnType<typeof createEngine>

/** The sync engine. Knows bytes, rooms and connections; everything else comes in through its ports. */
export function createEngine(options: EngineOptions) {
  return new SyncEngine(options)
}

class SyncEngine {
  private readonly limits: Limits
  private readonly time: Time
  private readonly bus: Bus
  private readonly committer: Committer
  private readonly rooms = new Map<string, Room>()
  private readonly channels = new Map<string, Channel>()
  private readonly doors: Doors
  private readonly host: RoomHost
  private readonly doorHost: DoorHost
  private readonly timers: (() => void)[] = []
  private readonly committed: Listeners<[documentId: string, seq: number]>
  private readonly writersLeft: Listeners<[documentId: string]>
  private readonly counts: EngineCounts = { updates: 0, loads: 0, reloads: 0, snapshots: 0, refused: 0 }
  /** Goes up with every revocation: whoever was being let in meanwhile is judged again. */
  private revocations = 0
  private draining = false

  constructor(private readonly options: EngineOptions) {
    this.limits = { ...defaultLimits, ...options.limits }
    this.time = options.time ?? systemTime
    this.bus = options.bus ?? soloBus
    this.doors = new Doors(this.limits)
    this.committed = new Listeners('commits', options.log)
    this.writersLeft = new Listeners('leaving', options.log)
    this.committer = new Committer(
      options.store,
      this.time,
      this.limits,
      options.log,
      options.newBatchId ?? (() => crypto.randomUUID()),
    )
    this.host = {
      store: options.store,
      committer: this.committer,
      bus: this.bus,
      time: this.time,
      limits: this.limits,
      log: options.log,
      roots: options.roots,
      newClientId: options.newClientId ?? randomClientId,
      counts: this.counts,
      committed: (documentId, seq) => this.committed.tell(documentId, seq),
      writersLeft: (documentId) => this.writersLeft.tell(documentId),
      forget: (room) => {
        if (this.rooms.get(room.documentId) === room) this.rooms.delete(room.documentId)
      },
    }
    this.doorHost = {
      limits: this.limits,
      time: this.time,
      log: options.log,
      closed: (door) => this.left(door),
    }
    this.timers.push(this.bus.subscribe((note) => this.heard(note)))
    this.every(this.limits.keepalive / 2, () => this.doors.keepAlive())
    this.every(this.limits.rejudge, () => this.rejudge())
    if (this.bus.shared)
      this.every(this.limits.catchUp, () => {
        for (const room of this.rooms.values()) room.catchUp()
      })
  }

  // --- connections ------------------------------------------------------------------------------------------------

  /**
   * A socket of a signed-in session has opened. The transport should not be reading yet; it is resumed when the
   * connection has been let in. Refusals are told by close codes.
   */
  connect(session: EngineSession, roomName: string, transport: Transport): SocketEnd {
    const door = new Door(transport, session, roomName, this.doorHost)
    const full = this.doors.add(door)
    if (this.draining) door.close(Close.restart, 'restarting')
    else if (full) door.close(full.code, full.reason)
    else {
      this.admit(door).catch((error: unknown) => {
        this.options.log.error({ err: error, room: roomName.slice(0, 40) }, 'not let in')
        door.close(Close.failure, 'not available')
      })
    }
    return door
  }

  private async admit(door: Door): Promise<void> {
    for (;;) {
      const before = this.revocations
      const access = await this.options.authorizer.resolve(door.roomName, door.session)
      if (door.isClosed) return
      if (access === 'not_found') return door.close(Close.notFound, 'not found')
      if (access === 'not_signed_in') return door.close(Close.notSignedIn, 'not signed in')
      if (access.kind === 'channel') {
        if (before !== this.revocations) continue
        return door.open(access, this.channel(door.roomName))
      }
      const room = this.room(access.documentId)
      room.visit()
      try {
        await room.opening
        if (door.isClosed) return
        // Rights may have gone while the document was loading; the revocation could not see us yet.
        if (before !== this.revocations || room.isClosed) continue
        return door.open(access, room)
      } catch (error) {
        if (!(error instanceof NoSuchDocument)) throw error
        return door.close(Close.notFound, 'not found')
      } finally {
        room.endVisit()
      }
    }
  }

  private left(door: Door): void {
    if (!this.doors.remove(door)) return
    const channel = this.channels.get(door.roomName)
    if (channel?.connections.size === 0) this.channels.delete(door.roomName)
  }

  private room(documentId: string): Room {
    const known = this.rooms.get(documentId)
    if (known) return known
    const room = new Room(documentId, this.host)
    this.rooms.set(documentId, room)
    return room
  }

  private channel(name: string): Channel {
    const known = this.channels.get(name)
    if (known) return known
    const channel = new Channel(this.limits)
    this.channels.set(name, channel)
    return channel
  }

  // --- for commands and queries -----------------------------------------------------------------------------------

  /** Tells everybody who listens to a room, on every node. After the commit, never before. */
  publish(roomName: string, event: unknown): void {
    this.doors.tell(roomName, event)
    this.bus.publish({ kind: 'event', room: roomName, event })
  }

  /** Closes matching connections on every node. Call after the change of rights is committed. */
  revoke(target: RevokeTarget): void {
    this.closeMatching(target)
    this.bus.publish({ kind: 'revoked', target })
  }

  /** The committed state, everything received before included. Rejects with NoSuchDocument, StoredDocumentBroken. */
  async read(documentId: string): Promise<DocumentState> {
    const { value, seq } = await this.look(documentId, (doc) => Y.encodeStateAsUpdate(doc))
    return { update: value, seq }
  }

  /**
   * The same, of the document where it lies: in the live room, or built for the moment. `work` runs synchronously and
   * must not write; what it did would be in nobody's journal.
   */
  async look<T>(documentId: string, work: (doc: Y.Doc) => T): Promise<Edited<T>> {
    if (this.rooms.has(documentId))
      return this.visit(documentId, (room) =>
        room.atRest(({ doc }, seq) => ({ value: readingOnly(doc, work), seq })),
      )
    const stored = found(documentId, await this.options.store.load(documentId, false))
    const doc = buildDoc(stored, this.options.roots)
    try {
      return { value: work(doc), seq: stored.seq }
    } finally {
      doc.destroy()
    }
  }

  /**
   * The server changes a document, through the live room, in the name of a user (null: its own). Whether the user may
   * has been asked by the command. `change` runs synchronously, in one transaction, in a moment in which everything in
   * memory is committed; it must be repeatable and touch nothing but the document. Resolves once the change is
   * committed; everybody in the room has been sent it by then. When `change` throws, nothing of it stays. Rejects with that error,
   * EditRefused, NoSuchDocument or StoredDocumentBroken.
   */
  edit<T>(
    documentId: string,
    author: ServerAuthor,
    change: (doc: Y.Doc) => T,
    options?: EditOptions,
  ): Promise<Edited<T>> {
    return this.visit(documentId, (room) => room.edit(author, change, options))
  }

  /**
   * Calls back after each commit, with the document and the seq it has reached: once per document and batch, on the
   * node that committed it. Called while others wait: do no more than remember it. What was committed just
   * before a crash is not told again; compare `documents.seq` at start. Answers what ends it.
   */
  onCommitted(listener: CommittedListener): () => void {
    return this.committed.add(listener)
  }

  /**
   * Calls back when the last connection that may write in a document has left this node: an editing session may be
   * over. Same manners as `onCommitted`.
   */
  onWritersLeft(listener: (documentId: string) => void): () => void {
    return this.writersLeft.add(listener)
  }

  /** Who is in a document now, as far as this node knows. Synchronous: may be asked inside `edit`. */
  presence(documentId: string): PresentPerson[] {
    const room = this.rooms.get(documentId)
    if (!room) return []
    return room.presence.all().map(({ holder, state }) => ({
      userId: holder.identity.userId,
      mayWrite: holder.mayWrite,
      state: JSON.parse(state),
    }))
  }

  private async visit<T>(documentId: string, work: (room: Room) => Promise<T>): Promise<T> {
    for (;;) {
      const room = this.room(documentId)
      room.visit()
      try {
        await room.opening
        if (room.isClosed) continue
        return await work(room)
      } finally {
        room.endVisit()
      }
    }
  }

  /** Resolves when everything received so far is committed. */
  flush(): Promise<void> {
    return this.committer.settled()
  }

  /** SIGTERM: nobody new, "come back" to everybody, everything received is committed. */
  async drain(): Promise<void> {
    this.draining = true
    const doors = this.doors.list()
    doors.forEach((door, i) => {
      this.time.after((i / doors.length) * this.limits.drainSpread, () =>
        door.close(Close.restart, 'restarting'),
      )
    })
    const spread = doors.length > 1 ? this.limits.drainSpread : 0
    await new Promise<void>((resolve) => this.time.after(spread, resolve))
    for (const door of this.doors.list()) door.close(Close.restart, 'restarting')
    const deadline = new Promise<void>((resolve) =>
      this.time.after(this.limits.drainDeadline - spread, resolve),
    )
    await Promise.race([this.committer.settled(), deadline])
    this.stop()
  }

  /** Ends timers. Connections are left as they are. */
  stop(): void {
    this.draining = true
    this.committer.stop()
    for (const cancel of this.timers) cancel()
    this.timers.length = 0
  }

  /** How many sockets a user has open on this node. */
  socketsOf(userId: string): number {
    return this.doors.of(userId)
  }

  /** What a room is waiting for, without content; null: it is not in memory. For tests and logs. */
  describe(documentId: string) {
    return this.rooms.get(documentId)?.describe() ?? null
  }

  stats(): EngineStats {
    return {
      ...this.counts,
      ...this.committer.counts,
      connections: this.doors.size,
      rooms: this.rooms.size,
      channels: this.channels.size,
      pendingRows: this.committer.pending,
      pendingBytes: this.committer.bytes,
    }
  }

  // --- the rest ---------------------------------------------------------------------------------------------------

  private heard(note: BusNote): void {
    switch (note.kind) {
      case 'appended':
        this.rooms.get(note.documentId)?.heard(note.seq)
        return
      case 'event':
        this.doors.tell(note.room, note.event)
        return
      case 'revoked':
        this.closeMatching(note.target)
    }
  }

  private closeMatching(target: RevokeTarget): void {
    this.revocations += 1
    for (const door of this.doors.list())
      if (matches(door, target)) door.close(Close.notAllowed, 'access changed')
  }

  private async rejudge(): Promise<void> {
    for (const door of this.doors.list()) {
      const { connection } = door
      if (!connection || door.isClosed) continue
      try {
        const access = await this.options.authorizer.resolve(door.roomName, door.session)
        if (!sameAccess(access, connection.access)) door.close(Close.notAllowed, 'access changed')
      } catch (error) {
        // The database is away: nobody can write now, and the next round asks again.
        this.options.log.warn({ err: error }, 'access not judged again')
        return
      }
    }
  }

  private every(ms: number, work: () => void | Promise<void>): void {
    let cancel = () => {}
    const next = () => {
      cancel = this.time.after(ms, () => {
        next()
        new Promise<void>((resolve) => resolve(work())).catch((error: unknown) => {
          this.options.log.error({ err: error }, 'periodic work failed')
        })
      })
    }
    next()
    this.timers.push(() => cancel())
  }
}

function matches(door: Door, target: RevokeTarget): boolean {
  if ('userId' in target) return door.session.userId === target.userId
  if ('sessionId' in target) return door.session.sessionId === target.sessionId
  const access = door.connection?.access
  if (!access) return false
  if ('memberId' in target) return access.identity.memberId === target.memberId
  if ('workspaceId' in target) return access.workspaceId === target.workspaceId
  return access.kind === 'document' && access.documentId === target.documentId
}

function sameAccess(now: Resolution | string, before: Resolution): boolean {
  if (typeof now === 'string' || now.kind !== before.kind) return false
  if (now.kind === 'channel' || before.kind === 'channel') return true
  return (
    now.mode === before.mode &&
    now.grant.memberRevision === before.grant.memberRevision &&
    now.grant.documentAccessRevision === before.grant.documentAccessRevision
  )
}

function randomClientId(): number {
  const [id] = crypto.getRandomValues(new Uint32Array(1))
  return id || 1
}

/** A bug of ours that wrote while it read must not go unnoticed: the room's content would differ from its journal. */
function readingOnly<T>(doc: Y.Doc, work: (doc: Y.Doc) => T): T {
  let wrote = false
  const note = () => {
    wrote = true
  }
  doc.on('update', note)
  try {
    return work(doc)
  } finally {
    doc.off('update', note)
    assert(!wrote, 'whoever looks at a document changes nothing')
  }
}
