import * as Y from 'yjs'
import { CatchUp } from './catch-up'
import type { RoomHost } from './host'
import { LiveDocument } from './live-document'
import type { StoredDocument } from './ports'
import { Progress } from './progress'
import { Snapshots } from './snapshots'
import { found } from './stored-document'

/** What a room is about: the document in memory, kept in step with its journal and stored as a whole now and then. */
export class Content {
  minSchema = 1
  private state: 'loading' | 'open' | 'closed' = 'loading'
  /** Null while it is being loaded, and after the end. */
  private document: LiveDocument | null = null
  private readonly progress = new Progress()
  private readonly snapshots: Snapshots
  private readonly others: CatchUp

  constructor(
    private readonly documentId: string,
    private readonly host: RoomHost,
  ) {
    this.snapshots = new Snapshots(documentId, host)
    this.others = new CatchUp(documentId, host)
  }

  get live(): LiveDocument | null {
    return this.document
  }

  get isOpen(): boolean {
    return this.state === 'open'
  }

  get isLoading(): boolean {
    return this.state === 'loading'
  }

  get isClosed(): boolean {
    return this.state === 'closed'
  }

  /** Everything up to this row of the journal is in memory. */
  get seq(): number {
    return this.progress.seq
  }

  /** Own rows lie beyond some of another node's. */
  get hasGap(): boolean {
    return this.progress.hasGap
  }

  describe() {
    const { state, progress, snapshots, document } = this
    return {
      state,
      built: document?.isBuilt ?? false,
      seq: progress.seq,
      hasGap: progress.hasGap,
      storing: snapshots.busy,
    }
  }

  /** What is stored of it. Rejects with NoSuchDocument or StoredDocumentBroken. */
  async read(): Promise<StoredDocument> {
    return found(this.documentId, await this.host.store.load(this.documentId, true))
  }

  /**
   * From now on this is the document. Apart from the reading, so that nothing of anybody comes between this and what
   * the room does with it.
   */
  adopt(stored: StoredDocument): void {
    const { roots, limits, newClientId, counts } = this.host
    this.document = new LiveDocument(stored, roots, limits, newClientId)
    counts.loads += 1
    this.progress.begin(stored.seq)
    this.snapshots.begin(stored)
    this.minSchema = stored.minSchema
    this.state = 'open'
  }

  /** Builds the document now rather than when it is first needed. Throws StoredDocumentBroken. */
  build(): void {
    this.document?.build()
  }

  /** Out of memory, to be loaded again. */
  drop(): void {
    this.leave('loading')
  }

  /** Out of memory for good. */
  end(): void {
    this.leave('closed')
  }

  private leave(state: 'loading' | 'closed'): void {
    this.state = state
    this.document?.destroy()
    this.document = null
  }

  /** A row that is in memory already has been committed. */
  committed(bytes: Uint8Array, seq: number): void {
    this.progress.advance(seq)
    this.snapshots.grew(bytes.length)
  }

  /** Rows of other nodes that are not here yet. `adopted`: one by one, in order; `tooFarBehind`: only a load has them all. */
  catchUp(events: { adopted(bytes: Uint8Array): void; tooFarBehind(): void }): void {
    const { document, progress } = this
    if (!document) return
    this.others.from(progress.seq, {
      wanted: () => this.document === document,
      tooFarBehind: events.tooFarBehind,
      rows: (rows) => {
        for (const row of rows) {
          // Ours, on its way back to us.
          if (progress.knows(row.seq) || row.seq !== progress.seq + 1) continue
          document.adopt(row)
          this.committed(row.bytes, row.seq)
          events.adopted(row.bytes)
        }
      },
    })
  }

  /** Whether another node's word that row `seq` is committed is news. */
  lacks(seq: number): boolean {
    return this.isOpen && !this.progress.knows(seq)
  }

  /** Whether the next load would read more rows than it should. */
  get worthStoringAtEnd(): boolean {
    return this.snapshots.worthAtEnd(this.progress.seq)
  }

  /** Runs `store` at the next good moment, when storing is due. */
  planStoring(whenAtRest: (work: () => void) => void, store: () => Promise<void>): void {
    if (this.isOpen) this.snapshots.plan(this.progress.seq, whenAtRest, store)
  }

  /** Stores it as a whole; only at a moment in which everything in memory is committed. Never rejects. */
  async store(): Promise<void> {
    if (this.document && !this.progress.hasGap)
      await this.snapshots.store(this.document.doc, this.progress.seq)
  }

  /** The whole of it, as one update. */
  encoded(): Uint8Array | null {
    return this.document && Y.encodeStateAsUpdate(this.document.doc)
  }
}
