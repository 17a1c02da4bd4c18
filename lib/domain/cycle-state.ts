import type { Id } from '@/lib/kit/ids'
import type { Seal } from './canonical'
import type { Cycle } from './cycle'
import { cleanText } from './plain-text'
import { Refusal } from './refusal'

export const cycleStates = ['planned', 'running', 'review', 'closed'] as const
export type CycleState = (typeof cycleStates)[number]

interface AnyCycle {
  readonly id: Id<'cyc'>
  readonly workspaceId: Id<'ws'>
  readonly cycle: Cycle
  readonly revision: number
}

interface Sealed {
  readonly seal: Seal
  /** The strategy version the plan names; null: there was no strategy. */
  readonly versionId: Id<'ver'> | null
  readonly sealedAt: Date
  readonly sealedBy: Id<'mem'>
}

export interface PlannedCycle extends AnyCycle {
  readonly state: 'planned'
}
/** What is done now is done under its sealed plan. */
export interface RunningCycle extends AnyCycle, Sealed {
  readonly state: 'running'
}
/** Its company review has begun; work goes on. */
export interface ReviewedCycle extends AnyCycle, Sealed {
  readonly state: 'review'
}
/** Never changes again. Notes lie beside it. */
export interface ClosedCycle extends AnyCycle, Sealed {
  readonly state: 'closed'
  readonly reviewId: Id<'rev'>
  /** Of the result its review was closed with. */
  readonly resultHash: string
  readonly closedAt: Date
  readonly closedBy: Id<'mem'>
}

/** A quarter as a workspace lives it. */
export type CycleRow = PlannedCycle | RunningCycle | ReviewedCycle | ClosedCycle
export type SealedCycle = Exclude<CycleRow, PlannedCycle>

/** Whether the plan of a quarter in this state is sealed and the quarter still goes on. */
export function goesOn(state: CycleState): boolean {
  return state === 'running' || state === 'review'
}

/** Whether its plan is sealed and it still goes on. */
export function isOpen(cycle: CycleRow): cycle is RunningCycle | ReviewedCycle {
  return goesOn(cycle.state)
}

/**
 * planned > running: the plan is sealed. One quarter runs at a time, and none is opened behind one that was.
 * Refuses `cycle_step`, `cycle_running` with the quarter in the way.
 */
export function openCycle(
  cycle: CycleRow,
  others: readonly Pick<CycleRow, 'cycle' | 'state'>[],
  given: Sealed,
): RunningCycle {
  if (cycle.state !== 'planned') throw stepRefused(cycle)
  const open = others.find(({ state }) => goesOn(state))
  if (open) throw new Refusal('cycle_running', { cycle: open.cycle })
  const later = others.find((other) => other.state === 'closed' && other.cycle > cycle.cycle)
  if (later) throw new Refusal('cycle_step', { state: 'closed', cycle: later.cycle })
  return { ...cycle, ...given, state: 'running', revision: cycle.revision + 1 }
}

/** running > review, when the company's review begins. Begun twice is begun once. */
export function beginReviewOf(cycle: CycleRow): ReviewedCycle {
  if (cycle.state === 'review') return cycle
  if (cycle.state !== 'running') throw stepRefused(cycle)
  return { ...cycle, state: 'review', revision: cycle.revision + 1 }
}

/** review > running, when a review that was begun too early goes back to being prepared. */
export function resumeCycle(cycle: CycleRow): RunningCycle {
  if (cycle.state === 'running') return cycle
  if (cycle.state !== 'review') throw stepRefused(cycle)
  return { ...cycle, state: 'running', revision: cycle.revision + 1 }
}

/** review > closed, with the review that closed it. Closed twice is `cycle_step`: the command answers before. */
export function closeCycle(
  cycle: CycleRow,
  given: Pick<ClosedCycle, 'reviewId' | 'resultHash' | 'closedAt' | 'closedBy'>,
): ClosedCycle {
  if (cycle.state !== 'review') throw stepRefused(cycle)
  return { ...cycle, ...given, state: 'closed', revision: cycle.revision + 1 }
}

function stepRefused({ state, cycle }: CycleRow): Refusal {
  return new Refusal('cycle_step', { state, cycle })
}

/** What somebody noted beside a quarter, also beside a closed one. */
export interface CycleNote {
  readonly id: Id<'ann'>
  readonly cycleId: Id<'cyc'>
  readonly memberId: Id<'mem'>
  readonly text: string
  readonly at: Date
}

export const MAX_CYCLE_NOTE = 2_000
/** Beside one quarter; more is a document. */
export const MAX_CYCLE_NOTES = 200

export function cleanCycleNote(text: string): string {
  const clean = cleanText(text, { field: 'text', max: MAX_CYCLE_NOTE })
  if (clean === '') throw new Refusal('required', { field: 'text' })
  return clean
}
