import { sql } from 'drizzle-orm'
import { boolean, check, index, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { bytes, moment } from './columns'
import { documents } from './documents'
import { strategies } from './strategies'
import { threads } from './threads'
import { members, workspaces } from './workspaces'

/** What somebody would change in a strategy: a branch document of its own. */
export const proposals = pgTable(
  'proposals',
  {
    id: text('id').primaryKey(),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    strategyId: text('strategy_id')
      .notNull()
      .references(() => strategies.id, { onDelete: 'cascade' }),
    documentId: text('document_id')
      .notNull()
      .references(() => documents.id),
    author: text('author')
      .notNull()
      .references(() => members.id),
    why: text('why'),
    state: text('state').notNull().default('open'),
    closedBy: text('closed_by').references(() => members.id),
    closedAt: moment('closed_at'),
    /** The strategy as it was when it was last brought here; only where words were put back in the branch. */
    base: bytes('base'),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('proposals_document').on(t.documentId),
    // One goes on in one's own open proposal; a second one would compete with it.
    uniqueIndex('proposals_open').on(t.strategyId, t.author).where(sql`${t.state} = 'open'`),
    index('proposals_strategy').on(t.strategyId, t.createdAt),
    check('proposals_state', sql`${t.state} in ('open','accepted','rejected','withdrawn')`),
    check('proposals_closed', sql`(${t.state} = 'open') = (${t.closedAt} is null)`),
  ],
)

export const proposalDecisions = pgTable(
  'proposal_decisions',
  {
    proposalId: text('proposal_id')
      .notNull()
      .references(() => proposals.id, { onDelete: 'cascade' }),
    changeId: text('change_id').notNull(),
    accepted: boolean('accepted').notNull(),
    removed: text('removed').notNull(),
    added: text('added').notNull(),
    by: text('by')
      .notNull()
      .references(() => members.id),
    at: moment('at').notNull(),
  },
  (t) => [index('proposal_decisions_proposal').on(t.proposalId, t.at)],
)

/** The argument about one change. */
export const proposalThreads = pgTable(
  'proposal_threads',
  {
    proposalId: text('proposal_id')
      .notNull()
      .references(() => proposals.id, { onDelete: 'cascade' }),
    changeId: text('change_id').notNull(),
    threadId: text('thread_id')
      .notNull()
      .references(() => threads.id, { onDelete: 'cascade' }),
  },
  (t) => [primaryKey({ columns: [t.proposalId, t.changeId] })],
)
