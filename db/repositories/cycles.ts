import { and, asc, count, desc, eq, inArray } from 'drizzle-orm'
import type { CarryFate, CarryOver } from '@/lib/domain/carry-over'
import type { CycleNote, CycleRow } from '@/lib/domain/cycle-state'
import { must } from '@/lib/kit/assert'
import type { Id } from '@/lib/kit/ids'
import type { Db } from '../database'
import { carryOvers, cycleNotes, cycles } from '../schema'
import { addMany } from './add-many'

type Row = typeof cycles.$inferSelect

function cycle(row: Row): CycleRow {
  const base = {
    id: row.id as Id<'cyc'>,
    workspaceId: row.workspaceId as Id<'ws'>,
    cycle: row.cycle,
    revision: row.revision,
  }
  if (row.state === 'planned') return { ...base, state: 'planned' }
  const sealed = {
    seal: {
      bytes: must(row.seal, 'checked by the table'),
      hash: must(row.sealHash, 'checked by the table'),
    },
    versionId: row.versionId as Id<'ver'> | null,
    sealedAt: must(row.sealedAt, 'written with the seal'),
    sealedBy: must(row.sealedBy, 'written with the seal') as Id<'mem'>,
  }
  if (row.state !== 'closed')
    return { ...base, ...sealed, state: row.state === 'review' ? 'review' : 'running' }
  return {
    ...base,
    ...sealed,
    state: 'closed',
    reviewId: must(row.reviewId, 'written when it closes') as Id<'rev'>,
    resultHash: must(row.resultHash, 'written when it closes'),
    closedAt: must(row.closedAt, 'checked by the table'),
    closedBy: must(row.closedBy, 'written when it closes') as Id<'mem'>,
  }
}

function written(row: CycleRow): Omit<Row, 'id' | 'workspaceId' | 'cycle'> {
  const sealed = row.state === 'planned' ? null : row
  const closed = row.state === 'closed' ? row : null
  return {
    state: row.state,
    versionId: sealed?.versionId ?? null,
    seal: sealed?.seal.bytes ?? null,
    sealHash: sealed?.seal.hash ?? null,
    sealedAt: sealed?.sealedAt ?? null,
    sealedBy: sealed?.sealedBy ?? null,
    reviewId: closed?.reviewId ?? null,
    resultHash: closed?.resultHash ?? null,
    closedAt: closed?.closedAt ?? null,
    closedBy: closed?.closedBy ?? null,
    revision: row.revision,
  }
}

export function cycleReader(db: Db) {
  return {
    /** The quarters of a workspace that have a row, the last one first. */
    async list(workspaceId: string): Promise<CycleRow[]> {
      const rows = await db
        .select()
        .from(cycles)
        .where(eq(cycles.workspaceId, workspaceId))
        .orderBy(desc(cycles.cycle))
      return rows.map(cycle)
    },
    async find(workspaceId: string, name: string): Promise<CycleRow | null> {
      const [row] = await db
        .select()
        .from(cycles)
        .where(and(eq(cycles.workspaceId, workspaceId), eq(cycles.cycle, name)))
      return row ? cycle(row) : null
    },
    /** The quarter whose plan is sealed and which still goes on; at most one. Cheap: asked with every change. */
    async running(workspaceId: string): Promise<string | null> {
      const [row] = await db
        .select({ cycle: cycles.cycle })
        .from(cycles)
        .where(and(eq(cycles.workspaceId, workspaceId), inArray(cycles.state, ['running', 'review'])))
      return row?.cycle ?? null
    },
    async carryOvers(cycleId: string): Promise<CarryOver[]> {
      const rows = await db
        .select()
        .from(carryOvers)
        .where(eq(carryOvers.cycleId, cycleId))
        .orderBy(carryOvers.activityId)
      return rows.map((row) => ({
        ...row,
        cycleId: row.cycleId as Id<'cyc'>,
        activityId: row.activityId as Id<'act'>,
        fate: row.fate as CarryFate,
        by: row.by as Id<'mem'>,
      }))
    },
    async notes(cycleId: string): Promise<CycleNote[]> {
      const rows = await db
        .select()
        .from(cycleNotes)
        .where(eq(cycleNotes.cycleId, cycleId))
        .orderBy(asc(cycleNotes.at), asc(cycleNotes.id))
      return rows.map((row) => ({
        ...row,
        id: row.id as Id<'ann'>,
        cycleId: row.cycleId as Id<'cyc'>,
        memberId: row.memberId as Id<'mem'>,
      }))
    },
    async countNotes(cycleId: string): Promise<number> {
      const [row] = await db.select({ n: count() }).from(cycleNotes).where(eq(cycleNotes.cycleId, cycleId))
      return row?.n ?? 0
    },
  }
}

export function cycleWriter(db: Db) {
  return {
    ...cycleReader(db),
    /** The quarter's row, made where there is none, and held until the transaction ends. */
    async lock({
      id,
      workspaceId,
      ...row
    }: Pick<CycleRow, 'id' | 'workspaceId' | 'cycle'>): Promise<CycleRow> {
      await db.insert(cycles).values({ id, workspaceId, cycle: row.cycle }).onConflictDoNothing()
      const [held] = await db
        .select()
        .from(cycles)
        .where(and(eq(cycles.workspaceId, workspaceId), eq(cycles.cycle, row.cycle)))
        .for('update')
      return cycle(must(held, 'it is there or was just made'))
    },
    async save(row: CycleRow): Promise<void> {
      await db.update(cycles).set(written(row)).where(eq(cycles.id, row.id))
    },
    /** What becomes of an activity; said again, the later word counts. */
    async carry(row: CarryOver): Promise<void> {
      const { fate, reason, by, at } = row
      await db
        .insert(carryOvers)
        .values(row)
        .onConflictDoUpdate({
          target: [carryOvers.cycleId, carryOvers.activityId],
          set: { fate, reason, by, at },
        })
    },
    /** Many at once, those that are written already left as they are. */
    async carryAll(rows: readonly CarryOver[]): Promise<void> {
      await addMany(db, carryOvers, rows, 'stays')
    },
    async dropCarry(cycleId: string, activityId: string): Promise<void> {
      await db
        .delete(carryOvers)
        .where(and(eq(carryOvers.cycleId, cycleId), eq(carryOvers.activityId, activityId)))
    },
    async note(row: CycleNote): Promise<void> {
      await db.insert(cycleNotes).values(row)
    },
  }
}
