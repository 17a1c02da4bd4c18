import type * as Y from 'yjs'
import { defaultLimits, type Limits } from '../limits'
import { Close } from '../protocol/numbers'
import { Admission } from './admission'
import { soloBus } from './bus'
import { Committer } from './committer'
import { Door, type DoorHost } from './door'
import { Doors } from './doors'
import type { EngineCounts } from './host'
import { Listeners } from './listeners'
import { Nodes } from './nodes'
import type {
  Authorizer,
  Bus,
  EngineLog,
  EngineSession,
  JournalStore,
  Meter,
  RevokeTarget,
  Roots,
  Time,
  Transport,
} from './ports'
import { type DocumentState, type PresentPerson, Rooms } from './rooms'
import { Rounds } from './rounds'
import type { Edited, EditOptions, ServerAuthor } from './server-edit'
import { systemTime } from './time'

export type { DocumentState, PresentPerson } from './rooms'

export interface EngineOptions {
  readonly store: JournalStore
  readonly authorizer: Authorizer
  /** The root types of every document. */
  readonly roots: Roots
  readonly log: EngineLog
  readonly bus?: Bus
  readonly time?: Time
  readonly limits?: Partial<Limits>
  readonly meter?: Meter
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
  /** Milliseconds since the oldest update came that is not committed; 0: all are. */
  readonly lag: number
  /** Other nodes that are heard now. */
  readonly peers: number
  readonly busUp: boolean
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
  private readonly rooms: Rooms
  private readonly doors: Doors
  private readonly admission: Admission
  private readonly doorHost: DoorHost
  private readonly rounds: Rounds
  private readonly nodes: Nodes
  private readonly committed: Listeners<[documentId: string, seq: number]>
  private readonly writersLeft: Listeners<[documentId: string]>
  private readonly counts: EngineCounts = { updates: 0, loads: 0, reloads: 0, snapshots: 0, refused: 0 }
  private draining = false

  constructor(options: EngineOptions) {
    this.limits = { ...defaultLimits, ...options.limits }
    this.time = options.time ?? systemTime
    this.bus = options.bus ?? soloBus
    this.doors = new Doors(this.limits)
    this.committed = new Listeners('commits', options.log)
    this.writersLeft = new Listeners('leaving', options.log)
    const meter = options.meter ?? noMeter
    this.committer = new Committer(
      options.store,
      this.time,
      this.limits,
      options.log,
      options.newBatchId ?? (() => crypto.randomUUID()),
      meter,
    )
    this.rooms = new Rooms({
      store: options.store,
      committer: this.committer,
      bus: this.bus,
      time: this.time,
      limits: this.limits,
      log: options.log,
      roots: options.roots,
      newClientId: options.newClientId ?? randomClientId,
      storing: new Set(),
      counts: this.counts,
      committed: (documentId, seq) => this.committed.tell(documentId, seq),
      writersLeft: (documentId) => this.writersLeft.tell(documentId),
      forget: (room) => this.rooms.forget(room),
    })
    this.admission = new Admission({
      doors: this.doors,
      rooms: this.rooms,
      authorizer: options.authorizer,
      limits: this.limits,
      log: options.log,
    })
    this.doorHost = {
      limits: this.limits,
      time: this.time,
      log: options.log,
      meter,
      closed: (door) => {
        if (this.doors.remove(door)) this.admission.left(door)
      },
      arrived: (place) => this.nodes.arrived(place),
      shown: (place, who, entry) => this.nodes.shown(place, who, entry),
    }
    this.rounds = new Rounds(this.time, options.log)
    this.rounds.every(this.limits.keepalive / 2, () => this.doors.keepAlive())
    this.rounds.every(this.limits.rejudge, () => this.admission.rejudge())
    this.nodes = new Nodes({
      bus: this.bus,
      time: this.time,
      limits: this.limits,
      log: options.log,
      rounds: this.rounds,
      doors: this.doors,
      rooms: this.rooms,
      admission: this.admission,
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
    else this.admission.admit(door)
    return door
  }

  // --- for commands and queries -----------------------------------------------------------------------------------

  /** Tells everybody who listens to a room, on every node. After the commit, never before. */
  publish(roomName: string, event: unknown): void {
    this.doors.tell(roomName, event)
    this.bus.publish({ kind: 'event', room: roomName, event })
  }

  /** Closes matching connections on every node. Call after the change of rights is committed. */
  revoke(target: RevokeTarget): void {
    this.admission.revoke(target)
    this.bus.publish({ kind: 'revoked', target })
  }

  /** The committed state, everything received before included. Rejects with NoSuchDocument, StoredDocumentBroken. */
  read(documentId: string): Promise<DocumentState> {
    return this.rooms.read(documentId)
  }

  /**
   * The same, of the document where it lies: in the live room, or built for the moment. `work` runs synchronously and
   * must not write; what it did would be in nobody's journal.
   */
  look<T>(documentId: string, work: (doc: Y.Doc) => T): Promise<Edited<T>> {
    return this.rooms.look(documentId, work)
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
    return this.rooms.edit(documentId, author, change, options)
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

  /** Who is in a document now, on all nodes, as far as this one knows. Synchronous: may be asked inside `edit`. */
  presence(documentId: string): PresentPerson[] {
    return this.rooms.presence(documentId)
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
    this.nodes.stop()
    this.rounds.stop()
  }

  /** How many sockets a user has open on this node. */
  socketsOf(userId: string): number {
    return this.doors.of(userId)
  }

  /** What a room is waiting for, without content; null: it is not in memory. For tests and logs. */
  describe(documentId: string) {
    return this.rooms.known(documentId)?.describe() ?? null
  }

  stats(): EngineStats {
    return {
      ...this.counts,
      ...this.committer.counts,
      connections: this.doors.size,
      rooms: this.rooms.size,
      channels: this.admission.channelCount,
      pendingRows: this.committer.pending,
      pendingBytes: this.committer.bytes,
      lag: this.committer.lag,
      peers: this.nodes.peers,
      busUp: this.bus.up,
    }
  }
}

const noMeter: Meter = { committed() {}, acknowledged() {}, closed() {} }

function randomClientId(): number {
  const [id] = crypto.getRandomValues(new Uint32Array(1))
  return id || 1
}
