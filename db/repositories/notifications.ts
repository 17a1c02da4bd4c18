import { and, count, desc, eq, inArray, isNotNull, isNull, lt, or, type SQL, sql } from 'drizzle-orm'
import { isLanguage, type Language } from '@/lib/domain/language'
import { decisionKinds, type Notification, type NotificationKind } from '@/lib/domain/notification'
import type { Role } from '@/lib/domain/role'
import type { Access, StrategyStatus } from '@/lib/domain/strategy-access'
import type { Id } from '@/lib/kit/ids'
import type { Db } from '../database'
import { members, notifications, strategies, strategyAccess, threads, users, workspaces } from '../schema'
import { type Notified, notified } from './notified'

type Row = typeof notifications.$inferSelect

function notification(row: Row): Notification {
  return {
    id: row.id as Id<'ntf'>,
    workspaceId: row.workspaceId as Id<'ws'>,
    memberId: row.memberId as Id<'mem'>,
    strategyId: row.strategyId as Id<'str'> | null,
    boardId: row.boardId as Id<'brd'> | null,
    reviewId: row.reviewId as Id<'rev'> | null,
    activityId: row.activityId as Id<'act'> | null,
    saidId: row.saidId as Id<'com'> | null,
    subjectId: row.subjectId,
    threadId: row.threadId as Id<'thr'> | null,
    commentId: row.commentId as Id<'com'> | null,
    kind: row.kind as NotificationKind,
    by: row.byMember as Id<'mem'> | null,
    createdAt: row.createdAt,
    readAt: row.readAt,
  }
}

/** What one member is to be told about one strategy, about all boards or about all reviews, and whether they may still be told. */
export interface Pending {
  readonly memberId: Id<'mem'>
  readonly notifications: readonly Notification[]
  readonly reader: {
    readonly role: Role
    readonly present: boolean
    readonly wantsMail: boolean
    readonly email: string
    readonly name: string
    readonly language: Language | null
  }
  /** Null: it happened on boards, or in reviews. */
  readonly strategy: {
    readonly id: Id<'str'>
    readonly workspaceId: Id<'ws'>
    readonly title: string
    readonly status: StrategyStatus
    readonly given: Access | null
  } | null
  readonly workspace: {
    readonly id: Id<'ws'>
    readonly slug: string
    readonly name: string
    readonly language: Language
    readonly deleted: boolean
  }
}

/** What a member may read now. */
export interface Readable {
  readonly strategyIds: readonly string[]
  readonly boards: boolean
  /** A decision is told to its owner wherever it was taken. */
  readonly reviewIds: readonly string[]
}

function within({ strategyIds, boards, reviewIds }: Readable) {
  const inStrategies = inArray(notifications.strategyId, [...strategyIds])
  const inReviews = and(
    isNotNull(notifications.reviewId),
    or(inArray(notifications.reviewId, [...reviewIds]), inArray(notifications.kind, [...decisionKinds])),
  )
  // Of a list without an entry PostgreSQL would be asked `in ()`; drizzle writes `false`.
  return or(inStrategies, inReviews, boards ? isNotNull(notifications.boardId) : undefined)
}

/** Of a thread that is there for nobody, nobody is told; when it is put back, they are as they were. */
const speakable = sql`not exists (
  select from ${threads} gone where gone.id = ${notifications.threadId} and gone.withdrawn_at is not null)`

export function notificationReader(db: Db) {
  return {
    /** One member's, the newest first, of what they may read now; others are not counted. */
    async list(memberId: string, readable: Readable, limit: number): Promise<Notification[]> {
      const rows = await db
        .select()
        .from(notifications)
        .where(and(eq(notifications.memberId, memberId), within(readable), speakable))
        .orderBy(desc(notifications.createdAt), desc(notifications.id))
        .limit(limit)
      return rows.map(notification)
    },
    /** What they speak of, as it is now. */
    about: (list: readonly Notification[]): Promise<Notified> => notified(db, list),
    async unread(memberId: string, readable: Readable): Promise<number> {
      const [row] = await db
        .select({ n: count() })
        .from(notifications)
        .where(
          and(
            eq(notifications.memberId, memberId),
            isNull(notifications.readAt),
            within(readable),
            speakable,
          ),
        )
      return row?.n ?? 0
    },
    /** What a member was told of one activity and has not read. */
    async waiting(memberId: string, activityId: string): Promise<number> {
      const [row] = await db
        .select({ n: count() })
        .from(notifications)
        .where(
          and(
            eq(notifications.memberId, memberId),
            eq(notifications.activityId, activityId),
            isNull(notifications.readAt),
          ),
        )
      return row?.n ?? 0
    },
    /** Whether a member has something unread about a subject. */
    async waitsAbout(memberId: string, subjectId: string): Promise<boolean> {
      const [row] = await db
        .select({ n: count() })
        .from(notifications)
        .where(
          and(
            eq(notifications.memberId, memberId),
            eq(notifications.subjectId, subjectId),
            isNull(notifications.readAt),
          ),
        )
      return (row?.n ?? 0) > 0
    },
    /** Where a member has been told of something and has not read all of it; both null: on boards, or decided for them. */
    async unreadPlaces(
      memberId: string,
    ): Promise<
      { strategyId: Id<'str'> | null; reviewId: Id<'rev'> | null; decided: boolean; count: number }[]
    > {
      const decided = sql<boolean>`${notifications.kind} in ('decision_assigned', 'decision_due')`
      const rows = await db
        .select({ id: notifications.strategyId, reviewId: notifications.reviewId, decided, n: count() })
        .from(notifications)
        .where(and(eq(notifications.memberId, memberId), isNull(notifications.readAt), speakable))
        .groupBy(notifications.strategyId, notifications.reviewId, decided)
      return rows.map((row) => ({
        strategyId: row.id as Id<'str'> | null,
        reviewId: row.reviewId as Id<'rev'> | null,
        decided: row.decided,
        count: row.n,
      }))
    },
  }
}

export function notificationWriter(db: Db) {
  /** Marks what one member was told about something as read. Answers how many were not. */
  async function markRead(memberId: string, about: SQL, now: Date): Promise<number> {
    const changed = await db
      .update(notifications)
      .set({ readAt: now })
      .where(and(eq(notifications.memberId, memberId), about, isNull(notifications.readAt)))
      .returning({ id: notifications.id })
    return changed.length
  }
  return {
    ...notificationReader(db),
    async add(rows: readonly Notification[]): Promise<void> {
      if (rows.length === 0) return
      await db.insert(notifications).values(rows.map(({ by, ...row }) => ({ ...row, byMember: by })))
    },
    /** Marks as read, or as unread again; only one's own. Answers how many changed. */
    async mark(memberId: string, ids: readonly string[], read: Date | null): Promise<number> {
      if (ids.length === 0) return 0
      const changed = await db
        .update(notifications)
        .set({ readAt: read })
        .where(and(eq(notifications.memberId, memberId), inArray(notifications.id, [...ids])))
        .returning({ id: notifications.id })
      return changed.length
    },
    markAll: (memberId: string, before: Date): Promise<number> =>
      markRead(memberId, sql`${notifications.createdAt} <= ${before.toISOString()}::timestamptz`, before),
    /** Whoever opens a thread has read what it told them. */
    markThread: (memberId: string, threadId: string, now: Date): Promise<number> =>
      markRead(memberId, eq(notifications.threadId, threadId), now),
    /** Whoever opens an activity has read what it told them. */
    markActivity: (memberId: string, activityId: string, now: Date): Promise<number> =>
      markRead(memberId, eq(notifications.activityId, activityId), now),
    /** Whoever opens a review has read what it told them. */
    markReview: (memberId: string, reviewId: string, now: Date): Promise<number> =>
      markRead(memberId, eq(notifications.reviewId, reviewId), now),
    /**
     * Takes back what nobody has read or been mailed yet, because something newer of its kind comes or it is undone.
     * `about`: an activity, or what hangs on one. Answers whose inboxes changed.
     */
    async takeBack(given: {
      readonly about:
        | { readonly activityIds: readonly string[] }
        | { readonly subjectId: string }
        | { readonly reviewId: string }
      readonly by: string | null
      readonly kinds: readonly NotificationKind[]
    }): Promise<Id<'mem'>[]> {
      const { about, by, kinds } = given
      if ('activityIds' in about && about.activityIds.length === 0) return []
      const gone = await db
        .delete(notifications)
        .where(
          and(
            'subjectId' in about
              ? eq(notifications.subjectId, about.subjectId)
              : 'reviewId' in about
                ? eq(notifications.reviewId, about.reviewId)
                : inArray(notifications.activityId, [...about.activityIds]),
            by === null ? undefined : eq(notifications.byMember, by),
            inArray(notifications.kind, [...kinds]),
            isNull(notifications.readAt),
            isNull(notifications.mailedAt),
          ),
        )
        .returning({ memberId: notifications.memberId })
      return gone.map((row) => row.memberId as Id<'mem'>)
    },
    /**
     * Takes what is due for letters: whole groups of one member and one strategy (or all boards, or all reviews) to which nothing was
     * added since `quietSince`, or whose first is older than `latest`. Taken is taken: another node does not get it again.
     */
    async takeDue(quietSince: Date, latest: Date, now: Date): Promise<Pending[]> {
      const taken = await db.execute<{ id: string }>(sql`
        with due as (
          select member_id, strategy_id, board_id is null as off from ${notifications}
          where mailed_at is null and read_at is null and ${speakable}
          group by member_id, strategy_id, board_id is null
          having max(created_at) <= ${quietSince.toISOString()}::timestamptz
            or min(created_at) <= ${latest.toISOString()}::timestamptz
        )
        update ${notifications} n set mailed_at = ${now.toISOString()}::timestamptz
        from due
        where n.member_id = due.member_id and n.strategy_id is not distinct from due.strategy_id
          and (n.board_id is null) = due.off
          and n.mailed_at is null and n.read_at is null
          and not exists (select from ${threads} gone where gone.id = n.thread_id and gone.withdrawn_at is not null)
        returning n.id`)
      const ids = taken.map((row) => row.id)
      if (ids.length === 0) return []
      const rows = await db
        .select({
          row: notifications,
          role: members.role,
          removedAt: members.removedAt,
          mails: users.mails,
          email: users.email,
          name: users.name,
          locale: users.locale,
          title: strategies.title,
          status: strategies.status,
          given: strategyAccess.level,
          slug: workspaces.slug,
          workspaceName: workspaces.name,
          language: workspaces.language,
          deletedAt: workspaces.deletedAt,
        })
        .from(notifications)
        .innerJoin(members, eq(members.id, notifications.memberId))
        .innerJoin(users, eq(users.id, members.userId))
        .leftJoin(strategies, eq(strategies.id, notifications.strategyId))
        .innerJoin(workspaces, eq(workspaces.id, notifications.workspaceId))
        .leftJoin(
          strategyAccess,
          and(
            eq(strategyAccess.strategyId, notifications.strategyId),
            eq(strategyAccess.memberId, notifications.memberId),
          ),
        )
        .where(inArray(notifications.id, ids))
        .orderBy(notifications.createdAt, notifications.id)
      const groups = new Map<string, Pending & { notifications: Notification[] }>()
      for (const one of rows) {
        const key = `${one.row.memberId} ${one.row.strategyId ?? (one.row.boardId === null ? 'reviews' : 'boards')}`
        const group = groups.get(key) ?? {
          memberId: one.row.memberId as Id<'mem'>,
          notifications: [],
          reader: {
            role: one.role as Role,
            present: one.removedAt === null,
            wantsMail: one.mails,
            email: one.email,
            name: one.name,
            language: isLanguage(one.locale) ? one.locale : null,
          },
          strategy:
            one.row.strategyId === null
              ? null
              : {
                  id: one.row.strategyId as Id<'str'>,
                  workspaceId: one.row.workspaceId as Id<'ws'>,
                  title: one.title ?? '',
                  status: one.status as StrategyStatus,
                  given: one.given as Access | null,
                },
          workspace: {
            id: one.row.workspaceId as Id<'ws'>,
            slug: one.slug,
            name: one.workspaceName,
            language: one.language as Language,
            deleted: one.deletedAt !== null,
          },
        }
        group.notifications.push(notification(one.row))
        groups.set(key, group)
      }
      return [...groups.values()]
    },
    /** Read long ago: nobody looks for it any more. */
    async sweep(before: Date): Promise<void> {
      await db.delete(notifications).where(lt(notifications.readAt, before))
    },
  }
}
