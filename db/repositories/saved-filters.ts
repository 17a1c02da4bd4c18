import { and, eq, or, sql } from 'drizzle-orm'
import type { SavedFilter } from '@/lib/domain/saved-filter'
import { type Id, isId } from '@/lib/kit/ids'
import type { Db } from '../database'
import { savedFilters } from '../schema'

function savedFilter(row: typeof savedFilters.$inferSelect): SavedFilter {
  return {
    ...row,
    id: row.id as Id<'sfl'>,
    workspaceId: row.workspaceId as Id<'ws'>,
    memberId: row.memberId as Id<'mem'>,
  }
}

export function savedFilterReader(db: Db) {
  return {
    /** A member's own and those that are shared, by name. */
    async list(workspaceId: string, memberId: string): Promise<SavedFilter[]> {
      const rows = await db
        .select()
        .from(savedFilters)
        .where(
          and(
            eq(savedFilters.workspaceId, workspaceId),
            eq(savedFilters.removed, false),
            or(savedFilters.shared, eq(savedFilters.memberId, memberId)),
          ),
        )
        .orderBy(sql`lower(${savedFilters.name})`, savedFilters.id)
      return rows.map(savedFilter)
    },
  }
}

export function savedFilterWriter(db: Db) {
  return {
    ...savedFilterReader(db),
    /** Also one that was removed. */
    async lock(id: string): Promise<SavedFilter | null> {
      if (!isId('sfl', id)) return null
      const [row] = await db.select().from(savedFilters).where(eq(savedFilters.id, id)).for('update')
      return row ? savedFilter(row) : null
    },
    async add(row: SavedFilter): Promise<void> {
      await db.insert(savedFilters).values(row)
    },
    async save({ id, ...row }: SavedFilter): Promise<void> {
      await db.update(savedFilters).set(row).where(eq(savedFilters.id, id))
    },
  }
}
