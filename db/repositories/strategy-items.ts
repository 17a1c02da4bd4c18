import { and, asc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Language } from '@/lib/domain/language'
import { changesOf, type ItemKind, type ProjectedItem, type StrategyItem } from '@/lib/domain/strategy-item'
import type { Id } from '@/lib/kit/ids'
import type { Db } from '../database'
import { documents, itemCodes, projections, strategies, strategyItems } from '../schema'

/** Whose items a document holds, and how far the rows are. */
export interface Projected {
  readonly strategyId: Id<'str'>
  readonly workspaceId: Id<'ws'>
  readonly language: Language
  /** 0: never. */
  readonly seq: number
}

export type ItemRow = ProjectedItem & { readonly hash: string }

const item = ({ itemId, hash: _hash, ...row }: typeof strategyItems.$inferSelect): StrategyItem => ({
  ...row,
  id: itemId as Id<'itm'>,
  strategyId: row.strategyId as Id<'str'>,
  kind: row.kind as ItemKind,
})

export function strategyItemReader(db: Db) {
  return {
    /** The items of a strategy in reading order; `removed`: those that left it, instead. */
    async list(strategyId: string, options: { readonly removed?: boolean } = {}): Promise<StrategyItem[]> {
      const gone = options.removed ? isNotNull(strategyItems.removedAt) : isNull(strategyItems.removedAt)
      const rows = await db
        .select()
        .from(strategyItems)
        .where(and(eq(strategyItems.strategyId, strategyId), gone))
        .orderBy(asc(strategyItems.position), asc(strategyItems.itemId))
      return rows.map(item)
    },
    /** Which of these are items of any strategy of the workspace, and still there. */
    async known(workspaceId: string, ids: readonly string[]): Promise<ReadonlySet<string>> {
      const rows = await db
        .select({ id: strategyItems.itemId })
        .from(strategyItems)
        .innerJoin(strategies, eq(strategies.id, strategyItems.strategyId))
        .where(
          and(
            eq(strategies.workspaceId, workspaceId),
            inArray(strategyItems.itemId, [...ids]),
            isNull(strategyItems.removedAt),
          ),
        )
      return new Set(rows.map(({ id }) => id))
    },
    /** Every code that was ever given, and to which item. */
    async codes(strategyId: string): Promise<Map<string, string>> {
      const rows = await db
        .select({ code: itemCodes.code, id: itemCodes.itemId })
        .from(itemCodes)
        .where(eq(itemCodes.strategyId, strategyId))
        .orderBy(asc(itemCodes.code))
      return new Map(rows.map(({ code, id }) => [code, id]))
    },
    /** Null: no strategy's document. */
    async projected(documentId: string): Promise<Projected | null> {
      const [row] = await db
        .select({
          strategyId: strategies.id,
          workspaceId: strategies.workspaceId,
          language: strategies.language,
          seq: projections.seq,
        })
        .from(strategies)
        .leftJoin(projections, eq(projections.documentId, strategies.documentId))
        .where(eq(strategies.documentId, documentId))
      return row
        ? {
            strategyId: row.strategyId as Id<'str'>,
            workspaceId: row.workspaceId as Id<'ws'>,
            language: row.language as Language,
            seq: row.seq ?? 0,
          }
        : null
    },
    /** Documents of strategies whose rows are behind, or were read by older code. */
    async behind(version: number): Promise<string[]> {
      const rows = await db
        .select({ id: documents.id })
        .from(documents)
        .innerJoin(strategies, eq(strategies.documentId, documents.id))
        .leftJoin(projections, eq(projections.documentId, documents.id))
        .where(sql`${documents.seq} > coalesce(${projections.seq}, 0) or ${projections.version} < ${version}`)
        .orderBy(asc(documents.id))
      return rows.map(({ id }) => id)
    },
    /** Documents of all strategies. */
    async documents(): Promise<string[]> {
      const rows = await db.select({ id: strategies.documentId }).from(strategies).orderBy(asc(strategies.id))
      return rows.map(({ id }) => id)
    },
    async documentOf(strategyId: string): Promise<string | null> {
      const [row] = await db
        .select({ id: strategies.documentId })
        .from(strategies)
        .where(eq(strategies.id, strategyId))
      return row?.id ?? null
    },
  }
}

/** Rows of one statement: PostgreSQL takes 65,535 parameters. */
const AT_ONCE = 2_000

export function strategyItemWriter(db: Db) {
  return {
    ...strategyItemReader(db),
    /**
     * Makes the rows of a strategy those of its document at `seq`. Answers how many rows were written, and of the kinds
     * asked for what the changed ones said before; null when they are of a later seq already: another node was faster.
     */
    async project(
      of: {
        readonly strategyId: string
        readonly documentId: string
        readonly seq: number
        readonly version: number
        readonly remember?: readonly ItemKind[]
      },
      items: readonly ItemRow[],
      at: Date,
    ): Promise<{
      readonly written: number
      readonly moved: boolean
      readonly before: readonly StrategyItem[]
    } | null> {
      const { strategyId, documentId, seq, version } = of
      await db.insert(projections).values({ documentId, seq: 0, version }).onConflictDoNothing()
      const [head] = await db
        .select()
        .from(projections)
        .where(eq(projections.documentId, documentId))
        .for('update')
      if (!head || head.seq > seq) return null
      await db.update(projections).set({ seq, version }).where(eq(projections.documentId, documentId))
      const known = new Map(
        (
          await db
            .select({
              id: strategyItems.itemId,
              hash: strategyItems.hash,
              removedAt: strategyItems.removedAt,
            })
            .from(strategyItems)
            .where(eq(strategyItems.strategyId, strategyId))
        ).map((row) => [row.id, row]),
      )
      const { changed, gone } = changesOf(known, items)
      const there = (id: string) => known.get(id)?.removedAt === null
      const other = changed.flatMap(({ id, kind }) => (there(id) && of.remember?.includes(kind) ? [id] : []))
      const before =
        other.length === 0
          ? []
          : (
              await db
                .select()
                .from(strategyItems)
                .where(and(eq(strategyItems.strategyId, strategyId), inArray(strategyItems.itemId, other)))
            ).map(item)
      for (let from = 0; from < changed.length; from += AT_ONCE) {
        const values = changed.slice(from, from + AT_ONCE).map(({ id, ...row }) => ({
          ...row,
          refs: [...row.refs],
          itemId: id,
          strategyId,
          seq,
          removedAt: null,
        }))
        await db
          .insert(strategyItems)
          .values(values)
          .onConflictDoUpdate({
            target: [strategyItems.strategyId, strategyItems.itemId],
            set: {
              kind: sql`excluded.kind`,
              code: sql`excluded.code`,
              chapter: sql`excluded.chapter`,
              position: sql`excluded.position`,
              title: sql`excluded.title`,
              text: sql`excluded.text`,
              fields: sql`excluded.fields`,
              details: sql`excluded.details`,
              refs: sql`excluded.refs`,
              hash: sql`excluded.hash`,
              seq: sql`excluded.seq`,
              removedAt: null,
            },
          })
      }
      const codes = changed.flatMap(({ id, code }) =>
        code === null ? [] : [{ strategyId, code, itemId: id }],
      )
      // Whoever had it first keeps it.
      if (codes.length > 0) await db.insert(itemCodes).values(codes).onConflictDoNothing()
      if (gone.length > 0) {
        await db
          .update(strategyItems)
          .set({ removedAt: at, seq })
          .where(and(eq(strategyItems.strategyId, strategyId), inArray(strategyItems.itemId, [...gone])))
      }
      return {
        written: changed.length + gone.length,
        before,
        moved: gone.length > 0 || changed.some(({ id }) => !there(id)),
      }
    },
  }
}
