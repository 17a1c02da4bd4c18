import { and, asc, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { AcceptedRisk } from '@/lib/domain/coherence/risk'
import type { Impact, ImpactAnswer, ImpactQuestion } from '@/lib/domain/impact'
import type { Serve } from '@/lib/domain/serves'
import { type Id, isId } from '@/lib/kit/ids'
import type { Db } from '../database'
import {
  acceptedRisks,
  activities,
  calendarFeeds,
  impactAnswers,
  impacts,
  members,
  unaskedWords,
} from '../schema'

function impact(row: typeof impacts.$inferSelect): Impact {
  return {
    ...row,
    id: row.id as Id<'imp'>,
    workspaceId: row.workspaceId as Id<'ws'>,
    strategyId: row.strategyId as Id<'str'>,
    serve: row.serve as Serve,
    by: row.by as Id<'mem'>,
  }
}

function question(row: typeof impactAnswers.$inferSelect): ImpactQuestion {
  return {
    ...row,
    impactId: row.impactId as Id<'imp'>,
    activityId: row.activityId as Id<'act'>,
    answer: row.answer as ImpactAnswer | null,
    by: row.by as Id<'mem'> | null,
  }
}

/** Words that moved without anybody having been asked; what they said before. */
export interface Unasked {
  readonly serve: Serve
  readonly was: string
}

export function riskReader(db: Db) {
  return {
    /** Those of a strategy, also such whose day has passed. */
    async list(strategyId: string): Promise<AcceptedRisk[]> {
      const rows = await db
        .select()
        .from(acceptedRisks)
        .where(eq(acceptedRisks.strategyId, strategyId))
        .orderBy(asc(acceptedRisks.itemId))
      return rows.map((row) => ({
        ...row,
        strategyId: row.strategyId as Id<'str'>,
        itemId: row.itemId as Id<'itm'>,
        by: row.by as Id<'mem'>,
      }))
    },
  }
}

export function riskWriter(db: Db) {
  return {
    ...riskReader(db),
    /** The last word counts. */
    async put(risk: AcceptedRisk): Promise<void> {
      const { strategyId, itemId, ...word } = risk
      await db
        .insert(acceptedRisks)
        .values({ strategyId, itemId, ...word })
        .onConflictDoUpdate({ target: [acceptedRisks.strategyId, acceptedRisks.itemId], set: word })
    },
    async remove(strategyId: string, itemId: string): Promise<void> {
      await db
        .delete(acceptedRisks)
        .where(and(eq(acceptedRisks.strategyId, strategyId), eq(acceptedRisks.itemId, itemId)))
    },
  }
}

export function impactReader(db: Db) {
  return {
    /** Those of a strategy, the longest unasked first. */
    async unasked(strategyId: string): Promise<Unasked[]> {
      const rows = await db
        .select({ serve: unaskedWords.serve, was: unaskedWords.was })
        .from(unaskedWords)
        .where(eq(unaskedWords.strategyId, strategyId))
        .orderBy(asc(unaskedWords.at), asc(unaskedWords.serve))
      return rows.map(({ serve, was }) => ({ serve: serve as Serve, was }))
    },
    /**
     * Whether an activity serves it, or what it is felt as. Of a slot, also what serves the whole positioning.
     */
    async hasServants(of: {
      readonly workspaceId: string
      readonly strategyId: string
      readonly itemId: string
      readonly serve: string
    }): Promise<boolean> {
      const rows = await db.execute(sql`
        select 1 from activities a
        where a.workspace_id = ${of.workspaceId} and a.status = 'active' and a.serves && (
          array[${of.itemId}, ${of.serve}]::text[] || array(
            select i.item_id from strategy_items i
            where i.strategy_id = ${of.strategyId} and i.removed_at is null
              and jsonb_exists(i.fields -> 'feltBy', ${of.itemId})
          )
        )
        limit 1`)
      return rows.length > 0
    },
    async find(id: string): Promise<Impact | null> {
      if (!isId('imp', id)) return null
      const [row] = await db.select().from(impacts).where(eq(impacts.id, id))
      return row ? impact(row) : null
    },
    /** The last ones first. */
    async list(workspaceId: string, most = 200): Promise<Impact[]> {
      const rows = await db
        .select()
        .from(impacts)
        .where(eq(impacts.workspaceId, workspaceId))
        .orderBy(desc(impacts.at), desc(impacts.id))
        .limit(most)
      return rows.map(impact)
    },
    /** All questions of the impacts of a workspace, those of trashed activities left out. */
    async questions(workspaceId: string): Promise<ImpactQuestion[]> {
      const rows = await db
        .select({ row: impactAnswers })
        .from(impactAnswers)
        .innerJoin(impacts, eq(impacts.id, impactAnswers.impactId))
        .innerJoin(activities, eq(activities.id, impactAnswers.activityId))
        .where(and(eq(impacts.workspaceId, workspaceId), sql`${activities.status} <> 'trashed'`))
        .orderBy(asc(impacts.at), asc(impactAnswers.activityId))
      return rows.map(({ row }) => question(row))
    },
  }
}

export function impactWriter(db: Db) {
  return {
    ...impactReader(db),
    async add(row: Impact, activityIds: readonly Id<'act'>[]): Promise<void> {
      await db.insert(impacts).values(row)
      for (let from = 0; from < activityIds.length; from += 2_000)
        await db
          .insert(impactAnswers)
          .values(
            activityIds.slice(from, from + 2_000).map((activityId) => ({ impactId: row.id, activityId })),
          )
    },
    /** Keeps what these words said, where nothing older is kept. Words that say so again are no change to whoever reads. */
    async noteMoved(
      strategyId: string,
      moved: readonly { readonly serve: string; readonly was: string }[],
      at: Date,
    ): Promise<void> {
      if (moved.length === 0) return
      await db
        .insert(unaskedWords)
        .values(moved.map(({ serve, was }) => ({ strategyId, serve, was, at })))
        .onConflictDoNothing()
    },
    /** Somebody was asked, or said that nobody need be. */
    async settleWords(strategyId: string, serves: readonly string[]): Promise<void> {
      await db
        .delete(unaskedWords)
        .where(and(eq(unaskedWords.strategyId, strategyId), inArray(unaskedWords.serve, [...serves])))
    },
    async question(impactId: string, activityId: string): Promise<ImpactQuestion | null> {
      const [row] = await db
        .select()
        .from(impactAnswers)
        .where(and(eq(impactAnswers.impactId, impactId), eq(impactAnswers.activityId, activityId)))
        .for('update')
      return row ? question(row) : null
    },
    async answer({ impactId, activityId, ...row }: ImpactQuestion): Promise<void> {
      await db
        .update(impactAnswers)
        .set(row)
        .where(and(eq(impactAnswers.impactId, impactId), eq(impactAnswers.activityId, activityId)))
    },
    /** An older question about the same words is settled by the newer one: nobody answers twice. */
    async supersede(workspaceId: string, serve: string): Promise<void> {
      await db.execute(sql`
        delete from impact_answers a using impacts i
        where i.id = a.impact_id and i.workspace_id = ${workspaceId} and i.serve = ${serve} and a.answer is null`)
    },
  }
}

export function feedReader(db: Db) {
  return {
    async ofMember(memberId: string): Promise<{ readonly createdAt: Date } | null> {
      const [row] = await db
        .select({ createdAt: calendarFeeds.createdAt })
        .from(calendarFeeds)
        .where(eq(calendarFeeds.memberId, memberId))
      return row ?? null
    },
    /** Those of one user, in whichever workspaces. */
    async ofUser(userId: string): Promise<{ readonly workspaceId: Id<'ws'>; readonly createdAt: Date }[]> {
      const rows = await db
        .select({ workspaceId: members.workspaceId, createdAt: calendarFeeds.createdAt })
        .from(calendarFeeds)
        .innerJoin(members, eq(members.id, calendarFeeds.memberId))
        .where(and(eq(members.userId, userId), isNull(members.removedAt)))
      return rows.map((row) => ({ ...row, workspaceId: row.workspaceId as Id<'ws'> }))
    },
    /** Whose feed a token opens. */
    async byToken(tokenHash: string): Promise<Id<'mem'> | null> {
      const [row] = await db
        .select({ memberId: calendarFeeds.memberId })
        .from(calendarFeeds)
        .where(eq(calendarFeeds.tokenHash, tokenHash))
      return (row?.memberId as Id<'mem'> | undefined) ?? null
    },
  }
}

export function feedWriter(db: Db) {
  return {
    ...feedReader(db),
    /** A new token: the old address answers no more. */
    async put(memberId: string, tokenHash: string, createdAt: Date): Promise<void> {
      await db
        .insert(calendarFeeds)
        .values({ memberId, tokenHash, createdAt })
        .onConflictDoUpdate({ target: calendarFeeds.memberId, set: { tokenHash, createdAt } })
    },
    async remove(memberId: string): Promise<void> {
      await db.delete(calendarFeeds).where(eq(calendarFeeds.memberId, memberId))
    },
  }
}
