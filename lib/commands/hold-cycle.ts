import * as Y from 'yjs'
import type { Writer } from '@/db/repositories'
import type { BoardInChain } from '@/db/repositories/boards'
import { projectionOf } from '@/lib/document/items/project'
import { stateOf } from '@/lib/document/version-state'
import type { Activity } from '@/lib/domain/activity'
import { type Cycle, isCycle } from '@/lib/domain/cycle'
import type { CycleRow } from '@/lib/domain/cycle-state'
import type { Language } from '@/lib/domain/language'
import type { Measure } from '@/lib/domain/measure'
import { can } from '@/lib/domain/permissions'
import { planOf, type SealedPlan } from '@/lib/domain/plan-seal'
import { Refusal } from '@/lib/domain/refusal'
import type { ProjectedItem } from '@/lib/domain/strategy-item'
import { must } from '@/lib/kit/assert'
import { type Id, newId } from '@/lib/kit/ids'
import { captureVersion } from './capture-version'
import type { Context } from './context'

export function cleanCycleName(text: string): Cycle {
  if (!isCycle(text)) throw new Refusal('invalid_date', { field: 'cycle' })
  return text
}

/**
 * The quarter held until the transaction ends, with the workspace's row: of two quarters that open or close at once one
 * waits.
 */
export async function holdCycle(tx: Writer, workspaceId: Id<'ws'>, cycle: Cycle): Promise<CycleRow> {
  if (!(await tx.workspaces.lock(workspaceId))) throw new Refusal('not_found')
  return tx.cycles.lock({ id: newId('cyc'), workspaceId, cycle })
}

/** The strategy as a plan names it: its version, and the items of that very version. */
export interface CapturedStrategy {
  readonly strategy: SealedPlan['strategy']
  readonly items: readonly ProjectedItem[]
  readonly language: Language
}

/**
 * Captures the current strategy for a seal; call it before the transaction: typing goes on meanwhile. The items are read
 * off the version, not off the rows, which follow half a second later. Nothing where there is no strategy, or none that
 * the actor may read.
 */
export async function captureForSeal(context: Context): Promise<CapturedStrategy> {
  const { actor, store } = context
  const workspace = must(await store.read.workspaces.find(actor.workspaceId), 'an actor acts in a workspace')
  const { language, currentStrategyId } = workspace
  const strategy =
    currentStrategyId === null ? null : await store.read.strategies.find(currentStrategyId, actor.memberId)
  if (!strategy || !can(actor, 'strategy.read', { kind: 'strategy', strategy }))
    return { strategy: null, items: [], language }
  const version = await captureVersion(context, strategy.id, 'sealed')
  const doc = new Y.Doc()
  try {
    Y.applyUpdate(doc, stateOf(version, await store.read.versions.bytes(strategy.id, version.number)))
    return {
      strategy: {
        id: strategy.id,
        title: strategy.title,
        versionId: version.id,
        version: version.number,
        contentHash: version.contentHash,
      },
      items: projectionOf(doc, strategy.language),
      language: strategy.language,
    }
  } finally {
    doc.destroy()
  }
}

/** What is planned beside the strategy: on the boards, and at the measures. */
export interface PlanParts {
  readonly boards: readonly Pick<BoardInChain, 'id' | 'departmentId'>[]
  readonly activities: readonly Activity[]
  readonly measures: readonly Measure[]
}

/** The plan of a quarter out of a captured strategy and what the rows say inside this transaction. */
export async function planNow(
  tx: Writer,
  workspaceId: Id<'ws'>,
  cycle: Cycle,
  captured: CapturedStrategy,
): Promise<SealedPlan> {
  return planWith(cycle, captured, {
    boards: await tx.boards.list(workspaceId),
    activities: await tx.activities.ofWorkspace(workspaceId),
    measures: await tx.measures.list(workspaceId),
  })
}

export function planWith(
  cycle: Cycle,
  captured: CapturedStrategy,
  { boards, activities, measures }: PlanParts,
): SealedPlan {
  const departments = new Map(boards.map(({ id, departmentId }) => [id, departmentId]))
  return planOf({
    ...captured,
    cycle,
    activities: activities.map((activity) => ({
      ...activity,
      departmentId: must(departments.get(activity.boardId), 'every board has a department'),
    })),
    measures,
  })
}

export async function departmentOfBoards(
  tx: Pick<Writer, 'boards'>,
  workspaceId: string,
): Promise<ReadonlyMap<string, Id<'dep'>>> {
  return new Map((await tx.boards.list(workspaceId)).map(({ id, departmentId }) => [id, departmentId]))
}
