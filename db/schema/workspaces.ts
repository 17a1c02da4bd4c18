import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  boolean,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { moment } from './columns'
import { users } from './users'

export const workspaces = pgTable(
  'workspaces',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    slug: text('slug').notNull(),
    /** The language new strategies and department names start in. */
    language: text('language').notNull(),
    /** First month of the fiscal year, 1 to 12: quarters count from here. */
    yearStart: integer('year_start').notNull().default(1),
    /** The one strategy everybody works from; null until there is one. */
    currentStrategyId: text('current_strategy_id'),
    /** The example company: made in one click, and removed in one with everybody in it. */
    sample: boolean('sample').notNull().default(false),
    createdAt: moment('created_at').notNull().defaultNow(),
    deletedAt: moment('deleted_at'),
  },
  (t) => [
    uniqueIndex('workspaces_slug').on(t.slug),
    check('workspaces_year_start', sql`${t.yearStart} between 1 and 12`),
  ],
)

/** A user in a workspace. Rows stay after removal, so that old edits keep their author. */
export const members = pgTable(
  'members',
  {
    id: text('id').primaryKey(),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    userId: text('user_id')
      .notNull()
      .references(() => users.id),
    role: text('role').notNull(),
    /** Goes up whenever what this member may do changes; an edit carries the revision it was permitted under. */
    revision: integer('revision').notNull().default(1),
    createdAt: moment('created_at').notNull().defaultNow(),
    removedAt: moment('removed_at'),
  },
  (t) => [
    uniqueIndex('members_user').on(t.workspaceId, t.userId),
    index('members_of_user').on(t.userId),
    check('members_role', sql`${t.role} in ('owner','partner','manager','member','adviser','viewer')`),
  ],
)

export const invitations = pgTable(
  'invitations',
  {
    id: text('id').primaryKey(),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    /** The address it was mailed to, lower case; null for a link anyone may use. */
    email: text('email'),
    role: text('role').notNull(),
    /** The department the new member joins, if any. */
    departmentId: text('department_id').references((): AnyPgColumn => departments.id, {
      onDelete: 'set null',
    }),
    tokenHash: text('token_hash').notNull(),
    invitedBy: text('invited_by')
      .notNull()
      .references(() => members.id),
    createdAt: moment('created_at').notNull().defaultNow(),
    expiresAt: moment('expires_at').notNull(),
    revokedAt: moment('revoked_at'),
    usedAt: moment('used_at'),
    usedBy: text('used_by').references(() => members.id),
  },
  (t) => [
    uniqueIndex('invitations_token').on(t.tokenHash),
    index('invitations_workspace').on(t.workspaceId),
    check('invitations_role', sql`${t.role} in ('owner','partner','manager','member','adviser','viewer')`),
  ],
)

export const departments = pgTable(
  'departments',
  {
    id: text('id').primaryKey(),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    /** One of the five links of the chain, or null for a department the workspace added. */
    kind: text('kind'),
    /** A name of the workspace's own; null means the usual name of its kind, in the reader's language. */
    name: text('name'),
    /** Place in the chain, a key of lib/kit/order-key, compared byte by byte. */
    place: text('place').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
    archivedAt: moment('archived_at'),
  },
  (t) => [
    index('departments_workspace').on(t.workspaceId),
    check(
      'departments_kind',
      sql`${t.kind} is null or ${t.kind} in ('product','marketing','sales','success','organization')`,
    ),
    check('departments_named', sql`${t.kind} is not null or ${t.name} is not null`),
  ],
)

export const departmentMembers = pgTable(
  'department_members',
  {
    departmentId: text('department_id')
      .notNull()
      .references(() => departments.id, { onDelete: 'cascade' }),
    memberId: text('member_id')
      .notNull()
      .references(() => members.id, { onDelete: 'cascade' }),
    lead: boolean('lead').notNull().default(false),
  },
  (t) => [
    primaryKey({ columns: [t.departmentId, t.memberId] }),
    index('department_members_member').on(t.memberId),
  ],
)
