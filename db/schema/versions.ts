import { sql } from 'drizzle-orm'
import { bigint, check, index, integer, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { bytes, moment } from './columns'
import { strategies } from './strategies'
import { members } from './workspaces'

/** A captured state of a strategy. Written once; only its name may be given later. */
export const versions = pgTable(
  'versions',
  {
    id: text('id').primaryKey(),
    strategyId: text('strategy_id')
      .notNull()
      .references(() => strategies.id, { onDelete: 'cascade' }),
    /** From 1 without holes, as people say it: "version 14". */
    number: integer('number').notNull(),
    kind: text('kind').notNull(),
    name: text('name'),
    /** The journal row whose state this is. */
    seq: bigint('seq', { mode: 'number' }).notNull(),
    /** The whole state as a Yjs update (V1), gzip. Never selected by a list. */
    bytes: bytes('bytes').notNull(),
    /** SHA-256 of the bytes together with whose and which version they are, so that none passes for another. */
    checksum: text('checksum').notNull(),
    /** Of what people see: equal for equal text, whatever happened between. */
    contentHash: text('content_hash').notNull(),
    /** Users who wrote since the version before. */
    authors: text('authors').array().notNull().default(sql`'{}'`),
    /** Words that came or went since the version before. */
    words: integer('words').notNull().default(0),
    /** For one made by restoring: the number of the version that was restored. */
    restored: integer('restored'),
    /** Null: the server, at the end of an editing session. */
    createdBy: text('created_by').references(() => members.id),
    at: moment('at').notNull(),
  },
  (t) => [
    uniqueIndex('versions_number').on(t.strategyId, t.number),
    index('versions_named').on(t.strategyId, t.number).where(sql`${t.name} is not null`),
    check(
      'versions_kind',
      sql`${t.kind} in ('session','named','before_restore','restored','before_import','before_archive','before_trash','before_emptying','proposal','sealed')`,
    ),
  ],
)
