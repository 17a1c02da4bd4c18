import { sql } from 'drizzle-orm'
import { check, index, pgTable, text } from 'drizzle-orm/pg-core'
import { moment } from './columns'
import { strategies } from './strategies'
import { comments, threads } from './threads'
import { members, workspaces } from './workspaces'

/** That somebody was mentioned or answered. The words stay where they were said. */
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
    strategyId: text('strategy_id')
      .notNull()
      .references(() => strategies.id, { onDelete: 'cascade' }),
    threadId: text('thread_id').references(() => threads.id, { onDelete: 'cascade' }),
    commentId: text('comment_id').references(() => comments.id, { onDelete: 'cascade' }),
    kind: text('kind').notNull(),
    byMember: text('by_member')
      .notNull()
      .references(() => members.id),
    createdAt: moment('created_at').notNull().defaultNow(),
    readAt: moment('read_at'),
    /** When it left in a letter, or was found to need none. */
    mailedAt: moment('mailed_at'),
  },
  (t) => [
    index('notifications_member').on(t.memberId, t.createdAt),
    index('notifications_thread').on(t.threadId),
    index('notifications_unmailed').on(t.createdAt).where(sql`${t.mailedAt} is null and ${t.readAt} is null`),
    check('notifications_kind', sql`${t.kind} in ('mention','reply','resolved','reopened')`),
  ],
)
