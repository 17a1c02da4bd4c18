import * as Y from 'yjs'
import { BadFrame } from '../protocol/byte-reader'
import { Close } from '../protocol/numbers'
import { syncFrame } from '../protocol/write-frame'
import { Audience } from './audience'
import { CatchUp } from './catch-up'
import type { Connection } from './connection'
import { HeldFrames, type SyncFrame } from './held-frames'
import type { RoomHost } from './host'
import { Intake } from './intake'
import { LiveDocument } from './live-document'
import { type PendingRow, PendingRows } from './pending-rows'
import type { AppendOutcome, StoredDocument } from './ports'
import { Presence } from './presence'
import { Progress } from './progress'
import { type Edited, type EditOptions, EditRefused, type ServerAuthor } from './server-edit'
import { ServerHand } from './server-hand'
import { Snapshots } from './snapshots'
import { Stay } from './stay'
import { found } from './stored-document'

/**
 * One document in memory: its content with what is committed and what is on its way, and the connections in it.
 * The numbered rules (RM..) are in SPEC.md.
 */
export class Room {
  readonly connections = new Audience()
  readonly presence: Presence<Connection>
  readonly opening: Promise<void>
  minSchema = 1
  private state: 'loading' | 'open' | 'closed' = 'loading'
  /** Null while it is being loaded, and after the end. */
  private live: LiveDocument | null = null
  private readonly progress = new Progress()
  private readonly rows: PendingRows
  private readonly snapshots: Snapshots
  private readonly intake: Intake
  private readonly others: CatchUp
  private readonly hand: ServerHand
  private readonly held: HeldFrames
  private readonly stay: Stay
  /** Work that needs a moment in which everything in memory is committed. */
  private quiet: (() => void)[] = []
  /** Have something to be told when the batch is through. */
  private readonly dirty = new Set<Connection>()
  private refusedRows = false
  /** Of the last row committed in this batch; 0: none. */
  private news = 0
  private reloadWaits = false

  constructor(
    readonly documentId: string,
    private readonly host: RoomHost,
  ) {
    const { limits, time } = host
    this.presence = new Presence(limits)
    this.rows = new PendingRows(this, host.committer)
    this.snapshots = new Snapshots(documentId, host)
    this.intake = new Intake(limits, time)
    this.others = new CatchUp(documentId, host)
    this.hand = new ServerHand({
      atRest: (work) => this.atRest(work),
      add: (row) => this.rows.add(row),
      spoilt: () => this.startOver('a change of the server failed'),
    })
    this.held = new HeldFrames(limits)
    this.stay = new Stay(time, limits.linger)
    this.opening = this.load()
    // Everybody who waits looks at the outcome; when nobody waits any more it must not end the process.
    this.opening.catch(() => {})
  }

  get committedSeq(): number {
    return this.progress.seq
  }

  get isClosed(): boolean {
    return this.state === 'closed'
  }

  describe() {
    return {
      state: this.state,
      seq: this.progress.seq,
      hasGap: this.progress.hasGap,
      rows: this.rows.states,
      rowBytes: this.rows.bytes,
      inFlight: this.rows.inFlight,
      waitsToReload: this.reloadWaits,
      quiet: this.quiet.length,
      held: this.held.size,
      visited: this.stay.visited,
      storing: this.snapshots.busy,
      connections: [...this.connections].map((connection) => connection.describe()),
    }
  }

  // --- coming and going -------------------------------------------------------------------------------------------

  /** Keeps the room in memory until `endVisit`. */
  visit(): void {
    this.stay.begin()
  }

  endVisit(): void {
    this.stay.end()
    this.considerLeaving()
  }

  join(connection: Connection): void {
    this.connections.add(connection)
    this.stay.prolong()
  }

  leave(connection: Connection): void {
    if (!this.connections.remove(connection)) return
    this.dirty.delete(connection)
    if (connection.mayWrite && !this.connections.hasWriter) this.host.writersLeft(this.documentId)
    this.considerLeaving()
  }

  private inUse(): boolean {
    return this.connections.size > 0 || this.stay.visited || !this.rows.isEmpty || this.state === 'loading'
  }

  private considerLeaving(): void {
    if (this.inUse() || this.state === 'closed') return
    this.stay.whenOver(() => {
      this.letGo().catch((error: unknown) => {
        this.host.log.error({ err: error, documentId: this.documentId }, 'room not let go')
      })
    })
  }

  /** RM3: only with no connection and nothing unsaved. */
  private async letGo(): Promise<void> {
    if (this.inUse() || this.state !== 'open') return
    if (this.snapshots.worthAtEnd(this.progress.seq)) await this.storeSnapshot()
    // Asked again after the await: somebody may have joined while we were storing.
    if (this.inUse() || this.state !== 'open') return
    this.end()
  }

  private end(): void {
    this.state = 'closed'
    this.live?.destroy()
    this.live = null
    this.stay.prolong()
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
    const { roots, limits, newClientId, counts } = this.host
    this.live = new LiveDocument(stored, roots, limits, newClientId)
    counts.loads += 1
    this.progress.begin(stored.seq)
    this.snapshots.begin(stored)
    this.minSchema = stored.minSchema
    this.state = 'open'
  }

  // --- what connections say ---------------------------------------------------------------------------------------

  /** Sync frames of an open connection, in order. Awareness does not come here. */
  receive(connection: Connection, frame: SyncFrame): void {
    if (this.state === 'open' && this.quiet.length === 0 && this.held.size === 0)
      this.handle(connection, frame)
    else this.held.add(connection, frame, this.connections.size)
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
    if (!this.intake.mayAsk(connection, stateVector)) return
    this.whenAtRest(() => {
      if (this.live && !connection.closed) this.intake.answer(connection, stateVector, this.live)
    })
  }

  /** Asks the other end for what we lack. Readers are not asked: what they would answer they may not say. */
  askForMissing(connection: Connection): void {
    if (!this.live || !connection.mayWrite) return
    connection.step1Sent += 1
    connection.send(syncFrame('step1', Y.encodeStateVector(this.live.doc)))
  }

  private take(connection: Connection, kind: 'step2' | 'update', update: Uint8Array): void {
    const { access, identity, session } = connection
    if (!this.live || access.kind !== 'document') return
    const taken = this.intake.take(connection, kind, update, this.live)
    switch (taken.kind) {
      case 'not':
        return
      case 'damaged':
        this.startOver(taken.why)
        return
      case 'known':
        this.nothingNew(connection)
        return
      case 'new': {
        const { limits, committer, counts } = this.host
        counts.updates += 1
        this.rows.add({
          bytes: taken.bytes,
          claims: taken.claims,
          author: connection,
          grant: access.grant,
          by: { userId: identity.userId, sessionId: session.sessionId },
        })
        if (this.rows.bytes > limits.pendingBytesPerDocument || committer.pressed) connection.pause()
      }
    }
  }

  /** RM8: nothing new - but it may repeat what is still on its way, and is safe no sooner than that. */
  private nothingNew(connection: Connection): void {
    const { last } = this.rows
    if (last) {
      last.waiting ??= []
      last.waiting.push({ connection, frames: connection.frames })
      return
    }
    connection.safe(connection.frames)
    connection.acknowledge(this.progress.seq)
  }

  // --- what the journal says --------------------------------------------------------------------------------------

  /** A row has been sent to the store. */
  left(_row: PendingRow): void {
    this.rows.left()
  }

  /** The store has answered for a row. `seq` null: refused. */
  returned(row: PendingRow, seq: AppendOutcome): void {
    this.rows.returned(row)
    if (seq === null) this.refused(row)
    else this.committed(row, seq)
    row.settled?.(seq)
  }

  private committed(row: PendingRow, seq: number): void {
    const [bytes] = row.parts
    if (bytes) {
      this.news = Math.max(this.news, seq)
      this.progress.advance(seq)
      this.snapshots.grew(bytes.length)
      this.connections.send(bytes, row.author)
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

  /** RM5: the author lost the right to write between frame and commit. */
  private refused(row: PendingRow): void {
    this.host.counts.refused += 1
    this.refusedRows = true
    row.author?.close(Close.notAllowed, 'not allowed any more')
  }

  /** After all rows of a batch: acknowledgements, and whoever waited for this moment. */
  afterBatch(): void {
    for (const connection of this.dirty) connection.acknowledge(this.progress.seq)
    this.dirty.clear()
    if (this.news > 0) {
      this.host.committed(this.documentId, this.news)
      this.news = 0
    }
    if (this.refusedRows) {
      this.refusedRows = false
      this.startOver('a row was refused')
    }
    if (this.reloadWaits && this.rows.inFlight === 0) this.reload()
    if (this.progress.hasGap) this.catchUp()
    if (this.state === 'open')
      this.snapshots.plan(
        this.progress.seq,
        (work) => this.whenAtRest(work),
        () => void this.storeSnapshot(),
      )
    this.proceed()
    this.considerLeaving()
  }

  /** Quiet work, then the frames that came meanwhile. */
  private proceed(): void {
    while (this.state === 'open') {
      if (this.rows.isEmpty && this.quiet.length > 0) {
        // One by one: a change of the server leaves something on its way, and the next must wait for that.
        this.quiet.shift()?.()
      } else if (this.quiet.length === 0 && this.held.size > 0) {
        const next = this.held.next()
        if (next) this.handle(next.connection, next.frame)
      } else break
    }
    const { limits, committer } = this.host
    if (this.held.size > 0 || this.state !== 'open') return
    if (this.rows.bytes > limits.pendingBytesPerDocument / 2) return
    if (committer.pressed) committer.whenRelieved(this)
    else this.connections.resume()
  }

  /** Other rooms' rows are through. */
  relieved(): void {
    this.proceed()
  }

  private whenAtRest(work: () => void): void {
    if (this.state !== 'loading' && this.rows.isEmpty) work()
    else this.quiet.push(work)
  }

  private async storeSnapshot(): Promise<void> {
    if (!this.live || !this.rows.isEmpty || this.progress.hasGap) return
    await this.snapshots.store(this.live.doc, this.progress.seq)
  }

  // --- starting over ----------------------------------------------------------------------------------------------

  /** The committer failed in a way it does not know. */
  broken(): void {
    this.rows.giveUp()
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
    this.live?.destroy()
    this.live = null
    this.rows.drop()
    this.connections.hold()
    this.reloadWaits = true
    if (this.rows.inFlight === 0) this.reload()
  }

  private reload(): void {
    this.reloadWaits = false
    this.host.store
      .load(this.documentId, true)
      .then((stored) => this.reloaded(found(this.documentId, stored)))
      .catch((error: unknown) => {
        this.host.log.error({ err: error, documentId: this.documentId }, 'document cannot be loaded again')
        this.connections.close('document not available')
        this.held.clear()
        const quiet = this.quiet
        this.quiet = []
        this.end()
        for (const work of quiet) work()
      })
  }

  private reloaded(stored: StoredDocument): void {
    const before = this.progress.seq
    this.adopt(stored)
    // Rows of other nodes that we never saw came with it; those here have not seen them either.
    if (this.live && this.progress.seq !== before)
      this.connections.send(Y.encodeStateAsUpdate(this.live.doc), null)
    this.connections.askAgain((connection) => this.askForMissing(connection))
    this.proceed()
    this.considerLeaving()
  }

  // --- the server's own hand --------------------------------------------------------------------------------------

  /** Runs `work` at a moment in which everything in memory is committed. The room must be visited meanwhile. */
  atRest<T>(work: (live: LiveDocument, seq: number) => T): Promise<T> {
    return new Promise((resolve, reject) => {
      this.whenAtRest(() => {
        try {
          if (!this.live) throw new EditRefused('the document is not available')
          resolve(work(this.live, this.progress.seq))
        } catch (error) {
          reject(error)
        }
      })
    })
  }

  edit<T>(by: ServerAuthor, change: (doc: Y.Doc) => T, options?: EditOptions): Promise<Edited<T>> {
    return this.hand.edit(by, change, options)
  }

  // --- other nodes ------------------------------------------------------------------------------------------------

  /** Another node says it has committed up to `seq`. */
  heard(seq: number): void {
    if (this.state === 'open' && !this.progress.knows(seq)) this.catchUp()
  }

  /** Reads what others committed. Also called now and then without a reason, for a lost last message. */
  catchUp(): void {
    const { live, progress } = this
    if (!live) return
    this.others.from(progress.seq, {
      wanted: () => this.live === live,
      tooFarBehind: () => this.startOver('behind the journal'),
      rows: (rows) => {
        for (const row of rows) {
          // Ours, on its way back to us.
          if (progress.knows(row.seq) || row.seq !== progress.seq + 1) continue
          live.adopt(row)
          this.snapshots.grew(row.bytes.length)
          progress.advance(row.seq)
          this.connections.send(row.bytes, null)
        }
      },
    })
  }
}
