import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  real,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import type { Diff } from '@/lib/domain/change'
import type { Checklist } from '@/lib/domain/checklist'
import { boardColumns, boards } from './boards'
import { moment } from './columns'
import { documents } from './documents'
import { members, workspaces } from './workspaces'

const none = sql`'{}'`

/**
 * People, labels, measures and what is served lie in arrays of the row: one write, one revision, one row to read per
 * card. What they name may be gone; who reads shows a loose end.
 */
export const activities = pgTable(
  'activities',
  {
    id: text('id').primaryKey(),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    boardId: text('board_id')
      .notNull()
      .references(() => boards.id, { onDelete: 'cascade' }),
    columnId: text('column_id')
      .notNull()
      .references(() => boardColumns.id),
    place: text('place').notNull(),
    title: text('title').notNull(),
    documentId: text('document_id')
      .notNull()
      .references(() => documents.id),
    ownerId: text('owner_id').references(() => members.id),
    helpers: text('helpers').array().notNull().default(none),
    watchers: text('watchers').array().notNull().default(none),
    cycle: text('cycle'),
    start: date('start_on', { mode: 'string' }),
    due: date('due_on', { mode: 'string' }),
    priority: text('priority'),
    effort: real('effort'),
    labels: text('labels').array().notNull().default(none),
    serves: text('serves').array().notNull().default(none),
    /** The items of `serves` without their slots, for the way from the strategy to its activities. */
    servedItems: text('served_items').array().notNull().default(none),
    measures: text('measures').array().notNull().default(none),
    checklist: jsonb('checklist').$type<Checklist>().notNull().default([]),
    halt: text('halt'),
    status: text('status').notNull().default('active'),
    revision: integer('revision').notNull().default(1),
    createdBy: text('created_by')
      .notNull()
      .references(() => members.id),
    createdAt: moment('created_at').notNull(),
    updatedAt: moment('updated_at').notNull(),
  },
  (t) => [
    index('activities_board').on(t.boardId, t.status),
    index('activities_column').on(t.columnId),
    index('activities_owner').on(t.ownerId).where(sql`${t.status} = 'active'`),
    index('activities_workspace').on(t.workspaceId, t.status),
    index('activities_served').using('gin', t.servedItems),
    uniqueIndex('activities_document').on(t.documentId),
    check('activities_status', sql`${t.status} in ('active','archived','trashed')`),
    check('activities_priority', sql`${t.priority} in ('urgent','high','medium','low')`),
    check('activities_halt', sql`${t.halt} in ('blocked','stopped')`),
    check('activities_effort', sql`${t.effort} >= 0`),
    check('activities_days', sql`${t.due} >= ${t.start}`),
  ],
)

export const handOffs = pgTable(
  'hand_offs',
  {
    id: text('id').primaryKey(),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    fromActivityId: text('from_activity_id')
      .notNull()
      .references(() => activities.id, { onDelete: 'cascade' }),
    toBoardId: text('to_board_id')
      .notNull()
      .references(() => boards.id, { onDelete: 'cascade' }),
    toActivityId: text('to_activity_id').references(() => activities.id, { onDelete: 'set null' }),
    title: text('title').notNull(),
    due: date('due', { mode: 'string' }),
    state: text('state').notNull().default('offered'),
    reason: text('reason'),
    revision: integer('revision').notNull().default(1),
  },
  (t) => [
    index('hand_offs_from').on(t.fromActivityId),
    index('hand_offs_to').on(t.toActivityId),
    index('hand_offs_board').on(t.toBoardId, t.state),
    index('hand_offs_workspace').on(t.workspaceId),
    check('hand_offs_state', sql`${t.state} in ('offered','accepted','delivered','declined','withdrawn')`),
  ],
)

export const relations = pgTable(
  'relations',
  {
    id: text('id').primaryKey(),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    kind: text('kind').notNull(),
    fromId: text('from_id')
      .notNull()
      .references(() => activities.id, { onDelete: 'cascade' }),
    toId: text('to_id')
      .notNull()
      .references(() => activities.id, { onDelete: 'cascade' }),
    why: text('why').notNull(),
    resolved: boolean('resolved').notNull().default(false),
    removed: boolean('removed').notNull().default(false),
    revision: integer('revision').notNull().default(1),
  },
  (t) => [
    uniqueIndex('relations_ends').on(t.kind, t.fromId, t.toId),
    index('relations_to').on(t.toId),
    index('relations_workspace').on(t.workspaceId),
    check('relations_kind', sql`${t.kind} in ('blocks','pulls_apart')`),
    check('relations_ends_differ', sql`${t.fromId} <> ${t.toId}`),
  ],
)

/** What was said about an activity. */
export const activityComments = pgTable(
  'activity_comments',
  {
    id: text('id').primaryKey(),
    activityId: text('activity_id')
      .notNull()
      .references(() => activities.id, { onDelete: 'cascade' }),
    memberId: text('member_id')
      .notNull()
      .references(() => members.id),
    text: text('text').notNull(),
    createdAt: moment('created_at').notNull(),
    editedAt: moment('edited_at'),
    deletedAt: moment('deleted_at'),
  },
  (t) => [index('activity_comments_activity').on(t.activityId, t.createdAt)],
)

/** Who is not told of an activity, though it is theirs or they watch it. */
export const activityMutes = pgTable(
  'activity_mutes',
  {
    activityId: text('activity_id')
      .notNull()
      .references(() => activities.id, { onDelete: 'cascade' }),
    memberId: text('member_id')
      .notNull()
      .references(() => members.id, { onDelete: 'cascade' }),
  },
  (t) => [primaryKey({ columns: [t.activityId, t.memberId] })],
)

/** History: what changed, field by field, in one row per changed thing. What was done with one click shares an id. */
export const changes = pgTable(
  'changes',
  {
    id: text('id').notNull(),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    boardId: text('board_id'),
    activityId: text('activity_id'),
    kind: text('kind').notNull(),
    subjectId: text('subject_id').notNull(),
    revision: integer('revision').notNull(),
    verb: text('verb').notNull(),
    diff: jsonb('diff').$type<Diff>().notNull(),
    by: text('by')
      .notNull()
      .references(() => members.id),
    at: moment('at').notNull(),
    /** Why, where the plan of the quarter was sealed. */
    reason: text('reason'),
  },
  (t) => [
    primaryKey({ columns: [t.subjectId, t.revision] }),
    index('changes_workspace').on(t.workspaceId, t.at),
    index('changes_id').on(t.id),
    index('changes_activity').on(t.activityId, t.at),
    index('changes_board').on(t.boardId, t.at),
  ],
)
