import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { activities } from './activities'
import { bytes, moment } from './columns'
import { members, workspaces } from './workspaces'

/**
 * A quarter of a workspace. Its plan is kept as the bytes that were sealed, never as jsonb, which would order them anew.
 * A trigger of the migration refuses to change a seal or a closed quarter, whoever asks.
 */
export const cycles = pgTable(
  'cycles',
  {
    id: text('id').primaryKey(),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    cycle: text('cycle').notNull(),
    state: text('state').notNull().default('planned'),
    /** The strategy version the plan names; no reference, so that nothing ever writes to a closed quarter. */
    versionId: text('version_id'),
    seal: bytes('seal'),
    sealHash: text('seal_hash'),
    sealedAt: moment('sealed_at'),
    sealedBy: text('sealed_by').references(() => members.id),
    /** The company's review that closed it, and the hash of its result. */
    reviewId: text('review_id'),
    resultHash: text('result_hash'),
    closedAt: moment('closed_at'),
    closedBy: text('closed_by').references(() => members.id),
    revision: integer('revision').notNull().default(1),
  },
  (t) => [
    uniqueIndex('cycles_quarter').on(t.workspaceId, t.cycle),
    // One quarter runs at a time: what is done now belongs to one plan.
    uniqueIndex('cycles_running').on(t.workspaceId).where(sql`${t.state} in ('running','review')`),
    check('cycles_state', sql`${t.state} in ('planned','running','review','closed')`),
    check('cycles_sealed', sql`(${t.state} = 'planned') = (${t.seal} is null)`),
    check('cycles_seal_whole', sql`(${t.seal} is null) = (${t.sealHash} is null)`),
    check('cycles_closed', sql`(${t.state} = 'closed') = (${t.closedAt} is not null)`),
  ],
)

/** What becomes of an activity when its quarter closes. */
export const carryOvers = pgTable(
  'carry_overs',
  {
    cycleId: text('cycle_id')
      .notNull()
      .references(() => cycles.id, { onDelete: 'cascade' }),
    activityId: text('activity_id')
      .notNull()
      .references(() => activities.id, { onDelete: 'cascade' }),
    fate: text('fate').notNull(),
    reason: text('reason'),
    by: text('by')
      .notNull()
      .references(() => members.id),
    at: moment('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.cycleId, t.activityId] }),
    check('carry_overs_fate', sql`${t.fate} in ('continue','change','stop')`),
    check('carry_overs_reason', sql`${t.fate} = 'continue' or ${t.reason} is not null`),
  ],
)

/** What somebody noted beside a quarter. The only thing a closed one takes. */
export const cycleNotes = pgTable(
  'cycle_notes',
  {
    id: text('id').primaryKey(),
    cycleId: text('cycle_id')
      .notNull()
      .references(() => cycles.id, { onDelete: 'cascade' }),
    memberId: text('member_id')
      .notNull()
      .references(() => members.id),
    text: text('text').notNull(),
    at: moment('at').notNull(),
  },
  (t) => [index('cycle_notes_cycle').on(t.cycleId, t.at)],
)
