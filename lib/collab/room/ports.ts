import type { Identity } from '../protocol/write-frame'

/** Under which rights an update was accepted. The append asks again, in the same transaction, whether they still hold. */
export interface Grant {
  readonly memberId: string
  readonly memberRevision: number
  readonly sessionId: string | null
  readonly documentAccessRevision: number
}

/** A Yjs client id and the user it belongs to from now on; null: the server's, nobody else may write under it. */
export interface Claim {
  readonly client: number
  readonly userId: string | null
}

/** One update on its way into the journal. */
export interface AppendRow {
  readonly documentId: string
  readonly bytes: Uint8Array
  /** Null: the server itself. */
  readonly userId: string | null
  readonly sessionId: string | null
  /** Null: the server writes, its command has already been permitted. */
  readonly grant: Grant | null
  /** Client ids this row uses for the first time. The row is refused when one of them is already somebody else's. */
  readonly clients: readonly Claim[]
  /** Milliseconds since 1970. */
  readonly at: number
}

/** The seq of the committed row, or null: its author may not write (any more). */
export type AppendOutcome = number | null

export interface JournalRow {
  readonly seq: number
  readonly bytes: Uint8Array
  readonly userId: string | null
  readonly sessionId: string | null
  readonly at: number
}

export interface StoredDocument {
  readonly documentId: string
  readonly workspaceId: string
  /** Of the last committed row. */
  readonly seq: number
  readonly minSchema: number
  /** The fence this reader took: snapshots are stored only under it. */
  readonly epoch: number
  /** Verified against its checksum by the store. */
  readonly snapshot: { readonly seq: number; readonly bytes: Uint8Array } | null
  /** Every row after the snapshot, in order, without holes. */
  readonly tail: readonly JournalRow[]
  readonly clients: ReadonlyMap<number, string | null>
}

/** Merged rows of one author in one sitting. */
export interface HistorySegment {
  readonly fromSeq: number
  readonly toSeq: number
  readonly bytes: Uint8Array
  readonly userId: string | null
  readonly sessionId: string | null
  readonly fromAt: number
  readonly toAt: number
}

export interface NewSnapshot {
  readonly documentId: string
  readonly epoch: number
  readonly seq: number
  readonly bytes: Uint8Array
  /** How many rows up to `seq` the history is made of: exactly so many may leave the journal. */
  readonly rows: number
  /** They leave the journal in the same transaction. */
  readonly history: readonly HistorySegment[]
}

/**
 * The database, as the engine knows it. Every method may reject, which means "not now"; `append` with the same batch id
 * may be repeated until it answers and writes its rows at most once.
 */
export interface JournalStore {
  /** Null: no such document. Broken: what lies there cannot be read whole. */
  load(documentId: string, takeEpoch: boolean): Promise<StoredDocument | { readonly broken: string } | null>
  /** Impossible: the data or the statement is wrong, and repeating it would fail the same way. Nothing was written. */
  append(
    batchId: string,
    rows: readonly AppendRow[],
  ): Promise<readonly AppendOutcome[] | { readonly impossible: string }>
  /** The seq each of these documents has reached; one that is gone has none. */
  heads(documentIds: readonly string[]): Promise<ReadonlyMap<string, number>>
  /** Rows with seq > after, in order, up to the last committed one. Null: some of them have left the journal. */
  read(documentId: string, after: number): Promise<readonly JournalRow[] | null>
  /** False when another writer has taken the epoch: nothing was stored. */
  saveSnapshot(snapshot: NewSnapshot): Promise<boolean>
}

export interface BusMessage {
  readonly documentId: string
  readonly seq: number
}

/** Somebody at another node, as that node has checked them: their name is their session's. */
export interface DistantEntry {
  readonly id: number
  readonly clock: number
  /** JSON, 'null' for one who left. */
  readonly state: string
  readonly userId: string
  readonly mayWrite: boolean
}

export type BusNote =
  | ({ readonly kind: 'appended' } & BusMessage)
  | { readonly kind: 'event'; readonly room: string; readonly event: unknown }
  | { readonly kind: 'revoked'; readonly target: RevokeTarget }
  /** Who is in a place at the sender's node. `whole`: and nobody else is; otherwise what has changed. */
  | {
      readonly kind: 'present'
      readonly place: string
      readonly whole: boolean
      readonly entries: readonly DistantEntry[]
    }
  /** The sender wants to know who is in a place elsewhere. */
  | { readonly kind: 'asked'; readonly place: string }
  /** The sender lives. */
  | { readonly kind: 'here' }
  /** The sender ends, and says so: its silence is no failure. */
  | { readonly kind: 'gone' }

/**
 * Tells other nodes what happened here. May lose, repeat and reorder: 'appended' carries the seq, and who finds a
 * gap reads the journal. A node never hears its own notes.
 */
export interface Bus {
  /** Whether anybody else can be listening; without it nobody reads the journal for nothing. */
  readonly shared: boolean
  /** Whether notes get through, as far as this end can tell. */
  readonly up: boolean
  publish(note: BusNote): void
  /** `from` names the node that said it. `missed`: notes were lost, or may have been. Answers what ends it. */
  subscribe(listener: (note: BusNote, from: string) => void, missed: () => void): () => void
}

export type RevokeTarget =
  | { readonly userId: string }
  | { readonly sessionId: string }
  | { readonly memberId: string }
  | { readonly documentId: string }
  | { readonly workspaceId: string }

/** Time and timers as one argument, so that the simulator owns them. */
export interface Time {
  /** Milliseconds since 1970. */
  now(): number
  /** Calls back once after `ms`; the answer cancels it. */
  after(ms: number, work: () => void): () => void
  /** Calls back when the frames that have already arrived are through: the end of this turn. */
  soon(work: () => void): void
  /** Milliseconds with fractions, for the cost of one update. */
  cost(): number
}

/** The signed-in session behind a socket, as far as the engine is concerned. */
export interface EngineSession {
  readonly sessionId: string
  readonly userId: string
}

export type Resolution =
  | {
      readonly kind: 'document'
      readonly documentId: string
      readonly workspaceId: string
      readonly mode: 'read' | 'write'
      readonly grant: Grant
      readonly identity: Identity
    }
  | {
      readonly kind: 'channel'
      readonly workspaceId: string
      readonly memberId: string
      readonly identity: Identity
    }

/** Decides who may join what. Missing and forbidden are one answer. */
export interface Authorizer {
  resolve(roomName: string, session: EngineSession): Promise<Resolution | 'not_found' | 'not_signed_in'>
}

/** The other end of a connection, whatever carries it. No method throws. */
export interface Transport {
  /** The same array is handed to every receiver of a broadcast: whoever keeps it must not change it. */
  send(frame: Uint8Array): void
  /** Bytes handed to `send` that the other end has not taken. */
  unread(): number
  close(code: number, reason: string): void
  /** Stops and continues reading, while the database is behind. */
  pause(): void
  resume(): void
}

/** What is measured of the engine as it runs. No method throws; each is called once per batch, row or closing. */
export interface Meter {
  /** A batch is in the journal, so many milliseconds after it left. */
  committed(ms: number): void
  /** A row is answered, so many milliseconds after its first update came: what its author waits for. */
  acknowledged(ms: number): void
  /** A connection was closed from this side. `code` as in protocol/numbers.ts. */
  closed(code: number): void
}

export interface EngineLog {
  info(fields: Record<string, unknown>, message: string): void
  warn(fields: Record<string, unknown>, message: string): void
  error(fields: Record<string, unknown>, message: string): void
}

/** Root types of a document: whatever is not named here is refused. */
export type Roots = Readonly<Record<string, 'xml' | 'map' | 'text' | 'array'>>
