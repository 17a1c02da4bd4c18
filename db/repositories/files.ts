import { eq, sql } from 'drizzle-orm'
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

export function fileReader(db: Db) {
  return {
    async find(id: string): Promise<FileRow | null> {
      // Not for speed: a zero byte in a text makes PostgreSQL refuse the whole statement.
      if (!isId('fil', id)) return null
      const [row] = await db.select().from(files).where(eq(files.id, id))
      if (!row) return null
      return {
        ...row,
        id: row.id as Id<'fil'>,
        workspaceId: row.workspaceId as Id<'ws'>,
        strategyId: row.strategyId as Id<'str'> | null,
        uploadedBy: row.uploadedBy as Id<'mem'>,
      }
    },
    /** Bytes a workspace keeps, for its quota. */
    async total(workspaceId: string): Promise<number> {
      const [row] = await db
        .select({ n: sql<string>`coalesce(sum(${files.size}), 0)` })
        .from(files)
        .where(eq(files.workspaceId, workspaceId))
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
