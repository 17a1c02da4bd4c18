import * as Y from 'yjs'
import type { Limits } from '../limits'
import { BadFrame } from '../protocol/byte-reader'
import { withoutCleanup } from '../protocol/no-cleanup'
import { Close } from '../protocol/numbers'
import type { ClientFrame } from '../protocol/read-frame'
import { type ScannedUpdate, scanStateVector, scanUpdate } from '../protocol/scan-update'
import { RESYNC, syncFrame } from '../protocol/write-frame'
import type { Committer, PendingRow } from './committer'
import type { Connection } from './connection'
import { defineRoots, faultIn, isWhole, judge } from './guard'
import { toHistory } from './history'
import type {
  AppendOutcome,
  Bus,
  Claim,
  EngineLog,
  Grant,
  JournalRow,
  JournalStore,
  Roots,
  StoredDocument,
  Time,
} from './ports'
import { Presence } from './presence'

/** What a room needs of the house it stands in. */
export interface RoomHost {
  readonly store: JournalStore
  readonly committer: Committer
  readonly bus: Bus
  readonly time: Time
  readonly limits: Limits
  readonly log: EngineLog
  readonly roots: Roots
  /** A client id for what the server writes itself; never zero. */
  readonly newClientId: () => number
  readonly counts: EngineCounts
  /** A batch with rows of this document has been committed. `seq`: of the last of them. Must not throw. */
  committed(documentId: string, seq: number): void
  /** The last of those who may write here has left. Must not throw. */
  writersLeft(documentId: string): void
  /** The room is no longer in memory. */
  forget(room: Room): void
}

export interface EngineCounts {
  updates: number
  loads: number
  reloads: number
  snapshots: number
  refused: number
}

type SyncFrame = Extract<ClientFrame, { kind: 'step1' | 'step2' | 'update' }>

/** Who the server writes for; null: for itself. */
export interface ServerAuthor {
  readonly userId: string | null
  readonly sessionId: string | null
}

export interface EditOptions {
  /**
   * When the change brings words that were written elsewhere: whose the client ids in it are. Ids that are neither
   * known here nor named become the author's.
   */
  readonly owners?: ReadonlyMap<number, string | null>
}

export interface Edited<T> {
  /** What the change answered, the time it was committed. */
  readonly value: T
  /** Of the journal row; of the last one when the change changed nothing. */
  readonly seq: number
}

/** An update that says nothing. */
const NOTHING = Uint8Array.of(0, 0)

export class NoSuchDocument extends Error {}

/** What is stored cannot be read whole. Nothing is shown rather than half of it. */
export class StoredDocumentBroken extends Error {}

/** The document could not be changed by the server; nothing of the change was stored. */
export class EditRefused extends Error {}

/**
 * One document in memory: its content with what is committed and what is on its way, and the connections in it.
 * The numbered rules (RM..) are in SPEC.md.
 */
export class Room {
  readonly connections = new Set<Connection>()
  readonly presence: Presence<Connection>
  readonly opening: Promise<void>
  minSchema = 1
  workspaceId = ''
  private state: 'loading' | 'open' | 'closed' = 'loading'
  private doc: Y.Doc | null = null
  private owners = new Map<number, string | null>()
  private seq = 0
  /** Own rows committed beyond a gap another node left. */
  private readonly ahead = new Set<number>()
  private catchingUp = false
  private epoch = 0
  private mayStore = true
  private storing = false
  private storeNotBefore = 0
  private snapshotSeq = 0
  private snapshotBytes = 0
  private tailBytes = 0
  /** Rows gathered or sent, in order. */
  private rows: PendingRow[] = []
  private rowBytes = 0
  private inFlight = 0
  private readonly dirty = new Set<Connection>()
  private refusedRows = false
  /** Of the last row committed in this batch; 0: none. */
  private news = 0
  /** Work that needs a moment in which everything in memory is committed. */
  private quiet: (() => void)[] = []
  private held: { readonly connection: Connection; readonly frame: SyncFrame; readonly bytes: number }[] = []
  private heldBytes = 0
  private visits = 0
  private cancelLinger: (() => void) | null = null
  private readonly freeClocks = new Map<string, number>()
  private readonly serverClients = new Map<string | null, number>()

  constructor(
    readonly documentId: string,
    private readonly host: RoomHost,
  ) {
    this.presence = new Presence(host.limits)
    this.opening = this.load()
    // Everybody who waits looks at the outcome; when nobody waits any more it must not end the process.
    this.opening.catch(() => {})
  }

  get committedSeq(): number {
    return this.seq
  }

  get isOpen(): boolean {
    return this.state === 'open'
  }

  get isClosed(): boolean {
    return this.state === 'closed'
  }

  describe() {
    return {
      state: this.state,
      seq: this.seq,
      ahead: this.ahead.size,
      rows: this.rows.map((row) => row.state),
      rowBytes: this.rowBytes,
      inFlight: this.inFlight,
      waitsToReload: this.reloadWaits,
      quiet: this.quiet.length,
      held: this.held.length,
      visits: this.visits,
      storing: this.storing,
      connections: [...this.connections].map((connection) => connection.describe()),
    }
  }

  // --- coming and going -------------------------------------------------------------------------------------------

  /** Keeps the room in memory until `endVisit`. */
  visit(): void {
    this.visits += 1
    this.cancelLinger?.()
    this.cancelLinger = null
  }

  endVisit(): void {
    this.visits -= 1
    this.considerLeaving()
  }

  join(connection: Connection): void {
    this.connections.add(connection)
    this.cancelLinger?.()
    this.cancelLinger = null
  }

  leave(connection: Connection): void {
    if (!this.connections.delete(connection)) return
    this.dirty.delete(connection)
    if (connection.mayWrite && ![...this.connections].some((other) => other.mayWrite))
      this.host.writersLeft(this.documentId)
    this.considerLeaving()
  }

  private inUse(): boolean {
    return this.connections.size > 0 || this.visits > 0 || this.rows.length > 0 || this.state === 'loading'
  }

  private considerLeaving(): void {
    if (this.inUse() || this.cancelLinger || this.state === 'closed') return
    this.cancelLinger = this.host.time.after(this.host.limits.linger, () => {
      this.cancelLinger = null
      this.letGo().catch((error: unknown) => {
        this.host.log.error({ err: error, documentId: this.documentId }, 'room not let go')
      })
    })
  }

  /** RM3: only with no connection and nothing unsaved. */
  async letGo(): Promise<void> {
    if (this.inUse() || this.state !== 'open') return
    if (this.seq - this.snapshotSeq > this.host.limits.snapshotOnUnloadRows) await this.storeSnapshot()
    // Asked again after the await: somebody may have joined while we were storing.
    if (this.inUse() || this.state !== 'open') return
    this.end()
  }

  private end(): void {
    this.state = 'closed'
    this.doc?.destroy()
    this.doc = null
    this.cancelLinger?.()
    this.cancelLinger = null
    this.host.forget(this)
  }

  private async load(): Promise<void> {
    try {
      this.adopt(found(this.documentId, await this.host.store.load(this.documentId, true)))
    } catch (error) {
      // RM4: a failed load leaves nothing behind that could be taken for an empty document.
      if (this.state !== 'closed') this.end()
      throw error
    }
  }

  private adopt(stored: StoredDocument): void {
    const doc = buildDoc(stored, this.host.roots)
    this.host.counts.loads += 1
    this.doc = doc
    this.owners = new Map(stored.clients)
    this.seq = stored.seq
    this.ahead.clear()
    this.epoch = stored.epoch
    this.mayStore = true
    this.minSchema = stored.minSchema
    this.workspaceId = stored.workspaceId
    this.snapshotSeq = stored.snapshot?.seq ?? 0
    this.snapshotBytes = stored.snapshot?.bytes.length ?? 0
    this.tailBytes = stored.tail.reduce((sum, row) => sum + row.bytes.length, 0)
    this.serverClients.clear()
    this.state = 'open'
  }

  // --- what connections say ---------------------------------------------------------------------------------------

  /** Sync frames of an open connection, in order. Awareness does not come here. */
  receive(connection: Connection, frame: SyncFrame): void {
    if (this.state === 'open' && this.quiet.length === 0 && this.held.length === 0) {
      this.handle(connection, frame)
      return
    }
    const bytes = frame.kind === 'step1' ? frame.stateVector.length : frame.update.length
    this.held.push({ connection, frame, bytes })
    this.heldBytes += bytes
    connection.pause()
    if (this.held.length > this.host.limits.waitingFrames * Math.max(1, this.connections.size))
      connection.close(Close.tooFast, 'too many frames while the document is busy')
    else if (this.heldBytes > this.host.limits.pendingBytesPerDocument)
      connection.close(Close.tooFast, 'too much while the document is busy')
  }

  private handle(connection: Connection, frame: SyncFrame): void {
    if (connection.closed) return
    try {
      if (frame.kind === 'step1') this.answerLater(connection, frame.stateVector)
      else this.take(connection, frame.kind, frame.update)
    } catch (error) {
      if (error instanceof BadFrame) {
        connection.close(Close.badFrame, error.message)
        return
      }
      // A frame that was held is handled in the middle of somebody else's batch, which must not suffer for it.
      this.host.log.error({ err: error, documentId: this.documentId }, 'frame failed')
      connection.close(Close.failure, 'failed')
      this.startOver('a frame failed')
    }
  }

  /** RM2: a joiner is answered from committed state only, so the answer waits until nothing is on its way. */
  private answerLater(connection: Connection, stateVector: Uint8Array): void {
    if (stateVector.length > this.host.limits.stateVectorBytes) {
      connection.close(Close.tooLarge, 'state vector too large')
      return
    }
    scanStateVector(stateVector)
    if (!connection.mayAskAgain()) {
      connection.close(Close.tooFast, 'asks for the document too often')
      return
    }
    if (this.rows.length === 0) this.answer(connection, stateVector)
    else this.quiet.push(() => this.answer(connection, stateVector))
  }

  private answer(connection: Connection, stateVector: Uint8Array): void {
    const { doc } = this
    if (connection.closed || !doc) return
    const began = this.host.time.cost()
    const frame = syncFrame('step2', Y.encodeStateAsUpdate(doc, stateVector))
    connection.receives = true
    connection.sendReply(frame)
    this.charge(connection, began)
  }

  /** Asks the other end for what we lack. Readers are not asked: what they would answer they may not say. */
  askForMissing(connection: Connection): void {
    if (!this.doc || !connection.mayWrite) return
    connection.step1Sent += 1
    connection.send(syncFrame('step1', Y.encodeStateVector(this.doc)))
  }

  private take(connection: Connection, kind: 'step2' | 'update', update: Uint8Array): void {
    const { doc } = this
    const userId = connection.identity.userId
    const { limits, time } = this.host
    if (!doc || connection.access.kind !== 'document') return
    if (update.length > (kind === 'step2' ? limits.syncBytes : limits.liveUpdateBytes)) {
      connection.close(Close.tooLarge, 'more than one frame may carry')
      return
    }
    const first = kind === 'step2' && !connection.firstSyncDone
    if (!first && !connection.byteBudget.take(update.length, time.now())) {
      connection.close(Close.tooFast, 'too many bytes')
      return
    }
    const began = time.cost()
    const scanned = scanUpdate(update)
    connection.frames += 1
    if (kind === 'step2') {
      connection.firstSyncDone = true
      connection.covered()
    }
    const verdict = judge(scanned, update.length, doc, this.owners, userId, this.host.roots, limits)
    if (verdict.kind === 'gap') {
      this.gap(connection)
      return
    }
    if (verdict.kind === 'forged') {
      connection.close(Close.notAllowed, 'another author')
      return
    }
    if (verdict.kind === 'bad') {
      connection.close(Close.badFrame, verdict.why)
      return
    }
    connection.claimed += verdict.claims.length
    if (
      connection.claimed > limits.newClientsPerConnection ||
      !this.freeClocksLeft(userId, scanned.freeClocks)
    ) {
      connection.close(Close.tooFast, 'too many client ids or clocks')
      return
    }
    const exact = kind === 'update' && verdict.exact
    const bytes = this.apply(doc, scanned, update, exact)
    if (bytes !== null && 'why' in bytes) {
      connection.close(Close.badFrame, bytes.why)
      this.startOver(bytes.why)
      return
    }
    this.charge(connection, began)
    if (bytes === null) {
      this.nothingNew(connection)
      return
    }
    const claims = verdict.claims.map((client) => ({ client, userId }))
    for (const { client } of claims) this.owners.set(client, userId)
    this.host.counts.updates += 1
    this.enqueue(bytes, claims, connection, connection.access.grant, {
      userId,
      sessionId: connection.session.sessionId,
    })
  }

  private charge(connection: Connection, began: number): void {
    const { time } = this.host
    if (!connection.cpuBudget.spend(time.cost() - began, time.now()))
      connection.close(Close.tooFast, 'too much work')
  }

  private freeClocksLeft(userId: string, clocks: number): boolean {
    if (clocks === 0) return true
    const used = (this.freeClocks.get(userId) ?? 0) + clocks
    this.freeClocks.set(userId, used)
    return used <= this.host.limits.freeClocksPerUser
  }

  /** RM7: before the first step 2 a gap is natural - the client typed before it knew what we lack. */
  private gap(connection: Connection): void {
    if (connection.step2Received < connection.step1Sent && connection.early < this.host.limits.earlyUpdates) {
      connection.early += 1
      connection.hold()
      return
    }
    connection.close(Close.resync, 'builds on what is not here')
  }

  /**
   * Applies bytes of a client. Returns what is new in them, null when nothing is, `why` when the document in
   * memory can no longer be used: it has taken what it must not hold, or Yjs changed it before it threw.
   */
  private apply(
    doc: Y.Doc,
    scanned: ScannedUpdate,
    update: Uint8Array,
    exact: boolean,
  ): Uint8Array | null | { readonly why: string } {
    const changes: Uint8Array[] = []
    const collect = (change: Uint8Array) => {
      changes.push(change)
    }
    // Encoding what changed costs as much as applying it; an update that fits exactly is that change already.
    if (!exact) doc.on('update', collect)
    try {
      Y.applyUpdate(doc, update)
      const why = faultIn(doc, scanned, this.host.limits.depth)
      if (why) return { why }
    } catch {
      return { why: 'cannot be applied' }
    } finally {
      if (!exact) doc.off('update', collect)
    }
    if (exact) return update.slice()
    const [only, ...more] = changes
    if (!only) return null
    return more.length === 0 ? only : Y.mergeUpdates(changes)
  }

  /** Nothing new - but it may repeat what is still on its way, and is safe no sooner than that. */
  private nothingNew(connection: Connection): void {
    const last = this.rows.at(-1)
    if (last) {
      last.waiting ??= []
      last.waiting.push({ connection, frames: connection.frames })
      return
    }
    connection.safe(connection.frames)
    connection.acknowledge(this.seq)
  }

  private enqueue(
    bytes: Uint8Array,
    claims: readonly Claim[],
    author: Connection | null,
    grant: Grant | null,
    by: ServerAuthor,
    settled: PendingRow['settled'] = null,
  ): void {
    const last = this.rows.at(-1)
    this.rowBytes += bytes.length
    // Only the room's last row may grow: one in between would move its author's later words before others' earlier ones.
    if (author && last?.state === 'gathering' && last.author === author) {
      last.claims.push(...claims)
      last.frames = author.frames
      this.host.committer.grow(last, bytes)
    } else {
      const row: PendingRow = {
        room: this,
        author,
        userId: by.userId,
        sessionId: by.sessionId,
        grant,
        parts: [bytes],
        claims: [...claims],
        bytes: bytes.length,
        frames: author?.frames ?? 0,
        waiting: null,
        settled,
        state: 'gathering',
      }
      this.rows.push(row)
      this.host.committer.add(row)
    }
    const { limits, committer } = this.host
    if (author && (this.rowBytes > limits.pendingBytesPerDocument || committer.pressed)) author.pause()
  }

  // --- what the journal says --------------------------------------------------------------------------------------

  /** A row has been sent to the store. */
  left(_row: PendingRow): void {
    this.inFlight += 1
  }

  /** The store has answered for a row. `seq` null: refused. */
  returned(row: PendingRow, seq: AppendOutcome): void {
    this.inFlight -= 1
    this.rowBytes -= row.bytes
    const at = this.rows.indexOf(row)
    if (at >= 0) this.rows.splice(at, 1)
    if (seq === null) this.refused(row)
    else this.committed(row, seq)
    row.settled?.(seq)
  }

  private committed(row: PendingRow, seq: number): void {
    const [bytes] = row.parts
    if (bytes) {
      this.news = Math.max(this.news, seq)
      this.advance(seq)
      this.tailBytes += bytes.length
      this.broadcast(bytes, row.author)
      if (this.host.bus.shared) this.host.bus.publish({ kind: 'appended', documentId: this.documentId, seq })
    }
    if (row.author) {
      row.author.safe(row.frames)
      this.dirty.add(row.author)
    }
    for (const { connection, frames } of row.waiting ?? []) {
      connection.safe(frames)
      this.dirty.add(connection)
    }
  }

  /** RM1: only what is committed is sent to anybody; never back to its author. */
  private broadcast(bytes: Uint8Array, author: Connection | null): void {
    let frame: Uint8Array | null = null
    for (const connection of this.connections) {
      if (connection === author || !connection.receives) continue
      frame ??= syncFrame('update', bytes)
      connection.send(frame)
    }
  }

  /** RM5: the author lost the right to write between frame and commit. */
  private refused(row: PendingRow): void {
    this.host.counts.refused += 1
    this.refusedRows = true
    row.author?.close(Close.notAllowed, 'not allowed any more')
  }

  /** After all rows of a batch: acknowledgements, and whoever waited for this moment. */
  afterBatch(): void {
    for (const connection of this.dirty) connection.acknowledge(this.seq)
    this.dirty.clear()
    if (this.news > 0) {
      this.host.committed(this.documentId, this.news)
      this.news = 0
    }
    if (this.refusedRows) {
      this.refusedRows = false
      this.startOver('a row was refused')
    }
    if (this.state === 'loading' && this.doc === null && this.inFlight === 0 && this.reloadWaits)
      this.reload()
    if (this.ahead.size > 0) this.catchUp()
    this.considerSnapshot()
    this.proceed()
    this.considerLeaving()
  }

  /** Quiet work, then the frames that came meanwhile. */
  private proceed(): void {
    while (this.state === 'open') {
      if (this.rows.length === 0 && this.quiet.length > 0) {
        // One by one: a change of the server leaves something on its way, and the next must wait for that.
        this.quiet.shift()?.()
      } else if (this.quiet.length === 0 && this.held.length > 0) {
        const next = this.held.shift()
        if (!next) break
        this.heldBytes -= next.bytes
        this.handle(next.connection, next.frame)
      } else break
    }
    const { limits, committer } = this.host
    if (this.held.length > 0 || this.state !== 'open') return
    if (this.rowBytes > limits.pendingBytesPerDocument / 2) return
    if (committer.pressed) committer.whenRelieved(this)
    else for (const connection of this.connections) connection.resume()
  }

  /** Other rooms' rows are through. */
  relieved(): void {
    this.proceed()
  }

  // --- starting over ----------------------------------------------------------------------------------------------

  private reloadWaits = false

  /** The committer failed in a way it does not know. */
  broken(): void {
    for (const row of this.rows) {
      if (row.state !== 'sent') continue
      this.rowBytes -= row.bytes
      row.settled?.('dropped')
    }
    this.rows = this.rows.filter((row) => row.state !== 'sent')
    this.inFlight = 0
    this.startOver('commit failed')
    this.afterBatch()
  }

  /**
   * RM6: the document in memory holds something that will never be committed, or may be damaged. It is dropped with
   * everything that has not left yet, and loaded again once what is on its way has arrived. Everybody is then asked
   * for what the server lacks, which brings back the honest ones' words.
   */
  private startOver(why: string): void {
    if (this.state !== 'open') return
    this.host.log.warn({ documentId: this.documentId, why }, 'document is loaded again')
    this.host.counts.reloads += 1
    this.state = 'loading'
    this.doc?.destroy()
    this.doc = null
    for (const row of this.host.committer.drop(this)) {
      this.rowBytes -= row.bytes
      row.settled?.('dropped')
    }
    this.rows = this.rows.filter((row) => row.state !== 'dropped')
    for (const connection of this.connections) connection.hold()
    this.reloadWaits = true
    if (this.inFlight === 0) this.reload()
  }

  private reload(): void {
    this.reloadWaits = false
    this.host.store
      .load(this.documentId, true)
      .then((stored) => {
        const before = this.seq
        this.adopt(found(this.documentId, stored))
        // Rows of other nodes that we never saw came with it; those here have not seen them either.
        if (this.doc && this.seq !== before) this.broadcast(Y.encodeStateAsUpdate(this.doc), null)
        for (const connection of this.connections) {
          if (connection.greeting === 'awaited' || !connection.mayWrite) continue
          if (connection.greeting === 'ours') connection.send(RESYNC)
          this.askForMissing(connection)
        }
        this.proceed()
        this.considerLeaving()
      })
      .catch((error: unknown) => {
        this.host.log.error({ err: error, documentId: this.documentId }, 'document cannot be loaded again')
        for (const connection of [...this.connections])
          connection.close(Close.failure, 'document not available')
        this.held = []
        this.heldBytes = 0
        const quiet = this.quiet
        this.quiet = []
        this.end()
        for (const work of quiet) work()
      })
  }

  // --- the server's own hand --------------------------------------------------------------------------------------

  /** Runs `work` at a moment in which everything in memory is committed. The room must be visited meanwhile. */
  atRest<T>(work: (doc: Y.Doc, seq: number) => T): Promise<T> {
    return new Promise((resolve, reject) => {
      const run = () => {
        if (!this.doc) reject(new EditRefused('the document is not available'))
        else {
          try {
            resolve(work(this.doc, this.seq))
          } catch (error) {
            reject(error)
          }
        }
      }
      if (this.state === 'closed' || (this.state === 'open' && this.rows.length === 0)) run()
      else this.quiet.push(run)
    })
  }

  /**
   * RM11: lets the server change the live document. `change` is called again when the document had to be loaded again
   * before the change was committed. Resolves after the commit.
   */
  async edit<T>(by: ServerAuthor, change: (doc: Y.Doc) => T, options: EditOptions = {}): Promise<Edited<T>> {
    for (let attempt = 0; attempt < 5; attempt++) {
      const { value, done } = await this.atRest((doc) => this.editOnce(doc, by, change, options))
      const seq = await done
      if (seq === null) throw new EditRefused('the document does not take this change')
      if (seq !== 'dropped') return { value, seq }
    }
    throw new EditRefused('the document was loaded again too often')
  }

  private editOnce<T>(
    doc: Y.Doc,
    by: ServerAuthor,
    change: (doc: Y.Doc) => T,
    { owners }: EditOptions,
  ): { value: T; done: Promise<AppendOutcome | 'dropped'> } {
    // Yjs may change doc.clientID when the change applies an update, so our own is remembered.
    const own = this.serverClient(by.userId)
    doc.clientID = own
    const changes: Uint8Array[] = []
    const collect = (bytes: Uint8Array) => {
      changes.push(bytes)
    }
    let value: T
    let scanned: ScannedUpdate
    let bytes: Uint8Array
    doc.on('update', collect)
    try {
      value = doc.transact(() => change(doc))
      const [first = NOTHING, ...more] = changes
      bytes = more.length === 0 ? first : Y.mergeUpdates(changes)
      scanned = scanUpdate(bytes)
      const why = faultIn(doc, scanned, this.host.limits.depth)
      if (why) throw new EditRefused(why)
    } catch (error) {
      this.startOver('a change of the server failed')
      throw error
    } finally {
      doc.off('update', collect)
    }
    if (changes.length === 0) return { value, done: Promise.resolve(this.seq) }
    const claims = scanned.sections
      .filter((section) => !this.owners.has(section.client))
      .map(({ client }) => {
        const named = owners?.get(client)
        return { client, userId: named === undefined ? by.userId : named }
      })
    // In memory an id the server draws for itself is nobody's, whoever the journal names as author.
    for (const { client, userId } of claims) this.owners.set(client, client === own ? null : userId)
    return {
      value,
      done: new Promise((resolve) => this.enqueue(bytes, claims, null, null, by, resolve)),
    }
  }

  /**
   * One id per author and life of the document in memory. While it lives it belongs to the server alone: the author's
   * own browser writing under it as well would reuse clocks.
   */
  private serverClient(userId: string | null): number {
    let client = this.serverClients.get(userId)
    while (client === undefined) {
      const fresh = this.host.newClientId()
      if (!this.owners.has(fresh)) client = fresh
    }
    this.serverClients.set(userId, client)
    return client
  }

  // --- other nodes ------------------------------------------------------------------------------------------------

  private advance(seq: number): void {
    if (seq <= this.seq) return
    if (seq !== this.seq + 1) {
      this.ahead.add(seq)
      return
    }
    this.seq = seq
    while (this.ahead.delete(this.seq + 1)) this.seq += 1
  }

  /** Another node says it has committed up to `seq`. */
  heard(seq: number): void {
    if (this.state === 'open' && seq > this.seq && !this.ahead.has(seq)) this.catchUp()
  }

  /** Reads what others committed. Also called now and then without a reason, for a lost last message. */
  catchUp(): void {
    if (this.catchingUp || this.state !== 'open') return
    this.catchingUp = true
    const doc = this.doc
    this.host.store
      .read(this.documentId, this.seq)
      .then((rows) => {
        if (this.doc !== doc || !doc) return
        // Another node has moved rows we never saw into history: the snapshot has them.
        if (!rows) this.startOver('behind the journal')
        else for (const row of rows) this.adoptRow(doc, row)
      })
      .catch((error: unknown) => {
        this.host.log.warn({ err: error, documentId: this.documentId }, 'journal not read')
      })
      .finally(() => {
        this.catchingUp = false
      })
  }

  private adoptRow(doc: Y.Doc, row: JournalRow): void {
    if (row.seq <= this.seq || this.ahead.has(row.seq)) return
    // Ours, on its way back to us.
    if (row.seq !== this.seq + 1) return
    for (const section of scanUpdate(row.bytes).sections)
      if (!this.owners.has(section.client)) this.owners.set(section.client, row.userId)
    Y.applyUpdate(doc, row.bytes)
    this.tailBytes += row.bytes.length
    this.advance(row.seq)
    this.broadcast(row.bytes, null)
  }

  // --- snapshots --------------------------------------------------------------------------------------------------

  private considerSnapshot(): void {
    const { limits } = this.host
    if (!this.mayStore || this.storing || this.state !== 'open') return
    if (this.storeNotBefore > this.host.time.now()) return
    const rows = this.seq - this.snapshotSeq
    const outweighs = this.tailBytes > Math.max(limits.snapshotTailBytes, this.snapshotBytes)
    if (!outweighs && rows <= limits.snapshotTailRows) return
    this.storing = true
    const begin = () => {
      this.storing = false
      void this.storeSnapshot()
    }
    if (this.rows.length === 0) begin()
    else this.quiet.push(begin)
  }

  /** Stores the committed state and moves the rows before it into history. Never rejects: the journal has it all. */
  private async storeSnapshot(): Promise<void> {
    const { doc, seq, epoch } = this
    if (!doc || !this.mayStore || this.storing || this.rows.length > 0 || this.ahead.size > 0) return
    this.storing = true
    const tailBytes = this.tailBytes
    try {
      const bytes = Y.encodeStateAsUpdate(doc)
      const rows = await this.host.store.read(this.documentId, this.snapshotSeq)
      if (!rows) {
        // Another node has stored one meanwhile.
        this.mayStore = false
        return
      }
      const past = rows.filter((row) => row.seq <= seq)
      const stored = await this.host.store.saveSnapshot({
        documentId: this.documentId,
        epoch,
        seq,
        bytes,
        rows: past.length,
        history: toHistory(past, this.host.limits.sessionPause),
      })
      if (this.epoch !== epoch) return
      if (stored) {
        this.host.counts.snapshots += 1
        this.snapshotSeq = seq
        this.snapshotBytes = bytes.length
        this.tailBytes -= tailBytes
      } else {
        // Another writer has the epoch. Appending stays right; storing is its work now.
        this.mayStore = false
      }
    } catch (error) {
      this.storeNotBefore = this.host.time.now() + this.host.limits.snapshotRetry
      this.host.log.warn({ err: error, documentId: this.documentId }, 'snapshot not stored')
    } finally {
      this.storing = false
    }
  }
}

/** The stored document. Throws NoSuchDocument or StoredDocumentBroken. */
export function found(
  documentId: string,
  stored: StoredDocument | { readonly broken: string } | null,
): StoredDocument {
  if (!stored) throw new NoSuchDocument(documentId)
  if ('broken' in stored) throw new StoredDocumentBroken(stored.broken)
  return stored
}

/** A document from what is stored. Throws StoredDocumentBroken rather than give back half of it. */
export function buildDoc(stored: StoredDocument, roots: Roots): Y.Doc {
  const doc = new Y.Doc()
  withoutCleanup(doc)
  defineRoots(doc, roots)
  let expected = stored.snapshot?.seq ?? 0
  try {
    doc.transact(() => {
      if (stored.snapshot) Y.applyUpdate(doc, stored.snapshot.bytes)
      for (const row of stored.tail) {
        expected += 1
        if (row.seq !== expected) throw new StoredDocumentBroken(`journal row ${expected} is missing`)
        Y.applyUpdate(doc, row.bytes)
      }
    })
    if (expected !== stored.seq)
      throw new StoredDocumentBroken(`journal ends at ${expected}, not ${stored.seq}`)
    if (!isWhole(doc)) throw new StoredDocumentBroken('content is missing')
  } catch (error) {
    doc.destroy()
    if (error instanceof StoredDocumentBroken) throw error
    throw new StoredDocumentBroken('stored content cannot be applied', { cause: error })
  }
  return doc
}
