import { sql } from 'drizzle-orm'
import { boolean, check, date, index, integer, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import type { Cause, Evidence, Meeting } from '@/lib/domain/review'
import type { Effect } from '@/lib/domain/review-decision'
import { bytes, moment } from './columns'
import { documents } from './documents'
import { departments, members, workspaces } from './workspaces'

const none = sql`'{}'`

/** The review of a quarter, of one department or (without one) of the company. A trigger keeps a closed one as it is. */
export const reviews = pgTable(
  'reviews',
  {
    id: text('id').primaryKey(),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    cycle: text('cycle').notNull(),
    departmentId: text('department_id').references(() => departments.id, { onDelete: 'cascade' }),
    state: text('state').notNull().default('preparing'),
    heldOn: date('held_on', { mode: 'string' }),
    /** Only for its participants and owners. */
    limited: boolean('limited').notNull().default(false),
    leadId: text('lead_id').references(() => members.id),
    participants: text('participants').array().notNull().default(none),
    /** Participants who said that they are prepared. */
    prepared: text('prepared').array().notNull().default(none),
    documentId: text('document_id')
      .notNull()
      .references(() => documents.id),
    goals: text('goals').notNull().default(''),
    lessons: text('lessons').notNull().default(''),
    meeting: jsonb('meeting').$type<Meeting>(),
    versionId: text('version_id'),
    result: bytes('result'),
    resultHash: text('result_hash'),
    closedAt: moment('closed_at'),
    closedBy: text('closed_by').references(() => members.id),
    /** When its recap left. The only thing a closed one still learns. */
    mailedAt: moment('mailed_at'),
    createdBy: text('created_by')
      .notNull()
      .references(() => members.id),
    createdAt: moment('created_at').notNull(),
    revision: integer('revision').notNull().default(1),
  },
  (t) => [
    uniqueIndex('reviews_of').on(t.workspaceId, t.cycle, sql`coalesce(${t.departmentId}, '')`),
    uniqueIndex('reviews_document').on(t.documentId),
    index('reviews_unmailed').on(t.closedAt).where(sql`${t.state} = 'closed' and ${t.mailedAt} is null`),
    check('reviews_state', sql`${t.state} in ('preparing','running','closed')`),
    check('reviews_closed', sql`(${t.state} = 'closed') = (${t.closedAt} is not null)`),
    check('reviews_sealed', sql`(${t.state} = 'closed') = (${t.result} is not null)`),
    check('reviews_result_whole', sql`(${t.result} is null) = (${t.resultHash} is null)`),
  ],
)

export const findings = pgTable(
  'findings',
  {
    id: text('id').primaryKey(),
    reviewId: text('review_id')
      .notNull()
      .references(() => reviews.id, { onDelete: 'cascade' }),
    by: text('by_member')
      .notNull()
      .references(() => members.id),
    step: text('step').notNull(),
    text: text('text').notNull(),
    /** Written before the meeting, when nobody else could read it. */
    alone: boolean('alone').notNull(),
    about: text('about').array().notNull().default(none),
    causes: jsonb('causes').$type<readonly Cause[]>().notNull().default([]),
    evidence: jsonb('evidence').$type<readonly Evidence[]>().notNull().default([]),
    verdict: text('verdict'),
    lesson: text('lesson').notNull().default(''),
    agree: text('agree').array().notNull().default(none),
    removed: boolean('removed').notNull().default(false),
    at: moment('at').notNull(),
    revision: integer('revision').notNull().default(1),
  },
  (t) => [
    index('findings_review').on(t.reviewId, t.at),
    check('findings_step', sql`${t.step} in ('plan','check','why','act')`),
    check('findings_verdict', sql`${t.verdict} in ('keep','adjust','stop')`),
  ],
)

export const decisions = pgTable(
  'decisions',
  {
    id: text('id').primaryKey(),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    reviewId: text('review_id')
      .notNull()
      .references(() => reviews.id, { onDelete: 'cascade' }),
    findingId: text('finding_id'),
    title: text('title').notNull(),
    ownerId: text('owner_id').references(() => members.id),
    due: date('due', { mode: 'string' }),
    effect: jsonb('effect').$type<Effect>().notNull(),
    fate: text('fate').notNull(),
    reason: text('reason'),
    fateBy: text('fate_by').references(() => members.id),
    fateAt: moment('fate_at'),
    by: text('by_member')
      .notNull()
      .references(() => members.id),
    at: moment('at').notNull(),
    revision: integer('revision').notNull().default(1),
  },
  (t) => [
    index('decisions_review').on(t.reviewId, t.at),
    index('decisions_owner').on(t.ownerId),
    index('decisions_workspace').on(t.workspaceId),
    check('decisions_fate', sql`${t.fate} in ('proposed','accepted','done','ignored')`),
  ],
)
