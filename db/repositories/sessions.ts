import { and, desc, eq, gt, isNull, lt, ne, or, sql } from 'drizzle-orm'
import type { User } from '@/lib/domain/user'
import type { Id } from '@/lib/kit/ids'
import type { Db } from '../database'
import { sessions, users } from '../schema'
import { user } from './users'

/** One signing-in on one device, as its user may see it. */
export interface Session {
  readonly id: Id<'ses'>
  readonly userId: Id<'usr'>
  readonly userAgent: string
  readonly address: string
  readonly createdAt: Date
  readonly seenAt: Date
  readonly expiresAt: Date
}

function session(row: typeof sessions.$inferSelect): Session {
  return {
    id: row.id as Id<'ses'>,
    userId: row.userId as Id<'usr'>,
    userAgent: row.userAgent,
    address: row.address,
    createdAt: row.createdAt,
    seenAt: row.seenAt,
    expiresAt: row.expiresAt,
  }
}

const counts = (now: Date) => and(isNull(sessions.revokedAt), gt(sessions.expiresAt, now))

export function sessionReader(db: Db) {
  return {
    /** The session and its user, while it counts. */
    async current(id: string, userId: string, now: Date): Promise<{ session: Session; user: User } | null> {
      const [row] = await db
        .select({ session: sessions, user: users })
        .from(sessions)
        .innerJoin(users, eq(users.id, sessions.userId))
        .where(and(eq(sessions.id, id), eq(sessions.userId, userId), counts(now)))
      return row ? { session: session(row.session), user: user(row.user) } : null
    },
    /** Those of these sessions that count, each with its user. */
    async allCurrent(ids: readonly string[], now: Date): Promise<{ session: Session; user: User }[]> {
      const wanted = sql`array(select jsonb_array_elements_text(${JSON.stringify(ids)}::text::jsonb))`
      const rows = await db
        .select({ session: sessions, user: users })
        .from(sessions)
        .innerJoin(users, eq(users.id, sessions.userId))
        .where(and(sql`${sessions.id} = any(${wanted})`, counts(now)))
      return rows.map((row) => ({ session: session(row.session), user: user(row.user) }))
    },
    /** All that count, the last seen first. */
    async list(userId: string, now: Date): Promise<Session[]> {
      const rows = await db
        .select()
        .from(sessions)
        .where(and(eq(sessions.userId, userId), counts(now)))
        .orderBy(desc(sessions.seenAt), desc(sessions.id))
      return rows.map(session)
    },
  }
}

export function sessionWriter(db: Db) {
  return {
    ...sessionReader(db),
    async add(row: Session): Promise<void> {
      await db.insert(sessions).values(row)
    },
    /** Seen now, and good until then. A session that was revoked meanwhile stays revoked. */
    async touch(id: string, seenAt: Date, expiresAt: Date): Promise<void> {
      await db
        .update(sessions)
        .set({ seenAt, expiresAt })
        .where(and(eq(sessions.id, id), lt(sessions.seenAt, seenAt)))
    },
    /** Ends one session of the user. False when it is not theirs or has ended. */
    async revoke(id: string, userId: string, now: Date): Promise<boolean> {
      const ended = await db
        .update(sessions)
        .set({ revokedAt: now })
        .where(and(eq(sessions.id, id), eq(sessions.userId, userId), isNull(sessions.revokedAt)))
        .returning({ id: sessions.id })
      return ended.length > 0
    },
    /** Ends all sessions of the user, or all but one. Answers which. */
    async revokeAll(userId: string, now: Date, except?: string): Promise<Id<'ses'>[]> {
      const ended = await db
        .update(sessions)
        .set({ revokedAt: now })
        .where(
          and(
            eq(sessions.userId, userId),
            isNull(sessions.revokedAt),
            except === undefined ? undefined : ne(sessions.id, except),
          ),
        )
        .returning({ id: sessions.id })
      return ended.map((row) => row.id as Id<'ses'>)
    },
    /** Removes what ended before `moment`. */
    async sweep(moment: Date): Promise<void> {
      await db.delete(sessions).where(or(lt(sessions.expiresAt, moment), lt(sessions.revokedAt, moment)))
    },
  }
}
