import { boolean, index, integer, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { moment } from './columns'
import { strategies } from './strategies'
import { versions } from './versions'
import { members, workspaces } from './workspaces'

/** A link by which somebody without an account reads one strategy. Of its token only the hash is kept. */
export const shares = pgTable(
  'shares',
  {
    id: text('id').primaryKey(),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    strategyId: text('strategy_id')
      .notNull()
      .references(() => strategies.id, { onDelete: 'cascade' }),
    /** The version it shows; null: the strategy as it is at the moment. */
    versionId: text('version_id').references(() => versions.id, { onDelete: 'cascade' }),
    /** For whom, as its maker noted; never shown to whoever opens it. */
    note: text('note').notNull().default(''),
    comments: boolean('comments').notNull().default(false),
    /** The language of the page around the words. */
    language: text('language').notNull(),
    tokenHash: text('token_hash').notNull(),
    /** Argon2id; null: the link alone opens it. */
    passwordHash: text('password_hash'),
    createdBy: text('created_by')
      .notNull()
      .references(() => members.id),
    createdAt: moment('created_at').notNull().defaultNow(),
    expiresAt: moment('expires_at').notNull(),
    revokedAt: moment('revoked_at'),
    /** How often it was opened, and when last. */
    opened: integer('opened').notNull().default(0),
    openedAt: moment('opened_at'),
  },
  (t) => [uniqueIndex('shares_token').on(t.tokenHash), index('shares_strategy').on(t.strategyId)],
)

/** A browser that was let in: what its cookie says, as a hash. It ends with the share, whatever is said here. */
export const shareVisits = pgTable(
  'share_visits',
  {
    tokenHash: text('token_hash').primaryKey(),
    shareId: text('share_id')
      .notNull()
      .references(() => shares.id, { onDelete: 'cascade' }),
    expiresAt: moment('expires_at').notNull(),
  },
  (t) => [index('share_visits_share').on(t.shareId), index('share_visits_expires').on(t.expiresAt)],
)
