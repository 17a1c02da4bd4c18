import { sql } from 'drizzle-orm'
import { bigint, check, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { bytes, moment } from './columns'
import { users } from './users'
import { workspaces } from './workspaces'

/** One Y.Doc: the head of its journal and who may append. */
export const documents = pgTable('documents', {
  id: text('id').primaryKey(),
  workspaceId: text('workspace_id')
    .notNull()
    .references(() => workspaces.id, { onDelete: 'cascade' }),
  /** Number of the last committed journal row; rows are numbered without holes. */
  seq: bigint('seq', { mode: 'number' }).notNull().default(0),
  /** The lowest schema that may write here; an older editor would delete what it does not know. */
  minSchema: integer('min_schema').notNull().default(2),
  /** Fences a writer that slept: snapshots are stored only under the epoch they began in. */
  epoch: integer('epoch').notNull().default(1),
  /** Goes up when what people may do with the document changes as a whole (archived, trashed, restored). */
  accessRevision: integer('access_revision').notNull().default(1),
  createdAt: moment('created_at').notNull().defaultNow(),
  changedAt: moment('changed_at').notNull().defaultNow(),
})

/** What was committed, in order. Trimmed only up to a committed snapshot, after its rows went into history. */
export const journal = pgTable(
  'journal',
  {
    documentId: text('document_id')
      .notNull()
      .references(() => documents.id, { onDelete: 'cascade' }),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    bytes: bytes('bytes').notNull(),
    /** Null: written by the server itself (a template, an import). */
    userId: text('user_id').references(() => users.id),
    sessionId: text('session_id'),
    at: moment('at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.documentId, t.seq] })],
)

/** One row per group commit, so that a retry after an unknown outcome can ask whether it happened. Kept for an hour. */
export const journalBatches = pgTable(
  'journal_batches',
  {
    id: uuid('id').primaryKey(),
    /** What became of each row of the batch, in its order: the seq, or 0 for a refused one. */
    seqs: bigint('seqs', { mode: 'number' }).array().notNull().default(sql`'{}'`),
    at: moment('at').notNull().defaultNow(),
  },
  (t) => [index('journal_batches_at').on(t.at)],
)

/** Which user a Yjs client id belongs to: first writer wins, for ever. Refuses forged authors, gives attribution. */
export const documentClients = pgTable(
  'document_clients',
  {
    documentId: text('document_id')
      .notNull()
      .references(() => documents.id, { onDelete: 'cascade' }),
    clientId: bigint('client_id', { mode: 'number' }).notNull(),
    userId: text('user_id').references(() => users.id),
  },
  (t) => [primaryKey({ columns: [t.documentId, t.clientId] })],
)

/** The whole state at a seq. The newest is read first, then the journal after it. */
export const snapshots = pgTable(
  'snapshots',
  {
    documentId: text('document_id')
      .notNull()
      .references(() => documents.id, { onDelete: 'cascade' }),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    bytes: bytes('bytes').notNull(),
    checksum: text('checksum').notNull(),
    at: moment('at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.documentId, t.seq] })],
)

/** Trimmed journal rows, merged per author and session: who wrote what, and when. Never thrown away by itself. */
export const historySegments = pgTable(
  'history_segments',
  {
    documentId: text('document_id')
      .notNull()
      .references(() => documents.id, { onDelete: 'cascade' }),
    fromSeq: bigint('from_seq', { mode: 'number' }).notNull(),
    toSeq: bigint('to_seq', { mode: 'number' }).notNull(),
    bytes: bytes('bytes').notNull(),
    userId: text('user_id').references(() => users.id),
    sessionId: text('session_id'),
    fromAt: moment('from_at').notNull(),
    toAt: moment('to_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.documentId, t.fromSeq] }),
    check('history_segments_order', sql`${t.fromSeq} <= ${t.toSeq}`),
  ],
)
