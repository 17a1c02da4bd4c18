import { and, desc, eq, sql } from 'drizzle-orm'
import type { Language } from '@/lib/domain/language'
import type { Strategy, StrategyForMember } from '@/lib/domain/strategy'
import type { Access, StrategyStatus } from '@/lib/domain/strategy-access'
import { type Id, isId } from '@/lib/kit/ids'
import type { Db } from '../database'
import { documents, strategies, strategyAccess, workspaces } from '../schema'
import { documentWriter } from './documents'

type Row = typeof strategies.$inferSelect

/** The face of whoever wrote last. */
export interface LastWriter {
  readonly userId: Id<'usr'>
  readonly name: string
  readonly image: string | null
}

function strategy(row: Row): Strategy {
  return {
    ...row,
    id: row.id as Id<'str'>,
    workspaceId: row.workspaceId as Id<'ws'>,
    documentId: row.documentId as Id<'doc'>,
    createdBy: row.createdBy as Id<'mem'>,
    language: row.language as Language,
    status: row.status as StrategyStatus,
  }
}

export function strategyReader(db: Db) {
  const forMember = (memberId: string) =>
    db
      .select({ row: strategies, given: strategyAccess.level })
      .from(strategies)
      .leftJoin(
        strategyAccess,
        and(eq(strategyAccess.strategyId, strategies.id), eq(strategyAccess.memberId, memberId)),
      )
  return {
    /** The strategy with what this member was given in it. */
    async find(id: string, memberId: string): Promise<StrategyForMember | null> {
      // Not for speed: a zero byte in a text makes PostgreSQL refuse the whole statement.
      if (!isId('str', id)) return null
      const [found] = await forMember(memberId).where(eq(strategies.id, id))
      return found ? { ...strategy(found.row), given: found.given as Access | null } : null
    },
    /** All strategies of a workspace, the last changed first. */
    async list(workspaceId: string, memberId: string): Promise<StrategyForMember[]> {
      const rows = await forMember(memberId)
        .where(eq(strategies.workspaceId, workspaceId))
        .orderBy(desc(strategies.updatedAt), strategies.id)
      return rows.map((found) => ({ ...strategy(found.row), given: found.given as Access | null }))
    },
    async count(workspaceId: string): Promise<number> {
      const [row] = await db
        .select({ n: sql<number>`count(*)::int` })
        .from(strategies)
        .where(eq(strategies.workspaceId, workspaceId))
      return row?.n ?? 0
    },
    /** When the text of each document of a workspace last changed. */
    async changedAt(workspaceId: string): Promise<ReadonlyMap<string, Date>> {
      const rows = await db
        .select({ id: documents.id, at: documents.changedAt })
        .from(documents)
        .where(eq(documents.workspaceId, workspaceId))
      return new Map(rows.map((row) => [row.id, row.at]))
    },
    /** Who wrote last in each document of a workspace; only what people wrote, not what the server seeded. */
    async lastWriters(workspaceId: string): Promise<ReadonlyMap<string, LastWriter>> {
      // One step into the journal's index per document; history answers where the journal has been trimmed.
      const rows = await db.execute<{ id: string; user_id: string; name: string; image: string | null }>(sql`
        select d.id, u.id as user_id, u.name, u.image
        from ${documents} d
        cross join lateral (
          select coalesce(
            (select j.user_id from journal j where j.document_id = d.id and j.user_id is not null
              order by j.seq desc limit 1),
            (select h.user_id from history_segments h where h.document_id = d.id and h.user_id is not null
              order by h.from_seq desc limit 1)
          ) as user_id
        ) w
        join users u on u.id = w.user_id
        where d.workspace_id = ${workspaceId}`)
      return new Map(
        rows.map((row) => [row.id, { userId: row.user_id as Id<'usr'>, name: row.name, image: row.image }]),
      )
    },
    /** Every member whose access to the strategy differs from the role's. */
    async access(strategyId: string): Promise<{ memberId: Id<'mem'>; level: Access }[]> {
      const rows = await db.select().from(strategyAccess).where(eq(strategyAccess.strategyId, strategyId))
      return rows.map((row) => ({ memberId: row.memberId as Id<'mem'>, level: row.level as Access }))
    },
  }
}

export function strategyWriter(db: Db) {
  return {
    ...strategyReader(db),
    /** The strategy with its row locked until the transaction ends. */
    async lock(id: string, memberId: string): Promise<StrategyForMember | null> {
      if (!isId('str', id)) return null
      await db.select({ id: strategies.id }).from(strategies).where(eq(strategies.id, id)).for('update')
      return strategyReader(db).find(id, memberId)
    },
    /** Adds the strategy and its document with its first content (a Yjs update, V1). */
    async add(
      row: Omit<Strategy, 'revision' | 'createdAt' | 'updatedAt' | 'status'>,
      first: { readonly update: Uint8Array; readonly userId: string },
    ): Promise<Strategy> {
      const { documentId } = row
      await documentWriter(db).add(
        { id: documentId, workspaceId: row.workspaceId },
        { ...first, clientsOf: first.userId },
      )
      const [added] = await db.insert(strategies).values(row).returning()
      if (!added) throw new Error('assertion failed: insert returns its row')
      return strategy(added)
    },
    /** Writes title and status and counts the revision up. */
    async save(changed: Strategy, now: Date): Promise<Strategy> {
      const [row] = await db
        .update(strategies)
        .set({
          title: changed.title,
          status: changed.status,
          updatedAt: now,
          revision: sql`${strategies.revision} + 1`,
        })
        .where(eq(strategies.id, changed.id))
        .returning()
      if (!row) throw new Error('assertion failed: a locked strategy exists')
      return strategy(row)
    },
    /** Makes every grant to the document stale: open connections are judged again before they may append. */
    async bumpDocument(documentId: string): Promise<void> {
      await db
        .update(documents)
        .set({ accessRevision: sql`${documents.accessRevision} + 1` })
        .where(eq(documents.id, documentId))
    },
    async setAccess(strategyId: string, memberId: string, level: Access | null): Promise<void> {
      if (level === null) {
        await db
          .delete(strategyAccess)
          .where(and(eq(strategyAccess.strategyId, strategyId), eq(strategyAccess.memberId, memberId)))
        return
      }
      await db
        .insert(strategyAccess)
        .values({ strategyId, memberId, level })
        .onConflictDoUpdate({ target: [strategyAccess.strategyId, strategyAccess.memberId], set: { level } })
    },
    async makeCurrent(workspaceId: string, strategyId: string): Promise<void> {
      await db.update(workspaces).set({ currentStrategyId: strategyId }).where(eq(workspaces.id, workspaceId))
    },
  }
}
