import { createHash } from 'node:crypto'
import { and, count, desc, eq, gt, isNull, lt, sql } from 'drizzle-orm'
import type { Language } from '@/lib/domain/language'
import type { Role } from '@/lib/domain/role'
import type { Share, ShareStanding } from '@/lib/domain/share'
import type { StrategyStatus } from '@/lib/domain/strategy-access'
import { type Id, isId } from '@/lib/kit/ids'
import type { Db } from '../database'
import { members, shares, shareVisits, strategies, users, versions, workspaces } from '../schema'

/** A share with what decides whether it opens, and what it shows. */
export interface ShareToOpen extends ShareStanding {
  readonly share: Share
  readonly strategy: {
    readonly title: string
    readonly language: Language
    readonly documentId: Id<'doc'>
    readonly status: StrategyStatus
  }
  readonly version: { readonly number: number; readonly at: Date } | null
}

/** A share in the list of its strategy. */
export interface ShareInList extends Share {
  readonly maker: string
  readonly version: { readonly number: number; readonly name: string | null } | null
}

// Nobody guesses 256 bits, so a plain hash is enough: there is nothing to slow down.
function hash(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

// Neither hash leaves the database with the row.
function share({ tokenHash: _, passwordHash, ...row }: typeof shares.$inferSelect): Share {
  return {
    ...row,
    id: row.id as Id<'shr'>,
    workspaceId: row.workspaceId as Id<'ws'>,
    strategyId: row.strategyId as Id<'str'>,
    versionId: row.versionId as Id<'ver'> | null,
    language: row.language as Language,
    createdBy: row.createdBy as Id<'mem'>,
    hasPassword: passwordHash !== null,
  }
}

export function shareReader(db: Db) {
  const whole = () =>
    db
      .select({
        row: shares,
        role: members.role,
        removedAt: members.removedAt,
        status: strategies.status,
        title: strategies.title,
        language: strategies.language,
        documentId: strategies.documentId,
        deletedAt: workspaces.deletedAt,
        number: versions.number,
        at: versions.at,
      })
      .from(shares)
      .innerJoin(members, eq(members.id, shares.createdBy))
      .innerJoin(strategies, eq(strategies.id, shares.strategyId))
      .innerJoin(workspaces, eq(workspaces.id, shares.workspaceId))
      .leftJoin(versions, eq(versions.id, shares.versionId))
  type Found = Awaited<ReturnType<typeof whole>>[number]
  const complete = (found: Found): ShareToOpen => ({
    share: share(found.row),
    maker: { role: found.role as Role, removedAt: found.removedAt },
    strategy: {
      title: found.title,
      language: found.language as Language,
      documentId: found.documentId as Id<'doc'>,
      status: found.status as StrategyStatus,
    },
    version: found.number !== null && found.at !== null ? { number: found.number, at: found.at } : null,
    workspaceDeletedAt: found.deletedAt,
  })
  return {
    /** By the token of its link. */
    async byToken(token: string): Promise<ShareToOpen | null> {
      const [found] = await whole().where(eq(shares.tokenHash, hash(token)))
      return found ? complete(found) : null
    },
    /** The share a browser was let in to, by its cookie. */
    async byVisit(id: string, visit: string, now: Date): Promise<ShareToOpen | null> {
      if (!isId('shr', id)) return null
      const [found] = await whole()
        .innerJoin(shareVisits, eq(shareVisits.shareId, shares.id))
        .where(and(eq(shares.id, id), eq(shareVisits.tokenHash, hash(visit)), gt(shareVisits.expiresAt, now)))
      return found ? complete(found) : null
    },
    async passwordHash(id: string): Promise<string | null> {
      const [row] = await db.select({ hash: shares.passwordHash }).from(shares).where(eq(shares.id, id))
      return row?.hash ?? null
    },
    /** The links of a strategy that were not revoked, the newest first. */
    async ofStrategy(strategyId: string): Promise<ShareInList[]> {
      const rows = await db
        .select({ row: shares, maker: users.name, number: versions.number, name: versions.name })
        .from(shares)
        .innerJoin(members, eq(members.id, shares.createdBy))
        .innerJoin(users, eq(users.id, members.userId))
        .leftJoin(versions, eq(versions.id, shares.versionId))
        .where(and(eq(shares.strategyId, strategyId), isNull(shares.revokedAt)))
        .orderBy(desc(shares.createdAt), desc(shares.id))
      return rows.map(({ row, maker, number, name }) => ({
        ...share(row),
        maker,
        version: number === null ? null : { number, name },
      }))
    },
  }
}

export function shareWriter(db: Db) {
  return {
    ...shareReader(db),
    /** Of the token only a hash is kept. */
    async add({
      token,
      hasPassword: _,
      ...row
    }: Share & { readonly token: string; readonly passwordHash: string | null }): Promise<void> {
      await db.insert(shares).values({ ...row, tokenHash: hash(token) })
    },
    async countOpen(strategyId: string, now: Date): Promise<number> {
      const [row] = await db
        .select({ n: count() })
        .from(shares)
        .where(and(eq(shares.strategyId, strategyId), isNull(shares.revokedAt), gt(shares.expiresAt, now)))
      return row?.n ?? 0
    },
    /** Ends a link and every browser it let in. False when there was none to end. */
    async revoke(id: string, strategyId: string, now: Date): Promise<boolean> {
      if (!isId('shr', id)) return false
      const rows = await db
        .update(shares)
        .set({ revokedAt: now })
        .where(and(eq(shares.id, id), eq(shares.strategyId, strategyId), isNull(shares.revokedAt)))
        .returning({ id: shares.id })
      await db.delete(shareVisits).where(eq(shareVisits.shareId, id))
      return rows.length > 0
    },
    /** Lets a browser in, and counts it. False when the link was revoked or ran out meanwhile. */
    async letIn(
      id: string,
      visit: { readonly token: string; readonly until: Date },
      now: Date,
    ): Promise<boolean> {
      const rows = await db
        .update(shares)
        .set({ opened: sql`${shares.opened} + 1`, openedAt: now })
        .where(and(eq(shares.id, id), isNull(shares.revokedAt), gt(shares.expiresAt, now)))
        .returning({ id: shares.id })
      if (rows.length === 0) return false
      await db
        .insert(shareVisits)
        .values({ tokenHash: hash(visit.token), shareId: id, expiresAt: visit.until })
      return true
    },
    /** Removes visits that ended before `moment`. */
    async sweepVisits(moment: Date): Promise<void> {
      await db.delete(shareVisits).where(lt(shareVisits.expiresAt, moment))
    },
  }
}
