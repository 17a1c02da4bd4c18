import { sql } from 'drizzle-orm'
import { bigint, check, index, integer, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { moment } from './columns'
import { documents } from './documents'
import { members, workspaces } from './workspaces'

export const strategies = pgTable(
  'strategies',
  {
    id: text('id').primaryKey(),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    documentId: text('document_id')
      .notNull()
      .references(() => documents.id),
    title: text('title').notNull(),
    language: text('language').notNull(),
    status: text('status').notNull().default('active'),
    revision: integer('revision').notNull().default(1),
    createdBy: text('created_by')
      .notNull()
      .references(() => members.id),
    createdAt: moment('created_at').notNull().defaultNow(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
  },
  (t) => [
    index('strategies_workspace').on(t.workspaceId),
    uniqueIndex('strategies_document').on(t.documentId),
    check('strategies_status', sql`${t.status} in ('active','archived','trashed')`),
  ],
)

/** Where one member's access to one strategy differs from what the role gives. */
export const strategyAccess = pgTable(
  'strategy_access',
  {
    strategyId: text('strategy_id')
      .notNull()
      .references(() => strategies.id, { onDelete: 'cascade' }),
    memberId: text('member_id')
      .notNull()
      .references(() => members.id, { onDelete: 'cascade' }),
    level: text('level').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.strategyId, t.memberId] }),
    index('strategy_access_member').on(t.memberId),
    check('strategy_access_level', sql`${t.level} in ('none','read','comment','edit')`),
  ],
)

/** An uploaded picture. Bytes lie in DATA_DIR/files under the hash; the row says who may see them. */
export const files = pgTable(
  'files',
  {
    id: text('id').primaryKey(),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    strategyId: text('strategy_id').references(() => strategies.id, { onDelete: 'set null' }),
    uploadedBy: text('uploaded_by')
      .notNull()
      .references(() => members.id),
    name: text('name').notNull(),
    type: text('type').notNull(),
    size: bigint('size', { mode: 'number' }).notNull(),
    sha256: text('sha256').notNull(),
    width: integer('width').notNull(),
    height: integer('height').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (t) => [index('files_workspace').on(t.workspaceId), index('files_hash').on(t.sha256)],
)
