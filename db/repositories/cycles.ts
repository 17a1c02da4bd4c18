import { and, asc, count, desc, eq, inArray } from 'drizzle-orm'
import type { CarryFate, CarryOver } from '@/lib/domain/carry-over'
import type { CycleNote, CycleRow, CycleState, RunningCycle, SealedCycle } from '@/lib/domain/cycle-state'
import { assert, must } from '@/lib/kit/assert'
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

/** What a quarter learns when its plan is sealed. */
function sealed({ state, revision, seal, versionId, sealedAt, sealedBy }: RunningCycle) {
  return { state, revision, versionId, seal: seal.bytes, sealHash: seal.hash, sealedAt, sealedBy }
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
    /** The same without their plans, which are hundreds of kilobytes each. */
    async states(workspaceId: string): Promise<Pick<CycleRow, 'id' | 'cycle' | 'state' | 'revision'>[]> {
      const rows = await db
        .select({ id: cycles.id, cycle: cycles.cycle, state: cycles.state, revision: cycles.revision })
        .from(cycles)
        .where(eq(cycles.workspaceId, workspaceId))
        .orderBy(desc(cycles.cycle))
      return rows.map((row) => ({ ...row, id: row.id as Id<'cyc'>, state: row.state as CycleState }))
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
    /** The quarter's row held until the transaction ends, where there is one. */
    async hold(workspaceId: string, name: string): Promise<CycleRow | null> {
      const [held] = await db
        .select()
        .from(cycles)
        .where(and(eq(cycles.workspaceId, workspaceId), eq(cycles.cycle, name)))
        .for('update')
      return held ? cycle(held) : null
    },
    /** A quarter that begins, beside no row of its own: whoever adds one holds the workspace's row. */
    async add(row: RunningCycle): Promise<void> {
      const { id, workspaceId, cycle } = row
      await db.insert(cycles).values({ id, workspaceId, cycle, ...sealed(row) })
    },
    /** A planned quarter that begins. */
    async seal(row: RunningCycle): Promise<void> {
      await db.update(cycles).set(sealed(row)).where(eq(cycles.id, row.id))
    },
    /** Where a sealed quarter stands. Its seal never changes and does not travel again; an assertion where it is another. */
    async step(row: SealedCycle): Promise<void> {
      const { state, revision } = row
      const closed = row.state === 'closed' ? row : null
      const stepped = await db
        .update(cycles)
        .set({
          state,
          revision,
          ...(closed && {
            reviewId: closed.reviewId,
            resultHash: closed.resultHash,
            closedAt: closed.closedAt,
            closedBy: closed.closedBy,
          }),
        })
        .where(and(eq(cycles.id, row.id), eq(cycles.sealHash, row.seal.hash)))
        .returning({ id: cycles.id })
      assert(stepped.length === 1, 'a quarter keeps its seal')
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
