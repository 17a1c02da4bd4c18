import { and, asc, eq } from 'drizzle-orm'
import type { SignOff } from '@/lib/domain/sign-off'
import type { Id } from '@/lib/kit/ids'
import type { Db } from '../database'
import { signOffs, versions } from '../schema'

export function signOffReader(db: Db) {
  return {
    /** The earliest first, with the number of the version that was signed. */
    async ofStrategy(strategyId: string): Promise<(SignOff & { readonly version: number })[]> {
      const rows = await db
        .select({ row: signOffs, version: versions.number })
        .from(signOffs)
        .innerJoin(versions, eq(versions.id, signOffs.versionId))
        .where(eq(signOffs.strategyId, strategyId))
        .orderBy(asc(signOffs.at))
      return rows.map(({ row, version }) => ({
        strategyId: row.strategyId as Id<'str'>,
        memberId: row.memberId as Id<'mem'>,
        versionId: row.versionId as Id<'ver'>,
        wording: row.wording,
        at: row.at,
        version,
      }))
    },
  }
}

export function signOffWriter(db: Db) {
  return {
    ...signOffReader(db),
    async sign(row: SignOff): Promise<void> {
      const { versionId, wording, at } = row
      await db
        .insert(signOffs)
        .values(row)
        .onConflictDoUpdate({
          target: [signOffs.strategyId, signOffs.memberId],
          set: { versionId, wording, at },
        })
    },
    async takeBack(strategyId: string, memberId: string): Promise<void> {
      await db
        .delete(signOffs)
        .where(and(eq(signOffs.strategyId, strategyId), eq(signOffs.memberId, memberId)))
    },
  }
}
