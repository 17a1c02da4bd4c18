import { sql } from 'drizzle-orm'
import { bigint, check, index, integer, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { activities } from './activities'
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

/**
 * An uploaded picture of a strategy, or what was attached to an activity. Bytes lie in the file store under their hash;
 * the row says who may see them.
 */
export const files = pgTable(
  'files',
  {
    id: text('id').primaryKey(),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    strategyId: text('strategy_id').references(() => strategies.id, { onDelete: 'set null' }),
    activityId: text('activity_id').references(() => activities.id, { onDelete: 'cascade' }),
    uploadedBy: text('uploaded_by')
      .notNull()
      .references(() => members.id),
    name: text('name').notNull(),
    type: text('type').notNull(),
    size: bigint('size', { mode: 'number' }).notNull(),
    sha256: text('sha256').notNull(),
    /** Null: no picture. */
    width: integer('width'),
    height: integer('height'),
    revision: integer('revision').notNull().default(1),
    createdAt: moment('created_at').notNull().defaultNow(),
    /** Taken off its activity; a sweep deletes it later. */
    removedAt: moment('removed_at'),
  },
  (t) => [
    index('files_workspace').on(t.workspaceId),
    index('files_hash').on(t.sha256),
    index('files_activity').on(t.activityId),
    index('files_removed').on(t.removedAt).where(sql`${t.removedAt} is not null`),
    check('files_sides', sql`(${t.width} is null) = (${t.height} is null)`),
    check('files_place', sql`${t.activityId} is null or ${t.strategyId} is null`),
  ],
)
