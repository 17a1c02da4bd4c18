import { and, eq, gte, isNotNull, isNull, lt, lte, ne, or, sql } from 'drizzle-orm'
import type { DayText } from '@/lib/domain/day-text'
import type { ReviewState } from '@/lib/domain/review'
import type { Id } from '@/lib/kit/ids'
import type { Db } from '../database'
import {
  activities,
  boardColumns,
  boards,
  decisions,
  impactAnswers,
  impacts,
  proposals,
  reminders,
  reviews,
  workspaces,
} from '../schema'

/** Between these days, both included. */
interface Window {
  readonly from: DayText
  readonly to: DayText
}

/** Nobody is reminded of invented work, nor of what was deleted. */
const alive = and(isNull(workspaces.deletedAt), eq(workspaces.sample, false))

export function reminderReader(db: Db) {
  return {
    /** Reviews in preparation that are held within the window. */
    async reviews({ from, to }: Window) {
      const rows = await db
        .select({
          workspaceId: reviews.workspaceId,
          id: reviews.id,
          state: reviews.state,
          heldOn: reviews.heldOn,
          leadId: reviews.leadId,
          participants: reviews.participants,
          prepared: reviews.prepared,
        })
        .from(reviews)
        .innerJoin(workspaces, eq(workspaces.id, reviews.workspaceId))
        .where(and(alive, eq(reviews.state, 'preparing'), gte(reviews.heldOn, from), lte(reviews.heldOn, to)))
      return rows.map((row) => ({
        workspaceId: row.workspaceId as Id<'ws'>,
        id: row.id as Id<'rev'>,
        state: row.state as ReviewState,
        heldOn: row.heldOn ?? from,
        leadId: row.leadId as Id<'mem'> | null,
        participants: row.participants as Id<'mem'>[],
        prepared: row.prepared as Id<'mem'>[],
      }))
    },
    /** Unfinished activities that are due within the window. */
    async activities({ from, to }: Window) {
      const rows = await db
        .select({
          workspaceId: activities.workspaceId,
          id: activities.id,
          boardId: activities.boardId,
          ownerId: activities.ownerId,
          helpers: activities.helpers,
          due: activities.due,
        })
        .from(activities)
        .innerJoin(workspaces, eq(workspaces.id, activities.workspaceId))
        .innerJoin(boardColumns, eq(boardColumns.id, activities.columnId))
        .where(
          and(
            alive,
            eq(activities.status, 'active'),
            ne(boardColumns.phase, 'act'),
            sql`${activities.halt} is distinct from 'stopped'`,
            gte(activities.due, from),
            lte(activities.due, to),
          ),
        )
      return rows.map((row) => ({
        workspaceId: row.workspaceId as Id<'ws'>,
        id: row.id as Id<'act'>,
        boardId: row.boardId as Id<'brd'>,
        ownerId: row.ownerId as Id<'mem'> | null,
        helpers: row.helpers as Id<'mem'>[],
        due: row.due ?? from,
      }))
    },
    /**
     * Decisions due within the window that are still to be followed: not done or left aside by hand, and no proposal that
     * was decided meanwhile. Of a card its own day reminds.
     */
    async decisions({ from, to }: Window) {
      const rows = await db
        .select({
          workspaceId: decisions.workspaceId,
          id: decisions.id,
          reviewId: decisions.reviewId,
          ownerId: decisions.ownerId,
          due: decisions.due,
        })
        .from(decisions)
        .innerJoin(workspaces, eq(workspaces.id, decisions.workspaceId))
        .leftJoin(proposals, sql`${proposals.id} = ${decisions.effect} -> 'way' ->> 'proposalId'`)
        .where(
          and(
            alive,
            isNotNull(decisions.ownerId),
            gte(decisions.due, from),
            lte(decisions.due, to),
            sql`${decisions.effect} ->> 'kind' <> 'activity'`,
            sql`not (${decisions.fateBy} is not null and ${decisions.fate} in ('done', 'ignored'))`,
            or(isNull(proposals.id), eq(proposals.state, 'open')),
          ),
        )
      return rows.map((row) => ({
        workspaceId: row.workspaceId as Id<'ws'>,
        id: row.id as Id<'dcn'>,
        reviewId: row.reviewId as Id<'rev'>,
        ownerId: row.ownerId as Id<'mem'>,
        due: row.due ?? from,
      }))
    },
    /** Questions asked within the window that nobody has answered, of work that goes on. */
    async questions({ from, to }: { readonly from: Date; readonly to: Date }) {
      const rows = await db
        .select({
          workspaceId: impacts.workspaceId,
          impactId: impacts.id,
          at: impacts.at,
          activityId: activities.id,
          boardId: activities.boardId,
          departmentId: boards.departmentId,
          ownerId: activities.ownerId,
        })
        .from(impactAnswers)
        .innerJoin(impacts, eq(impacts.id, impactAnswers.impactId))
        .innerJoin(workspaces, eq(workspaces.id, impacts.workspaceId))
        .innerJoin(activities, eq(activities.id, impactAnswers.activityId))
        .innerJoin(boards, eq(boards.id, activities.boardId))
        .innerJoin(boardColumns, eq(boardColumns.id, activities.columnId))
        .where(
          and(
            alive,
            isNull(impactAnswers.answer),
            eq(activities.status, 'active'),
            ne(boardColumns.phase, 'act'),
            sql`${activities.halt} is distinct from 'stopped'`,
            gte(impacts.at, from),
            lte(impacts.at, to),
          ),
        )
      return rows.map((row) => ({
        workspaceId: row.workspaceId as Id<'ws'>,
        impactId: row.impactId as Id<'imp'>,
        at: row.at,
        activityId: row.activityId as Id<'act'>,
        boardId: row.boardId as Id<'brd'>,
        departmentId: row.departmentId as Id<'dep'>,
        ownerId: row.ownerId as Id<'mem'> | null,
      }))
    },
  }
}

export function reminderWriter(db: Db) {
  return {
    ...reminderReader(db),
    /** Takes those of which nobody has been reminded: what one node has taken, another does not get. */
    async take<R extends { readonly to: Id<'mem'>; readonly key: string }>(
      wanted: readonly R[],
      at: Date,
    ): Promise<R[]> {
      const taken = new Set<string>()
      for (let from = 0; from < wanted.length; from += 1_000) {
        const rows = await db
          .insert(reminders)
          .values(wanted.slice(from, from + 1_000).map(({ to, key }) => ({ memberId: to, key, at })))
          .onConflictDoNothing()
          .returning({ memberId: reminders.memberId, key: reminders.key })
        for (const { memberId, key } of rows) taken.add(`${memberId} ${key}`)
      }
      return wanted.filter(({ to, key }) => taken.has(`${to} ${key}`))
    },
    /** Long past: none of these days comes again. */
    async sweep(before: Date): Promise<void> {
      await db.delete(reminders).where(lt(reminders.at, before))
    },
  }
}
