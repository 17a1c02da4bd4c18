import { and, asc, count, desc, eq, gte, inArray, sql } from 'drizzle-orm'
import type { Cadence, Direction, Measure, Reading } from '@/lib/domain/measure'
import type { Serve } from '@/lib/domain/serves'
import { type Id, isId } from '@/lib/kit/ids'
import type { Db } from '../database'
import { measures, readings } from '../schema'

type Row = typeof measures.$inferSelect

function measure(row: Row): Measure {
  return {
    ...row,
    id: row.id as Id<'mea'>,
    workspaceId: row.workspaceId as Id<'ws'>,
    departmentId: row.departmentId as Id<'dep'> | null,
    direction: row.direction as Direction,
    ownerId: row.ownerId as Id<'mem'> | null,
    cadence: row.cadence as Cadence,
    serves: row.serves as Serve[],
    status: row.status as Measure['status'],
  }
}

function reading(row: typeof readings.$inferSelect): Reading {
  return {
    ...row,
    id: row.id as Id<'rdg'>,
    measureId: row.measureId as Id<'mea'>,
    by: row.by as Id<'mem'> | null,
  }
}

export function measureReader(db: Db) {
  return {
    async find(id: string): Promise<Measure | null> {
      if (!isId('mea', id)) return null
      const [row] = await db.select().from(measures).where(eq(measures.id, id))
      return row ? measure(row) : null
    },
    /** The measures of a workspace by name, archived ones too. */
    async list(workspaceId: string): Promise<Measure[]> {
      const rows = await db
        .select()
        .from(measures)
        .where(eq(measures.workspaceId, workspaceId))
        .orderBy(measures.name, measures.id)
      return rows.map(measure)
    },
    async count(workspaceId: string): Promise<number> {
      const [row] = await db
        .select({ n: count() })
        .from(measures)
        .where(eq(measures.workspaceId, workspaceId))
      return row?.n ?? 0
    },
    /** The readings of a measure by day. */
    async readings(measureId: string, since: string | null = null): Promise<Reading[]> {
      const rows = await db
        .select()
        .from(readings)
        .where(and(eq(readings.measureId, measureId), since === null ? undefined : gte(readings.on, since)))
        .orderBy(asc(readings.on))
      return rows.map(reading)
    },
    /** The last value of every measure before a day. */
    async before(workspaceId: string, day: string): Promise<ReadonlyMap<string, number>> {
      const rows = await db.execute<{ id: string; value: number }>(sql`
        select m.id, r.value from ${measures} m
        cross join lateral (
          select r.value from readings r where r.measure_id = m.id and r.on_day < ${day}
          order by r.on_day desc limit 1
        ) r
        where m.workspace_id = ${workspaceId} and m.status = 'active'`)
      return new Map(rows.map(({ id, value }) => [id, value]))
    },
    /** The first day within a span on which anything was read. */
    async firstReading(
      workspaceId: string,
      { first, last }: { readonly first: string; readonly last: string },
    ): Promise<string | null> {
      const [row] = await db.execute<{ on: string | null }>(sql`
        select min(r.on_day)::text as on from readings r join ${measures} m on m.id = r.measure_id
        where m.workspace_id = ${workspaceId} and m.status = 'active' and r.on_day between ${first} and ${last}`)
      return row?.on ?? null
    },
    /** The last readings of every measure of a workspace by day, for sparklines: at most `most` of each. */
    async latest(workspaceId: string, most: number): Promise<ReadonlyMap<string, readonly Reading[]>> {
      // One step into the index per measure, whatever the number of its readings.
      const rows = await db.execute<{
        id: string
        measure_id: string
        on_day: string
        value: number
        note: string
        by_member: string | null
        at: string
      }>(sql`
        select r.* from ${measures} m
        cross join lateral (
          select r.id, r.measure_id, r.on_day::text, r.value, r.note, r.by_member, r.at::text from readings r
          where r.measure_id = m.id order by r.on_day desc limit ${most}
        ) r
        where m.workspace_id = ${workspaceId} and m.status = 'active'
        order by r.measure_id, r.on_day`)
      const of = new Map<string, Reading[]>()
      for (const row of rows) {
        const list = of.get(row.measure_id) ?? []
        list.push({
          id: row.id as Id<'rdg'>,
          measureId: row.measure_id as Id<'mea'>,
          on: row.on_day,
          value: row.value,
          note: row.note,
          by: row.by_member as Id<'mem'> | null,
          at: new Date(row.at),
        })
        of.set(row.measure_id, list)
      }
      return of
    },
  }
}

const AT_ONCE = 2_000

export function measureWriter(db: Db) {
  return {
    ...measureReader(db),
    /** The measure with its row locked until the transaction ends. */
    async lock(id: string): Promise<Measure | null> {
      if (!isId('mea', id)) return null
      const [row] = await db.select().from(measures).where(eq(measures.id, id)).for('update')
      return row ? measure(row) : null
    },
    async add(rows: readonly Measure[]): Promise<void> {
      if (rows.length > 0) await db.insert(measures).values(rows.map(written))
    },
    async save(row: Measure): Promise<void> {
      const { id, ...rest } = written(row)
      await db.update(measures).set(rest).where(eq(measures.id, id))
    },
    async countReadings(measureId: string): Promise<number> {
      const [row] = await db.select({ n: count() }).from(readings).where(eq(readings.measureId, measureId))
      return row?.n ?? 0
    },
    /** Writes readings; one of a day that has one already corrects it. Each day once in a call. */
    async record(rows: readonly Reading[]): Promise<void> {
      for (let from = 0; from < rows.length; from += AT_ONCE)
        await db
          .insert(readings)
          .values(rows.slice(from, from + AT_ONCE))
          .onConflictDoUpdate({
            target: [readings.measureId, readings.on],
            set: {
              value: sql`excluded.value`,
              note: sql`excluded.note`,
              by: sql`excluded.by_member`,
              at: sql`excluded.at`,
            },
          })
    },
    /** The newest reading of each of these days. */
    async readingsOn(measureId: string, days: readonly string[]): Promise<Reading[]> {
      if (days.length === 0) return []
      const rows = await db
        .select()
        .from(readings)
        .where(and(eq(readings.measureId, measureId), inArray(readings.on, [...days])))
        .orderBy(desc(readings.on))
      return rows.map(reading)
    },
    async removeReadings(measureId: string, days: readonly string[]): Promise<void> {
      if (days.length > 0)
        await db
          .delete(readings)
          .where(and(eq(readings.measureId, measureId), inArray(readings.on, [...days])))
    },
  }
}

function written(row: Measure): Row {
  return { ...row, targets: [...row.targets], serves: [...row.serves] }
}
