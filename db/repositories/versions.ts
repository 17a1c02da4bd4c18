import { and, arrayContains, desc, eq, ilike, isNotNull, lt, lte, or, type SQL, sql } from 'drizzle-orm'
import type { Version, VersionKind } from '@/lib/domain/version'
import { type Id, isId } from '@/lib/kit/ids'
import type { Db } from '../database'
import { strategies, versions } from '../schema'

/** Everything but the bytes: a list of a thousand versions must not read a thousand documents. */
const plain = {
  id: versions.id,
  strategyId: versions.strategyId,
  number: versions.number,
  kind: versions.kind,
  name: versions.name,
  seq: versions.seq,
  contentHash: versions.contentHash,
  authors: versions.authors,
  words: versions.words,
  restored: versions.restored,
  createdBy: versions.createdBy,
  at: versions.at,
}

type Row = Omit<typeof versions.$inferSelect, 'bytes' | 'checksum'>

function version(row: Row): Version {
  return {
    ...row,
    id: row.id as Id<'ver'>,
    strategyId: row.strategyId as Id<'str'>,
    kind: row.kind as VersionKind,
    authors: row.authors as Id<'usr'>[],
    createdBy: row.createdBy as Id<'mem'> | null,
  }
}

export interface Face {
  readonly id: string
  readonly name: string
  readonly image: string | null
}

export interface VersionFilter {
  /** Only versions below this number. */
  readonly below?: number
  /** Only those this user wrote in. */
  readonly userId?: string
  /** Only those whose name has this in it; upper and lower case are one. */
  readonly name?: string
  readonly named?: boolean
}

/** What a stretch of the journal did: a row, or a merged segment of the history. */
export interface WrittenRow {
  readonly fromSeq: number
  readonly toSeq: number
  readonly userId: string | null
  /** Milliseconds since 1970; for a segment its end. */
  readonly at: number
  readonly bytes: Uint8Array
}

/** The same without its bytes. */
export type WrittenMark = Omit<WrittenRow, 'bytes'> & { readonly size: number }

interface RawMark {
  from_seq: string
  to_seq: string
  user_id: string | null
  at: Date | string
  size: number
}

export function versionReader(db: Db) {
  const of = (strategyId: string, ...more: (SQL | undefined)[]) =>
    db
      .select(plain)
      .from(versions)
      .where(and(eq(versions.strategyId, strategyId), ...more))
      .orderBy(desc(versions.number))
  const faces = async (where: SQL): Promise<Face[]> => {
    const rows = await db.execute<Face & Record<string, unknown>>(
      sql`select u.id, u.name, u.image from users u where ${where} order by u.name, u.id`,
    )
    return rows.map(({ id, name, image }) => ({ id, name, image }))
  }
  return {
    async find(strategyId: string, number: number): Promise<Version | null> {
      const [row] = await of(strategyId, eq(versions.number, number))
      return row ? version(row) : null
    },
    async byId(id: string): Promise<Version | null> {
      if (!isId('ver', id)) return null
      const [row] = await db.select(plain).from(versions).where(eq(versions.id, id))
      return row ? version(row) : null
    },
    async latest(strategyId: string): Promise<Version | null> {
      const [row] = await of(strategyId).limit(1)
      return row ? version(row) : null
    },
    /** The newest first. */
    async page(strategyId: string, filter: VersionFilter, limit: number): Promise<Version[]> {
      const rows = await of(
        strategyId,
        filter.below === undefined ? undefined : lt(versions.number, filter.below),
        filter.userId === undefined ? undefined : arrayContains(versions.authors, [filter.userId]),
        filter.named ? isNotNull(versions.name) : undefined,
        filter.name ? ilike(versions.name, `%${filter.name.replace(/[\\%_]/g, '\\$&')}%`) : undefined,
      ).limit(limit)
      return rows.map(version)
    },
    /** The newest that has a name or a seal. */
    async newestNamed(strategyId: string): Promise<Version | null> {
      const [row] = await of(strategyId, or(isNotNull(versions.name), eq(versions.kind, 'sealed'))).limit(1)
      return row ? version(row) : null
    },
    /** Everybody who ever wrote in a version of it, or writes now. Names stay with the words of those who have left. */
    async people(strategyId: string, documentId: string): Promise<Face[]> {
      return faces(
        sql`u.id in (select unnest(authors) from ${versions} where strategy_id = ${strategyId}
          union select user_id from journal where document_id = ${documentId})`,
      )
    },
    /** Names and faces of users. */
    async faces(ids: readonly string[]): Promise<Face[]> {
      return ids.length === 0 ? [] : faces(sql`u.id = any(${`{${ids.join(',')}}`}::text[])`)
    },
    /** As stored; `unpackVersion` says whether they are what was written. */
    async bytes(strategyId: string, number: number): Promise<{ bytes: Uint8Array; checksum: string } | null> {
      const [row] = await db
        .select({ bytes: versions.bytes, checksum: versions.checksum })
        .from(versions)
        .where(and(eq(versions.strategyId, strategyId), eq(versions.number, number)))
      return row ?? null
    },
    /** Who wrote in a document after one journal row, up to another. */
    async writers(documentId: string, after: number, upTo: number): Promise<Id<'usr'>[]> {
      const rows = await db.execute<{ id: string }>(sql`
        select user_id as id from journal
          where document_id = ${documentId} and seq > ${after} and seq <= ${upTo} and user_id is not null
        union
        select user_id from history_segments
          where document_id = ${documentId} and to_seq > ${after} and from_seq <= ${upTo} and user_id is not null`)
      return rows.map((row) => row.id as Id<'usr'>)
    },
    /** What was written after one journal row up to another, in order: history first, then the journal. */
    async written(documentId: string, after: number, upTo: number): Promise<WrittenRow[]> {
      const rows = await db.execute<Omit<RawMark, 'size'> & { bytes: Uint8Array }>(sql`
        select from_seq, to_seq, user_id, to_at as at, bytes from history_segments
          where document_id = ${documentId} and to_seq > ${after} and from_seq <= ${upTo}
        union all
        select seq, seq, user_id, at, bytes from journal
          where document_id = ${documentId} and seq > ${after} and seq <= ${upTo}
        order by 1`)
      return rows.map((row) => ({
        fromSeq: Number(row.from_seq),
        toSeq: Number(row.to_seq),
        userId: row.user_id,
        at: new Date(row.at).getTime(),
        bytes: new Uint8Array(row.bytes.buffer, row.bytes.byteOffset, row.bytes.byteLength),
      }))
    },
    /** The same without bytes, for a slider over all of it. */
    async marks(documentId: string): Promise<WrittenMark[]> {
      const rows = await db.execute<Required<RawMark> & Record<string, unknown>>(sql`
        select from_seq, to_seq, user_id, to_at as at, length(bytes) as size from history_segments
          where document_id = ${documentId}
        union all
        select seq, seq, user_id, at, length(bytes) from journal where document_id = ${documentId}
        order by 1`)
      return rows.map((row) => ({
        fromSeq: Number(row.from_seq),
        toSeq: Number(row.to_seq),
        userId: row.user_id,
        at: new Date(row.at).getTime(),
        size: row.size,
      }))
    },
    /** The last version of a document's strategy that is not beyond a journal row. */
    async nearest(documentId: string, seq: number): Promise<Version | null> {
      const [row] = await db
        .select(plain)
        .from(versions)
        .innerJoin(strategies, eq(strategies.id, versions.strategyId))
        .where(and(eq(strategies.documentId, documentId), lte(versions.seq, seq)))
        .orderBy(desc(versions.seq))
        .limit(1)
      return row ? version(row) : null
    },
    /** What was written since a moment, by whom: to leave alone what somebody is just writing. */
    async writtenSince(
      documentId: string,
      since: Date,
    ): Promise<{ userId: string | null; bytes: Uint8Array }[]> {
      const rows = await db.execute<{ user_id: string | null; bytes: Uint8Array }>(sql`
        select user_id, bytes from journal where document_id = ${documentId} and at > ${since.toISOString()}
        order by seq desc limit 2000`)
      return rows.map((row) => ({
        userId: row.user_id,
        bytes: new Uint8Array(row.bytes.buffer, row.bytes.byteOffset, row.bytes.byteLength),
      }))
    },
    /** Strategies whose text has moved on since their last version and has been quiet since then. */
    async unkept(quietSince: Date): Promise<{ strategyId: Id<'str'>; documentId: Id<'doc'>; seq: number }[]> {
      const rows = await db.execute<{ strategy_id: string; document_id: string; seq: string }>(sql`
        select s.id as strategy_id, d.id as document_id, d.seq
        from documents d
        join strategies s on s.document_id = d.id
        join workspaces w on w.id = s.workspace_id and w.deleted_at is null
        where d.changed_at <= ${quietSince.toISOString()} and d.seq > 1 and d.seq > coalesce(
          (select v.seq from versions v where v.strategy_id = s.id order by v.number desc limit 1), 0)
        order by d.changed_at desc limit 200`)
      return rows.map((row) => ({
        strategyId: row.strategy_id as Id<'str'>,
        documentId: row.document_id as Id<'doc'>,
        seq: Number(row.seq),
      }))
    },
    /** The strategy a document belongs to. */
    async strategyOf(documentId: string): Promise<Id<'str'> | null> {
      const [row] = await db
        .select({ id: strategies.id })
        .from(strategies)
        .where(eq(strategies.documentId, documentId))
      return (row?.id as Id<'str'> | undefined) ?? null
    },
  }
}

export interface NewVersion extends Omit<Version, 'number'> {
  readonly number: number
  readonly bytes: Uint8Array
  readonly checksum: string
}

export function versionWriter(db: Db) {
  return {
    ...versionReader(db),
    /** Holds the strategy's row, so that versions are numbered one after the other. False: no such strategy. */
    async lock(strategyId: string): Promise<boolean> {
      const rows = await db
        .select({ id: strategies.id })
        .from(strategies)
        .where(eq(strategies.id, strategyId))
        .for('update')
      return rows.length > 0
    },
    async add(row: NewVersion): Promise<void> {
      await db.insert(versions).values({ ...row, authors: [...row.authors] })
    },
    async name(id: string, name: string | null): Promise<void> {
      await db.update(versions).set({ name }).where(eq(versions.id, id))
    },
  }
}
