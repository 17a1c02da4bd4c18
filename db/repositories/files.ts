import { and, eq, inArray, isNull, lt, sql } from 'drizzle-orm'
import { type Id, isId } from '@/lib/kit/ids'
import type { Db } from '../database'
import { files } from '../schema'

export interface FileRow {
  readonly id: Id<'fil'>
  readonly workspaceId: Id<'ws'>
  readonly strategyId: Id<'str'> | null
  readonly activityId: Id<'act'> | null
  readonly uploadedBy: Id<'mem'>
  readonly name: string
  readonly type: string
  /** Bytes. */
  readonly size: number
  readonly sha256: string
  /** Pixels; null: no picture. */
  readonly width: number | null
  readonly height: number | null
  /** Counts the times it was taken off its activity and put back. */
  readonly revision: number
  readonly removedAt: Date | null
  readonly createdAt: Date
}

/** A picture that is not kept for a strategy yet. */
export interface PictureRow
  extends Pick<FileRow, 'id' | 'workspaceId' | 'uploadedBy' | 'name' | 'type' | 'size' | 'sha256'> {
  readonly width: number
  readonly height: number
}

/** Bytes a workspace keeps. */
export interface Kept {
  /** Of what people see. */
  readonly shown: number
  /** With what was taken off and may still be put back. */
  readonly all: number
}

function fileRow(row: typeof files.$inferSelect): FileRow {
  return {
    ...row,
    id: row.id as Id<'fil'>,
    workspaceId: row.workspaceId as Id<'ws'>,
    strategyId: row.strategyId as Id<'str'> | null,
    activityId: row.activityId as Id<'act'> | null,
    uploadedBy: row.uploadedBy as Id<'mem'>,
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
    /** Bytes a workspace keeps, for its quota. What stands in several places lies there once, and counts once. */
    async kept(workspaceId: string): Promise<Kept> {
      const each = db
        .select({ size: files.size, shown: sql<boolean>`bool_or(${files.removedAt} is null)`.as('shown') })
        .from(files)
        .where(eq(files.workspaceId, workspaceId))
        .groupBy(files.sha256, files.size)
        .as('each')
      const [row] = await db
        .select({
          all: sql<string>`coalesce(sum(${each.size}), 0)`,
          shown: sql<string>`coalesce(sum(${each.size}) filter (where ${each.shown}), 0)`,
        })
        .from(each)
      return { shown: Number(row?.shown ?? 0), all: Number(row?.all ?? 0) }
    },
    /** What is attached to an activity, who came first in front. */
    async ofActivity(activityId: string): Promise<FileRow[]> {
      const rows = await db
        .select()
        .from(files)
        .where(and(eq(files.activityId, activityId), isNull(files.removedAt)))
        .orderBy(files.createdAt, files.id)
      return rows.map(fileRow)
    },
    /** Those of the hashes some row still names. */
    async namedHashes(hashes: readonly string[]): Promise<ReadonlySet<string>> {
      if (hashes.length === 0) return new Set()
      const rows = await db
        .selectDistinct({ sha256: files.sha256 })
        .from(files)
        .where(inArray(files.sha256, [...hashes]))
      return new Set(rows.map((row) => row.sha256))
    },
  }
}

export function fileWriter(db: Db) {
  return {
    ...fileReader(db),
    async add(row: PictureRow & { readonly strategyId: Id<'str'> }): Promise<void> {
      await db.insert(files).values(row)
    },
    async attach(rows: readonly FileRow[]): Promise<void> {
      if (rows.length > 0) await db.insert(files).values([...rows])
    },
    async lock(id: string): Promise<FileRow | null> {
      if (!isId('fil', id)) return null
      const [row] = await db.select().from(files).where(eq(files.id, id)).for('update')
      return row ? fileRow(row) : null
    },
    async save({ id, removedAt, revision }: FileRow): Promise<void> {
      await db.update(files).set({ removedAt, revision }).where(eq(files.id, id))
    },
    /** Rows taken off their activity before this moment: nobody brings them back any more. */
    async sweep(before: Date): Promise<void> {
      await db.delete(files).where(lt(files.removedAt, before))
    },
    /**
     * Until the transaction ends nobody else decides about the bytes under this hash: an upload that finds them, and a
     * sweep that deletes what no row names, are one after the other.
     */
    async holdHash(sha256: string): Promise<void> {
      await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`file ${sha256}`}, 0))`)
    },
  }
}
