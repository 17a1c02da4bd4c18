import { sql } from 'drizzle-orm'
import { boolean, check, date, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import type { NamedReaction } from '@/lib/domain/thread'
import { moment } from './columns'
import { measures } from './measures'
import { strategies } from './strategies'
import { members, workspaces } from './workspaces'

/** An argument about some words of a strategy, or about an item. */
export const threads = pgTable(
  'threads',
  {
    id: text('id').primaryKey(),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    strategyId: text('strategy_id')
      .notNull()
      .references(() => strategies.id, { onDelete: 'cascade' }),
    kind: text('kind').notNull(),
    /** Where its words were last seen, and which: kept when they go. */
    root: text('root').notNull(),
    quote: text('quote').notNull(),
    itemId: text('item_id'),
    part: text('part'),
    positioning: boolean('positioning').notNull().default(false),
    /** Place in the order of the text, 0 first. */
    place: integer('place').notNull().default(0),
    onDeletedText: boolean('on_deleted_text').notNull().default(false),
    state: text('state').notNull().default('open'),
    outcome: text('outcome'),
    reason: text('reason'),
    until: date('until', { mode: 'string' }),
    /** What is tried is read off this measure. */
    measureId: text('measure_id').references(() => measures.id, { onDelete: 'set null' }),
    resolvedBy: text('resolved_by').references(() => members.id),
    resolvedAt: moment('resolved_at'),
    revision: integer('revision').notNull().default(1),
    createdBy: text('created_by')
      .notNull()
      .references(() => members.id),
    createdAt: moment('created_at').notNull().defaultNow(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
    /** When its last comment was deleted. It is there for nobody from then on, until that is put back or it is erased. */
    withdrawnAt: moment('withdrawn_at'),
  },
  (t) => [
    index('threads_withdrawn').on(t.withdrawnAt).where(sql`${t.withdrawnAt} is not null`),
    index('threads_strategy').on(t.strategyId, t.state),
    check('threads_kind', sql`${t.kind} in ('words','item')`),
    check('threads_item', sql`${t.kind} <> 'item' or ${t.itemId} is not null`),
    check('threads_state', sql`${t.state} in ('open','resolved')`),
    check('threads_outcome', sql`${t.outcome} is null or ${t.outcome} in ('adopted','rejected','watch')`),
    check(
      'threads_resolved',
      sql`(${t.state} = 'resolved') = (${t.resolvedBy} is not null and ${t.resolvedAt} is not null)`,
    ),
  ],
)

export const comments = pgTable(
  'comments',
  {
    id: text('id').primaryKey(),
    threadId: text('thread_id')
      .notNull()
      .references(() => threads.id, { onDelete: 'cascade' }),
    memberId: text('member_id')
      .notNull()
      .references(() => members.id),
    text: text('text').notNull(),
    /** Who said it where it was imported from, as the file says; the member is who brought it. */
    importedAuthor: text('imported_author'),
    /** Reactions it had there, by name. */
    importedReactions: jsonb('imported_reactions').$type<readonly NamedReaction[]>(),
    createdAt: moment('created_at').notNull().defaultNow(),
    editedAt: moment('edited_at'),
    deletedAt: moment('deleted_at'),
  },
  (t) => [index('comments_thread').on(t.threadId, t.createdAt), index('comments_member').on(t.memberId)],
)

/**
 * What a deleted comment said, until whoever deleted it can no longer put it back. In a table of its own: what reads
 * comments cannot come upon it.
 */
export const withdrawnWords = pgTable(
  'withdrawn_words',
  {
    commentId: text('comment_id')
      .primaryKey()
      .references(() => comments.id, { onDelete: 'cascade' }),
    text: text('text').notNull(),
    /** Who deleted it, which need not be who said it. */
    byMember: text('by_member')
      .notNull()
      .references(() => members.id, { onDelete: 'cascade' }),
    at: moment('at').notNull(),
  },
  (t) => [index('withdrawn_words_at').on(t.at)],
)

export const reactions = pgTable(
  'reactions',
  {
    commentId: text('comment_id')
      .notNull()
      .references(() => comments.id, { onDelete: 'cascade' }),
    memberId: text('member_id')
      .notNull()
      .references(() => members.id, { onDelete: 'cascade' }),
    reaction: text('reaction').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.commentId, t.memberId, t.reaction] })],
)
