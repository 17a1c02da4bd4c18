import { sql } from 'drizzle-orm'
import { boolean, check, date, index, integer, pgTable, real, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { moment } from './columns'
import { departments, members, workspaces } from './workspaces'

/** One per department, made with it. */
export const boards = pgTable(
  'boards',
  {
    id: text('id').primaryKey(),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    departmentId: text('department_id')
      .notNull()
      .references(() => departments.id, { onDelete: 'cascade' }),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (t) => [uniqueIndex('boards_department').on(t.departmentId), index('boards_workspace').on(t.workspaceId)],
)

export const boardColumns = pgTable(
  'board_columns',
  {
    id: text('id').primaryKey(),
    boardId: text('board_id')
      .notNull()
      .references(() => boards.id, { onDelete: 'cascade' }),
    kind: text('kind'),
    name: text('name'),
    phase: text('phase').notNull(),
    place: text('place').notNull(),
    limit: integer('wip_limit'),
    removed: boolean('removed').notNull().default(false),
    revision: integer('revision').notNull().default(1),
  },
  (t) => [
    index('board_columns_board').on(t.boardId),
    check('board_columns_phase', sql`${t.phase} in ('plan','do','check','act')`),
    check('board_columns_named', sql`${t.kind} is not null or ${t.name} is not null`),
  ],
)

export const labels = pgTable(
  'labels',
  {
    id: text('id').primaryKey(),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    tone: text('tone').notNull(),
    removed: boolean('removed').notNull().default(false),
    revision: integer('revision').notNull().default(1),
  },
  (t) => [
    uniqueIndex('labels_name').on(t.workspaceId, sql`lower(${t.name})`).where(sql`not ${t.removed}`),
    index('labels_workspace').on(t.workspaceId),
  ],
)

/** What somebody asks of another department. */
export const boardRequests = pgTable(
  'board_requests',
  {
    id: text('id').primaryKey(),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    boardId: text('board_id')
      .notNull()
      .references(() => boards.id, { onDelete: 'cascade' }),
    title: text('title').notNull(),
    text: text('text').notNull(),
    due: date('due', { mode: 'string' }),
    fromMember: text('from_member')
      .notNull()
      .references(() => members.id),
    at: moment('at').notNull(),
    state: text('state').notNull().default('open'),
    answeredBy: text('answered_by').references(() => members.id),
    answeredAt: moment('answered_at'),
    activityId: text('activity_id'),
    reason: text('reason'),
    revision: integer('revision').notNull().default(1),
  },
  (t) => [
    index('board_requests_board').on(t.boardId, t.state),
    index('board_requests_from').on(t.fromMember),
    check('board_requests_state', sql`${t.state} in ('open','accepted','declined','withdrawn')`),
    check('board_requests_accepted', sql`(${t.state} = 'accepted') = (${t.activityId} is not null)`),
    check('board_requests_declined', sql`(${t.state} = 'declined') = (${t.reason} is not null)`),
  ],
)

/** Work that comes again. */
export const recurring = pgTable(
  'recurring',
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
    title: text('title').notNull(),
    ownerId: text('owner_id').references(() => members.id),
    effort: real('effort'),
    labels: text('labels').array().notNull().default(sql`'{}'`),
    serves: text('serves').array().notNull().default(sql`'{}'`),
    checklist: text('checklist').array().notNull().default(sql`'{}'`),
    rhythm: text('rhythm').notNull(),
    startsOn: date('starts_on', { mode: 'string' }).notNull(),
    raised: integer('raised').notNull().default(0),
    /** The next day one appears; a copy of what the rule says, so that an index finds it. Null: stopped. */
    nextOn: date('next_on', { mode: 'string' }),
    days: integer('days').notNull().default(0),
    stopped: boolean('stopped').notNull().default(false),
    /** In whose name the activities are written. */
    createdBy: text('created_by')
      .notNull()
      .references(() => members.id),
    revision: integer('revision').notNull().default(1),
  },
  (t) => [
    index('recurring_board').on(t.boardId),
    index('recurring_next').on(t.nextOn).where(sql`${t.nextOn} is not null`),
    check('recurring_rhythm', sql`${t.rhythm} in ('weekly','monthly','quarterly')`),
  ],
)

/** What a member looks through boards by. */
export const savedFilters = pgTable(
  'saved_filters',
  {
    id: text('id').primaryKey(),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    memberId: text('member_id')
      .notNull()
      .references(() => members.id),
    name: text('name').notNull(),
    query: text('query').notNull(),
    shared: boolean('shared').notNull().default(false),
    removed: boolean('removed').notNull().default(false),
    revision: integer('revision').notNull().default(1),
  },
  (t) => [index('saved_filters_workspace').on(t.workspaceId)],
)
