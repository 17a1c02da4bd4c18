import { sql } from 'drizzle-orm'
import { check, index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { activities, activityComments } from './activities'
import { boards } from './boards'
import { moment } from './columns'
import { reviews } from './reviews'
import { strategies } from './strategies'
import { comments, threads } from './threads'
import { members, workspaces } from './workspaces'

/**
 * That something happened which somebody is to be told: in a strategy, on a board, or in a review. The words stay where they were
 * said.
 */
export const notifications = pgTable(
  'notifications',
  {
    id: text('id').primaryKey(),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    memberId: text('member_id')
      .notNull()
      .references(() => members.id, { onDelete: 'cascade' }),
    strategyId: text('strategy_id').references(() => strategies.id, { onDelete: 'cascade' }),
    boardId: text('board_id').references(() => boards.id, { onDelete: 'cascade' }),
    reviewId: text('review_id').references(() => reviews.id, { onDelete: 'cascade' }),
    activityId: text('activity_id').references(() => activities.id, { onDelete: 'cascade' }),
    /** The comment on an activity. */
    saidId: text('said_id').references(() => activityComments.id, { onDelete: 'cascade' }),
    /** The proposal, hand-off, request, decision or changed words it is about. */
    subjectId: text('subject_id'),
    threadId: text('thread_id').references(() => threads.id, { onDelete: 'cascade' }),
    commentId: text('comment_id').references(() => comments.id, { onDelete: 'cascade' }),
    kind: text('kind').notNull(),
    /** Null: the calendar reminds, nobody did anything. */
    byMember: text('by_member').references(() => members.id),
    createdAt: moment('created_at').notNull().defaultNow(),
    readAt: moment('read_at'),
    /** When it left in a letter, or was found to need none. */
    mailedAt: moment('mailed_at'),
  },
  (t) => [
    index('notifications_member').on(t.memberId, t.createdAt),
    index('notifications_thread').on(t.threadId),
    index('notifications_unmailed').on(t.createdAt).where(sql`${t.mailedAt} is null and ${t.readAt} is null`),
    index('notifications_activity').on(t.activityId),
    index('notifications_review').on(t.reviewId),
    index('notifications_subject').on(t.subjectId),
    check('notifications_place', sql`num_nonnulls(${t.strategyId}, ${t.boardId}, ${t.reviewId}) = 1`),
    check(
      'notifications_kind',
      sql`${t.kind} in ('mention','reply','resolved','reopened','proposal','comment','assigned','moved','due',
        'hand_off_offered','hand_off_accepted','hand_off_declined','hand_off_delivered',
        'request_received','request_accepted','request_declined',
        'impact_asked','impact_waiting','due_soon',
        'review_invited','review_moved','review_started','review_closed','review_soon','review_unprepared',
        'decision_assigned','decision_due')`,
    ),
  ],
)

/** What one was reminded of, so that nobody is reminded twice, however many nodes look. */
export const reminders = pgTable(
  'reminders',
  {
    memberId: text('member_id')
      .notNull()
      .references(() => members.id, { onDelete: 'cascade' }),
    /** The kind, what it is about, and the day it is due. */
    key: text('key').notNull(),
    at: moment('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.memberId, t.key] }), index('reminders_at').on(t.at)],
)
