import { sql } from 'drizzle-orm'
import { check, date, index, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { activities } from './activities'
import { moment } from './columns'
import { strategies } from './strategies'
import { members, workspaces } from './workspaces'

/** That an item or a slot says something else now, and that those who serve it were asked. */
export const impacts = pgTable(
  'impacts',
  {
    id: text('id').primaryKey(),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    strategyId: text('strategy_id')
      .notNull()
      .references(() => strategies.id, { onDelete: 'cascade' }),
    /** As in an activity's `serves`: the item, or one slot of it. */
    serve: text('serve').notNull(),
    was: text('was').notNull(),
    now: text('now').notNull(),
    by: text('by_member')
      .notNull()
      .references(() => members.id),
    at: moment('at').notNull(),
  },
  (t) => [index('impacts_workspace').on(t.workspaceId, t.at)],
)

export const impactAnswers = pgTable(
  'impact_answers',
  {
    impactId: text('impact_id')
      .notNull()
      .references(() => impacts.id, { onDelete: 'cascade' }),
    activityId: text('activity_id')
      .notNull()
      .references(() => activities.id, { onDelete: 'cascade' }),
    /** Null: not answered yet. */
    answer: text('answer'),
    note: text('note').notNull().default(''),
    by: text('by_member').references(() => members.id),
    at: moment('at'),
  },
  (t) => [
    primaryKey({ columns: [t.impactId, t.activityId] }),
    index('impact_answers_open').on(t.activityId).where(sql`${t.answer} is null`),
    check('impact_answers_answer', sql`${t.answer} in ('right','adapt','stop')`),
    check('impact_answers_by', sql`(${t.answer} is null) = (${t.at} is null)`),
  ],
)

/**
 * Words that others hang on and that say something else by now, without anybody having been asked. What they say now is
 * the item's; `was` is what they said before the first of these changes.
 */
export const unaskedWords = pgTable(
  'unasked_words',
  {
    strategyId: text('strategy_id')
      .notNull()
      .references(() => strategies.id, { onDelete: 'cascade' }),
    /** As in an activity's `serves`. */
    serve: text('serve').notNull(),
    was: text('was').notNull(),
    at: moment('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.strategyId, t.serve] })],
)

/** Difficulties that nobody works on, and somebody answers for that until a day. */
export const acceptedRisks = pgTable(
  'accepted_risks',
  {
    strategyId: text('strategy_id')
      .notNull()
      .references(() => strategies.id, { onDelete: 'cascade' }),
    itemId: text('item_id').notNull(),
    until: date('until_on', { mode: 'string' }).notNull(),
    reason: text('reason').notNull().default(''),
    by: text('by_member')
      .notNull()
      .references(() => members.id),
    at: moment('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.strategyId, t.itemId] })],
)

/** A secret address under which a calendar program reads what is due. Only the hash of its token is kept. */
export const calendarFeeds = pgTable(
  'calendar_feeds',
  {
    memberId: text('member_id')
      .primaryKey()
      .references(() => members.id, { onDelete: 'cascade' }),
    tokenHash: text('token_hash').notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [uniqueIndex('calendar_feeds_token').on(t.tokenHash)],
)
