import { and, eq, inArray, sql } from 'drizzle-orm'
import { type Id, isId } from '@/lib/kit/ids'
import type { Db } from '../database'
import { files } from '../schema'

export interface FileRow {
  readonly id: Id<'fil'>
  readonly workspaceId: Id<'ws'>
  readonly strategyId: Id<'str'> | null
  readonly uploadedBy: Id<'mem'>
  readonly name: string
  readonly type: string
  /** Bytes. */
  readonly size: number
  readonly sha256: string
  /** Pixels. */
  readonly width: number
  readonly height: number
}

function fileRow(row: typeof files.$inferSelect): FileRow {
  const { createdAt: _, ...file } = row
  return {
    ...file,
    id: file.id as Id<'fil'>,
    workspaceId: file.workspaceId as Id<'ws'>,
    strategyId: file.strategyId as Id<'str'> | null,
    uploadedBy: file.uploadedBy as Id<'mem'>,
  }
}

export function fileReader(db: Db) {
  return {
    async find(id: string): Promise<FileRow | null> {
      // Not for speed: a zero byte in a text makes PostgreSQL refuse the whole statement.
      if (!isId('fil', id)) return null
      const [row] = await db.select().from(files).where(eq(files.id, id))
      return row ? fileRow(row) : null
    },
    /** Those of the ids that are files of the workspace. */
    async among(workspaceId: string, ids: readonly string[]): Promise<FileRow[]> {
      const known = ids.filter((id) => isId('fil', id))
      if (known.length === 0) return []
      const rows = await db
        .select()
        .from(files)
        .where(and(eq(files.workspaceId, workspaceId), inArray(files.id, known)))
      return rows.map(fileRow)
    },
    /** Bytes a workspace keeps, for its quota. What several strategies show lies there once, and counts once. */
    async total(workspaceId: string): Promise<number> {
      const [row] = await db
        .select({ n: sql<string>`coalesce(sum(size), 0)` })
        .from(
          db
            .selectDistinct({ size: files.size, sha256: files.sha256 })
            .from(files)
            .where(eq(files.workspaceId, workspaceId))
            .as('kept'),
        )
      return Number(row?.n ?? 0)
    },
  }
}

export function fileWriter(db: Db) {
  return {
    ...fileReader(db),
    async add(row: FileRow): Promise<void> {
      await db.insert(files).values(row)
    },
  }
}
