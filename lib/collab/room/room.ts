import type * as Y from 'yjs'
import { failpoint } from '@/lib/kit/failpoint'
import { BadFrame } from '../protocol/byte-reader'
import { Close } from '../protocol/numbers'
import { Audience } from './audience'
import { BatchNotes } from './batch-notes'
import type { Connection } from './connection'
import { Content } from './content'
import type { SyncFrame } from './held-frames'
import type { RoomHost } from './host'
import { Intake } from './intake'
import type { LiveDocument } from './live-document'
import { type PendingRow, PendingRows } from './pending-rows'
import type { AppendOutcome, StoredDocument } from './ports'
import { Presence } from './presence'
import { type Edited, type EditOptions, EditRefused, type ServerAuthor } from './server-edit'
import { ServerHand } from './server-hand'
import { Stay } from './stay'
import { WaitingLine } from './waiting-line'

/**
 * One document in memory: its content with what is committed and what is on its way, and the connections in it.
 * The numbered rules (RM..) are in SPEC.md.
 */
export class Room {
  readonly connections = new Audience()
  readonly presence: Presence<Connection>
  readonly opening: Promise<void>
  private readonly content: Content
  private readonly rows: PendingRows
  private readonly intake: Intake
  private readonly hand: ServerHand
  private readonly line: WaitingLine
  private readonly notes = new BatchNotes()
  private readonly stay: Stay
  private reloadWaits = false

  constructor(
    readonly documentId: string,
    private readonly host: RoomHost,
  ) {
    const { limits, time } = host
    this.presence = new Presence(limits)
    this.content = new Content(documentId, host)
    this.rows = new PendingRows(this, host.committer)
    this.intake = new Intake(limits, time)
    this.hand = new ServerHand({
      atRest: (work) => this.atRest(work),
      add: (row) => this.rows.add(row),
      spoilt: () => this.startOver('a change of the server failed'),
    })
    this.line = new WaitingLine(limits)
    this.stay = new Stay(time, limits.linger)
    this.opening = this.load()
    // Everybody who waits looks at the outcome; when nobody waits any more it must not end the process.
    this.opening.catch(() => {})
  }

  /** What this place is called on every node. */
  get key(): string {
    return this.documentId
  }

  get committedSeq(): number {
    return this.content.seq
  }

  get minSchema(): number {
    return this.content.minSchema
  }

  get isClosed(): boolean {
    return this.content.isClosed
  }

  describe() {
    return {
      ...this.content.describe(),
      ...this.line.describe(),
      rows: this.rows.states,
      rowBytes: this.rows.bytes,
      inFlight: this.rows.inFlight,
      waitsToReload: this.reloadWaits,
      visited: this.stay.visited,
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
    this.notes.forget(connection)
    if (connection.mayWrite && !this.connections.hasWriter) this.host.writersLeft(this.documentId)
    this.considerLeaving()
  }

  private inUse(): boolean {
    return this.connections.size > 0 || this.stay.visited || !this.rows.isEmpty || this.content.isLoading
  }

  private considerLeaving(): void {
    if (this.inUse() || this.isClosed) return
    this.stay.whenOver(() => {
      this.letGo().catch((error: unknown) => {
        this.host.log.error({ err: error, documentId: this.documentId }, 'room not let go')
      })
    })
  }

  /** RM3: only with no connection and nothing unsaved. */
  private async letGo(): Promise<void> {
    if (this.inUse() || !this.content.isOpen) return
    if (this.content.worthStoringAtEnd) await this.store()
    await failpoint('unloadMid')
    // Asked again after the await: somebody may have joined while we were storing.
    if (this.inUse() || !this.content.isOpen) return
    this.end()
  }

  private end(): void {
    this.content.end()
    this.stay.prolong()
    this.host.forget(this)
  }

  private async load(): Promise<void> {
    try {
      this.content.adopt(await this.content.read())
    } catch (error) {
      // RM4: a failed load leaves nothing behind that could be taken for an empty document.
      if (!this.isClosed) this.end()
      throw error
    }
  }

  // --- what connections say ---------------------------------------------------------------------------------------

  /** Sync frames of an open connection, in order. Awareness does not come here. */
  receive(connection: Connection, frame: SyncFrame): void {
    if (this.content.isOpen && this.line.isEmpty) this.handle(connection, frame)
    else this.line.hold(connection, frame, this.connections.size)
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
      const { live } = this.content
      if (live && !connection.closed) this.intake.answer(connection, stateVector, live)
    })
  }

  /** Asks the other end for what we lack. Readers are not asked: what they would answer they may not say. */
  askForMissing(connection: Connection): void {
    const { live } = this.content
    if (!live || !connection.mayWrite) return
    connection.step1Sent += 1
    connection.send(live.answers.step1())
  }

  private take(connection: Connection, kind: 'step2' | 'update', update: Uint8Array): void {
    const { access, identity, session } = connection
    const { live } = this.content
    if (!live || access.kind !== 'document') return
    const taken = this.intake.take(connection, kind, update, live)
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
          ...taken.applied,
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
    if (this.rows.waitForLast(connection)) return
    connection.safe(connection.frames)
    connection.acknowledge(this.content.seq)
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
    const bytes = row.said.whole()
    this.notes.committed(seq)
    this.content.committed(bytes, seq)
    this.connections.send(bytes, row.author)
    if (this.host.bus.shared) this.host.bus.publish({ kind: 'appended', documentId: this.documentId, seq })
    if (row.author) {
      row.author.safe(row.frames)
      this.notes.owe(row.author)
    }
    for (const { connection, frames } of row.waiting ?? []) {
      connection.safe(frames)
      this.notes.owe(connection)
    }
  }

  /** RM5: the author lost the right to write between frame and commit. */
  private refused(row: PendingRow): void {
    this.host.counts.refused += 1
    this.notes.rowRefused()
    row.author?.close(Close.notAllowed, 'not allowed any more')
  }

  /** After all rows of a batch: acknowledgements, and whoever waited for this moment. */
  afterBatch(): void {
    // Here the fan-out comes first; this lies between the two.
    failpoint('afterAckBeforeFanout')
    const { news, refused } = this.notes.tell(this.content.seq)
    if (news > 0) this.host.committed(this.documentId, news)
    if (refused) this.startOver('a row was refused')
    if (this.reloadWaits && this.rows.inFlight === 0) this.reload()
    if (this.content.hasGap) this.catchUp()
    this.content.planStoring(
      (work) => this.whenAtRest(work),
      () => this.store(),
    )
    this.proceed()
    this.considerLeaving()
  }

  /** Quiet work, then the frames that came meanwhile. */
  private proceed(): void {
    const handle = (connection: Connection, frame: SyncFrame) => this.handle(connection, frame)
    let more = true
    while (more && this.content.isOpen) more = this.line.step(this.rows.isEmpty, handle)
    const { limits, committer } = this.host
    if (this.line.holdsFrames || !this.content.isOpen) return
    if (this.rows.bytes > limits.pendingBytesPerDocument / 2) return
    if (committer.pressed) committer.whenRelieved(this)
    else this.connections.resume()
  }

  /** Other rooms' rows are through. */
  relieved(): void {
    this.proceed()
  }

  private whenAtRest(work: () => void): void {
    if (!this.content.isLoading && this.rows.isEmpty) work()
    else {
      this.line.add(work)
      this.host.committer.hurry()
    }
  }

  private async store(): Promise<void> {
    if (this.rows.isEmpty) await this.content.store()
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
    if (!this.content.isOpen) return
    this.host.log.warn({ documentId: this.documentId, why }, 'document is loaded again')
    this.host.counts.reloads += 1
    this.content.drop()
    this.rows.drop()
    this.connections.hold()
    this.reloadWaits = true
    if (this.rows.inFlight === 0) this.reload()
  }

  private reload(): void {
    this.reloadWaits = false
    this.content
      .read()
      .then((stored) => this.reloaded(stored))
      .catch((error: unknown) => {
        this.host.log.error({ err: error, documentId: this.documentId }, 'document cannot be loaded again')
        this.connections.close('document not available')
        this.end()
        this.line.giveUp()
      })
  }

  private reloaded(stored: StoredDocument): void {
    const before = this.content.seq
    this.content.adopt(stored)
    // RM20: bytes that cannot be built would be dropped and loaded again for ever.
    this.content.build()
    // Rows of other nodes that we never saw came with it; those here have not seen them either.
    const whole = this.content.seq === before ? null : this.content.encoded()
    if (whole) this.connections.send(whole, null)
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
          const { live, seq } = this.content
          if (!live) throw new EditRefused('the document is not available')
          resolve(work(live, seq))
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
    if (this.content.lacks(seq)) this.catchUp()
  }

  /** The journal has been looked at: it has come so far. */
  compare(head: number): void {
    if (this.content.hasGap || this.content.lacks(head)) this.catchUp()
  }

  /** Reads what others committed. */
  catchUp(): void {
    this.content.catchUp({
      adopted: (bytes) => this.connections.send(bytes, null),
      tooFarBehind: () => this.startOver('behind the journal'),
    })
  }
}
