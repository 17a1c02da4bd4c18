import * as Y from 'yjs'
import type {
  AppendOutcome,
  AppendRow,
  HistorySegment,
  JournalRow,
  JournalStore,
  NewSnapshot,
  StoredDocument,
} from '../room/ports'

interface MemoryDocument {
  workspaceId: string
  seq: number
  epoch: number
  minSchema: number
  snapshot: { seq: number; bytes: Uint8Array } | null
  journal: JournalRow[]
  history: HistorySegment[]
  clients: Map<number, string | null>
}

/**
 * The store of tests: what a database would hold, surviving the engine. `before` and `after` are the places where a
 * test makes it slow, fail, or fail after it has committed.
 */
export class MemoryStore implements JournalStore {
  readonly documents = new Map<string, MemoryDocument>()
  private readonly batches = new Map<string, AppendOutcome[]>()
  before: (call: 'load' | 'append' | 'heads' | 'read' | 'saveSnapshot') => Promise<void> | void = () => {}
  after: (call: 'load' | 'append' | 'heads' | 'read' | 'saveSnapshot') => Promise<void> | void = () => {}
  /** Whether a row may be written now: the membership join of the real statement. */
  permits: (row: AppendRow) => boolean = () => true

  add(documentId: string, workspaceId = 'ws_test', minSchema = 1): void {
    this.documents.set(documentId, {
      workspaceId,
      seq: 0,
      epoch: 1,
      minSchema,
      snapshot: null,
      journal: [],
      history: [],
      clients: new Map(),
    })
  }

  /** Gives a new document its first content, as the command that makes it would: one row of the server's own. */
  begin(documentId: string, bytes: Uint8Array): void {
    this.appendRow({
      documentId,
      bytes,
      userId: null,
      sessionId: null,
      grant: null,
      clients: [...Y.decodeStateVector(Y.encodeStateVectorFromUpdate(bytes)).keys()].map((client) => ({
        client,
        userId: null,
      })),
      at: 0,
    })
  }

  async load(documentId: string, takeEpoch: boolean): Promise<StoredDocument | null> {
    await this.before('load')
    const document = this.documents.get(documentId)
    if (!document) return null
    if (takeEpoch) document.epoch += 1
    const stored: StoredDocument = {
      documentId,
      workspaceId: document.workspaceId,
      seq: document.seq,
      minSchema: document.minSchema,
      epoch: document.epoch,
      snapshot: document.snapshot,
      tail: document.journal.filter((row) => row.seq > (document.snapshot?.seq ?? 0)),
      clients: new Map(document.clients),
    }
    await this.after('load')
    return stored
  }

  async append(batchId: string, rows: readonly AppendRow[]): Promise<readonly AppendOutcome[]> {
    await this.before('append')
    const outcomes = this.batches.get(batchId) ?? rows.map((row) => this.appendRow(row))
    this.batches.set(batchId, outcomes)
    await this.after('append')
    return outcomes
  }

  private appendRow(row: AppendRow): AppendOutcome {
    const document = this.documents.get(row.documentId)
    if (!document || !this.permits(row)) return null
    for (const { client, userId } of row.clients) {
      const owner = document.clients.get(client)
      if (owner !== undefined && owner !== userId) return null
    }
    for (const { client, userId } of row.clients) document.clients.set(client, userId)
    document.seq += 1
    document.journal.push({
      seq: document.seq,
      bytes: row.bytes.slice(),
      userId: row.userId,
      sessionId: row.sessionId,
      at: row.at,
    })
    return document.seq
  }

  async heads(documentIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    await this.before('heads')
    const found = documentIds.flatMap((id): [string, number][] => {
      const document = this.documents.get(id)
      return document ? [[id, document.seq]] : []
    })
    await this.after('heads')
    return new Map(found)
  }

  async read(documentId: string, after: number): Promise<readonly JournalRow[] | null> {
    await this.before('read')
    const document = this.documents.get(documentId)
    const rows = document?.journal.filter((row) => row.seq > after) ?? []
    const whole = rows.length === Math.max(0, (document?.seq ?? 0) - after)
    await this.after('read')
    return whole ? rows : null
  }

  async saveSnapshot(snapshot: NewSnapshot): Promise<boolean> {
    await this.before('saveSnapshot')
    const document = this.documents.get(snapshot.documentId)
    if (!document || document.epoch !== snapshot.epoch) return false
    document.snapshot = { seq: snapshot.seq, bytes: snapshot.bytes }
    document.journal = document.journal.filter((row) => row.seq > snapshot.seq)
    document.history.push(...snapshot.history)
    await this.after('saveSnapshot')
    return true
  }
}
