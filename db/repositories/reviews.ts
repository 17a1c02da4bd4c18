import { and, asc, desc, eq, getTableColumns, inArray, isNull, sql } from 'drizzle-orm'
import type { Finding, ListedReview, Review, ReviewStep } from '@/lib/domain/review'
import type { Decision, DecisionFate } from '@/lib/domain/review-decision'
import type { Verdict } from '@/lib/domain/trace'
import { must } from '@/lib/kit/assert'
import { type Id, isId } from '@/lib/kit/ids'
import type { Db } from '../database'
import { decisions, documents, findings, members, reviews, users } from '../schema'

/** What a closed review said of something, the oldest first. */
export interface PastVerdict {
  readonly about: readonly string[]
  readonly verdict: Verdict
  readonly findingId: Id<'fnd'>
  readonly reviewId: Id<'rev'>
  readonly cycle: string
  readonly departmentId: Id<'dep'> | null
  readonly limited: boolean
  readonly leadId: Id<'mem'> | null
  readonly participants: readonly Id<'mem'>[]
}

type Row = typeof reviews.$inferSelect

const { result: _, ...listed } = getTableColumns(reviews)

function baseOf(row: Omit<Row, 'result'>) {
  return {
    id: row.id as Id<'rev'>,
    workspaceId: row.workspaceId as Id<'ws'>,
    cycle: row.cycle,
    departmentId: row.departmentId as Id<'dep'> | null,
    heldOn: row.heldOn,
    limited: row.limited,
    leadId: row.leadId as Id<'mem'> | null,
    participants: row.participants as Id<'mem'>[],
    prepared: row.prepared as Id<'mem'>[],
    documentId: row.documentId as Id<'doc'>,
    goals: row.goals,
    lessons: row.lessons,
    meeting: row.meeting,
    createdBy: row.createdBy as Id<'mem'>,
    createdAt: row.createdAt,
    revision: row.revision,
  }
}

function listedReview(row: Omit<Row, 'result'>): ListedReview {
  const base = baseOf(row)
  if (row.state !== 'closed') return { ...base, state: row.state === 'running' ? 'running' : 'preparing' }
  return {
    ...base,
    state: 'closed',
    resultHash: must(row.resultHash, 'checked by the table'),
    versionId: row.versionId as Id<'ver'> | null,
    closedAt: must(row.closedAt, 'checked by the table'),
    closedBy: must(row.closedBy, 'written when it closes') as Id<'mem'>,
  }
}

function review(row: Row): Review {
  const known = listedReview(row)
  if (known.state !== 'closed') return known
  const { resultHash: hash, ...closed } = known
  return { ...closed, result: { bytes: must(row.result, 'checked by the table'), hash } }
}

function written(row: Review): Omit<Row, 'mailedAt'> {
  const closed = row.state === 'closed' ? row : null
  return {
    id: row.id,
    workspaceId: row.workspaceId,
    cycle: row.cycle,
    departmentId: row.departmentId,
    state: row.state,
    heldOn: row.heldOn,
    limited: row.limited,
    leadId: row.leadId,
    participants: [...row.participants],
    prepared: [...row.prepared],
    documentId: row.documentId,
    goals: row.goals,
    lessons: row.lessons,
    meeting: row.meeting,
    createdBy: row.createdBy,
    createdAt: row.createdAt,
    revision: row.revision,
    versionId: closed?.versionId ?? null,
    result: closed?.result.bytes ?? null,
    resultHash: closed?.result.hash ?? null,
    closedAt: closed?.closedAt ?? null,
    closedBy: closed?.closedBy ?? null,
  }
}

function finding(row: typeof findings.$inferSelect): Finding {
  return {
    ...row,
    id: row.id as Id<'fnd'>,
    reviewId: row.reviewId as Id<'rev'>,
    by: row.by as Id<'mem'>,
    step: row.step as ReviewStep,
    verdict: row.verdict as Verdict | null,
    agree: row.agree as Id<'mem'>[],
  }
}

function decision(row: typeof decisions.$inferSelect): Decision {
  return {
    ...row,
    id: row.id as Id<'dcn'>,
    workspaceId: row.workspaceId as Id<'ws'>,
    reviewId: row.reviewId as Id<'rev'>,
    findingId: row.findingId as Id<'fnd'> | null,
    ownerId: row.ownerId as Id<'mem'> | null,
    fate: row.fate as DecisionFate,
    fateBy: row.fateBy as Id<'mem'> | null,
    by: row.by as Id<'mem'>,
  }
}

export function reviewReader(db: Db) {
  return {
    async find(id: string): Promise<Review | null> {
      if (!isId('rev', id)) return null
      const [row] = await db.select().from(reviews).where(eq(reviews.id, id))
      return row ? review(row) : null
    },
    /** The one of a quarter, of a department or of the company. */
    async of(workspaceId: string, cycle: string, departmentId: string | null): Promise<Review | null> {
      const [row] = await db
        .select()
        .from(reviews)
        .where(
          and(
            eq(reviews.workspaceId, workspaceId),
            eq(reviews.cycle, cycle),
            departmentId === null ? isNull(reviews.departmentId) : eq(reviews.departmentId, departmentId),
          ),
        )
      return row ? review(row) : null
    },
    /** All of a workspace, the last quarter first and the company's in front. */
    async list(workspaceId: string): Promise<ListedReview[]> {
      const rows = await db
        .select(listed)
        .from(reviews)
        .where(eq(reviews.workspaceId, workspaceId))
        .orderBy(desc(reviews.cycle), sql`${reviews.departmentId} nulls first`)
      return rows.map(listedReview)
    },
    async findings(reviewId: string): Promise<Finding[]> {
      const rows = await db
        .select()
        .from(findings)
        .where(and(eq(findings.reviewId, reviewId), eq(findings.removed, false)))
        .orderBy(asc(findings.at), asc(findings.id))
      return rows.map(finding)
    },
    async finding(id: string): Promise<Finding | null> {
      if (!isId('fnd', id)) return null
      const [row] = await db.select().from(findings).where(eq(findings.id, id))
      return row ? finding(row) : null
    },
    async decisions(reviewIds: readonly string[]): Promise<Decision[]> {
      if (reviewIds.length === 0) return []
      const rows = await db
        .select()
        .from(decisions)
        .where(inArray(decisions.reviewId, [...reviewIds]))
        .orderBy(asc(decisions.at), asc(decisions.id))
      return rows.map(decision)
    },
    async decision(id: string): Promise<Decision | null> {
      if (!isId('dcn', id)) return null
      const [row] = await db.select().from(decisions).where(eq(decisions.id, id))
      return row ? decision(row) : null
    },
    /** Everything a workspace decided. */
    async decided(workspaceId: string): Promise<Decision[]> {
      const rows = await db
        .select()
        .from(decisions)
        .where(eq(decisions.workspaceId, workspaceId))
        .orderBy(asc(decisions.at), asc(decisions.id))
      return rows.map(decision)
    },
    /** Every verdict of the closed reviews of a workspace, the oldest quarter first. */
    async verdicts(workspaceId: string): Promise<PastVerdict[]> {
      const rows = await db
        .select({
          about: findings.about,
          verdict: findings.verdict,
          findingId: findings.id,
          reviewId: reviews.id,
          cycle: reviews.cycle,
          departmentId: reviews.departmentId,
          limited: reviews.limited,
          leadId: reviews.leadId,
          participants: reviews.participants,
        })
        .from(findings)
        .innerJoin(reviews, eq(reviews.id, findings.reviewId))
        .where(
          and(eq(reviews.workspaceId, workspaceId), eq(reviews.state, 'closed'), eq(findings.removed, false)),
        )
        .orderBy(asc(reviews.cycle), asc(reviews.closedAt), asc(findings.at), asc(findings.id))
      return rows.flatMap((row) =>
        row.verdict === null
          ? []
          : [
              {
                ...row,
                verdict: row.verdict as Verdict,
                findingId: row.findingId as Id<'fnd'>,
                reviewId: row.reviewId as Id<'rev'>,
                departmentId: row.departmentId as Id<'dep'> | null,
                leadId: row.leadId as Id<'mem'> | null,
                participants: row.participants as Id<'mem'>[],
              },
            ],
      )
    },
  }
}

export function reviewWriter(db: Db) {
  return {
    ...reviewReader(db),
    /** Where a letter about a review goes: present members who want letters, in their language. */
    async letterReaders(
      memberIds: readonly string[],
    ): Promise<readonly { memberId: string; name: string; email: string; locale: string | null }[]> {
      if (memberIds.length === 0) return []
      return db
        .select({ memberId: members.id, name: users.name, email: users.email, locale: users.locale })
        .from(members)
        .innerJoin(users, eq(users.id, members.userId))
        .where(and(inArray(members.id, [...memberIds]), isNull(members.removedAt), eq(users.mails, true)))
        .orderBy(members.id)
    },
    /** The review held until the transaction ends. */
    async lock(id: string): Promise<Review | null> {
      if (!isId('rev', id)) return null
      const [row] = await db.select().from(reviews).where(eq(reviews.id, id)).for('update')
      return row ? review(row) : null
    },
    /** Adds a review with the empty document of its notes. */
    async add(row: Review): Promise<void> {
      await db.insert(documents).values({ id: row.documentId, workspaceId: row.workspaceId })
      await db.insert(reviews).values(written(row))
    },
    async save(row: Review): Promise<void> {
      const { id, ...rest } = written(row)
      await db.update(reviews).set(rest).where(eq(reviews.id, id))
    },
    async bumpDocument(documentId: string): Promise<void> {
      await db
        .update(documents)
        .set({ accessRevision: sql`${documents.accessRevision} + 1` })
        .where(eq(documents.id, documentId))
    },
    async lockFinding(id: string): Promise<Finding | null> {
      if (!isId('fnd', id)) return null
      const [row] = await db.select().from(findings).where(eq(findings.id, id)).for('update')
      return row ? finding(row) : null
    },
    async addFinding(row: Finding): Promise<void> {
      await db.insert(findings).values(mutable(row))
    },
    async saveFinding(row: Finding): Promise<void> {
      const { id, ...rest } = mutable(row)
      await db.update(findings).set(rest).where(eq(findings.id, id))
    },
    async lockDecision(id: string): Promise<Decision | null> {
      if (!isId('dcn', id)) return null
      const [row] = await db.select().from(decisions).where(eq(decisions.id, id)).for('update')
      return row ? decision(row) : null
    },
    async addDecision(row: Decision): Promise<void> {
      await db.insert(decisions).values(row)
    },
    async saveDecision({ id, ...row }: Decision): Promise<void> {
      await db.update(decisions).set(row).where(eq(decisions.id, id))
    },
    /** Its recap is not to be mailed: it closed somewhere else, long ago. */
    async markMailed(id: string, at: Date): Promise<void> {
      await db.update(reviews).set({ mailedAt: at }).where(eq(reviews.id, id))
    },
    /** Takes closed reviews whose recap has not left: each is handed to one taker. */
    async takeUnmailed(at: Date, since: Date): Promise<Review[]> {
      const rows = await db
        .update(reviews)
        .set({ mailedAt: at })
        .where(
          and(
            eq(reviews.state, 'closed'),
            isNull(reviews.mailedAt),
            sql`${reviews.closedAt} >= ${since.toISOString()}`,
          ),
        )
        .returning()
      return rows.map(review)
    },
  }
}

function mutable(row: Finding): typeof findings.$inferSelect {
  return { ...row, about: [...row.about], agree: [...row.agree] }
}
