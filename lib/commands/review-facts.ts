import type { Writer } from '@/db/repositories'
import type { BoardInChain } from '@/db/repositories/boards'
import type { Activity } from '@/lib/domain/activity'
import type { fatesOf } from '@/lib/domain/carry-over'
import type { Change } from '@/lib/domain/change'
import type { Column, Phase } from '@/lib/domain/column'
import { cycleDays } from '@/lib/domain/cycle'
import { type CycleRow, isOpen, type SealedCycle } from '@/lib/domain/cycle-state'
import { type Measure, MOST_READINGS } from '@/lib/domain/measure'
import { readPlan } from '@/lib/domain/plan-seal'
import type { Finding, Review } from '@/lib/domain/review'
import type { Decision } from '@/lib/domain/review-decision'
import { activityResults, measureResults, type ReviewResult } from '@/lib/domain/review-result'
import { scopeSince } from '@/lib/domain/scope'
import { must } from '@/lib/kit/assert'
import type { Id } from '@/lib/kit/ids'

/** What becomes of unfinished activities. */
export type Fates = ReturnType<typeof fatesOf>

/** Everything on the boards of a workspace. */
export interface Boards {
  readonly boards: readonly BoardInChain[]
  readonly columns: readonly Column[]
  readonly activities: readonly Activity[]
}

/** What the result of a review is made of, read once. */
export interface ReviewFacts {
  readonly sealed: SealedCycle | null
  /** The quarter's days. */
  readonly days: { readonly first: string; readonly last: string }
  readonly activities: readonly (Activity & { readonly departmentId: Id<'dep'>; readonly phase: Phase })[]
  readonly measures: readonly (Measure & {
    readonly readings: readonly { readonly on: string; readonly value: number }[]
  })[]
  readonly changes: readonly Change[]
  readonly findings: readonly Finding[]
  readonly decisions: readonly Decision[]
}

export async function readBoards(tx: Writer, workspaceId: Id<'ws'>): Promise<Boards> {
  const boards = await tx.boards.list(workspaceId)
  const [columns, activities] = await Promise.all([
    tx.boards.columns(boards.map(({ id }) => id)),
    tx.activities.ofWorkspace(workspaceId),
  ])
  return { boards, columns, activities }
}

/**
 * Reads what a review is closed with. `row`: its quarter, where that has a row. `history` false: of a quarter that a file
 * tells of, whose changes nobody here made; what differs from its plan is named without author and reason.
 */
export async function readFacts(
  tx: Writer,
  { id, workspaceId, cycle }: Review,
  row: CycleRow | null,
  { boards, columns, activities }: Boards,
  history = true,
): Promise<ReviewFacts> {
  const sealed = row !== null && row.state !== 'planned' ? row : null
  const [workspace, measures, readings, changes, findings, decisions] = await Promise.all([
    tx.workspaces.find(workspaceId),
    tx.measures.list(workspaceId),
    tx.measures.latest(workspaceId, MOST_READINGS),
    history && sealed && isOpen(sealed) ? tx.activities.scopeChanges(workspaceId, sealed.sealedAt) : [],
    tx.reviews.findings(id),
    tx.reviews.decisions([id]),
  ])
  const department = new Map(boards.map((board) => [board.id, board.departmentId]))
  const phase = new Map(columns.map((column) => [column.id, column.phase]))
  return {
    sealed,
    days: cycleDays(cycle, must(workspace, 'it is held').yearStart),
    activities: activities.map((activity) => ({
      ...activity,
      departmentId: must(department.get(activity.boardId), 'an activity lies on a board'),
      phase: phase.get(activity.columnId) ?? 'plan',
    })),
    measures: measures.map((measure) => ({ ...measure, readings: readings.get(measure.id) ?? [] })),
    changes,
    findings,
    decisions,
  }
}

/** What the review is closed with, out of what was read. */
export function resultOf(review: Review, facts: ReviewFacts, fates: Fates): ReviewResult {
  const { cycle, departmentId } = review
  const { sealed } = facts
  const ours = <T extends { readonly departmentId: Id<'dep'> | null }>(list: readonly T[]) =>
    departmentId === null ? list : list.filter((one) => one.departmentId === departmentId)
  const [activities, measures] = [ours(facts.activities), ours(facts.measures)]
  const plan = sealed && readPlan(sealed.seal)
  const ourPlan = plan && { ...plan, activities: ours(plan.activities), targets: ours(plan.targets) }
  return {
    format: 1,
    cycle,
    departmentId,
    plan: sealed?.seal.hash ?? null,
    goals: review.goals,
    lessons: review.lessons,
    participants: [...review.participants].sort(),
    measures: measureResults(measures, ourPlan, { cycle, ...facts.days }),
    activities: activityResults(activities, ourPlan, cycle, fates),
    scope:
      sealed && isOpen(sealed) && ourPlan
        ? scopeSince(ourPlan, { activities, measures }, facts.changes)
        : null,
    findings: facts.findings.map((finding) => ({
      id: finding.id,
      by: finding.by,
      text: finding.text,
      about: finding.about,
      causes: finding.causes,
      // The rule refuses to close before each has one.
      verdict: finding.verdict ?? 'keep',
      lesson: finding.lesson,
    })),
    decisions: facts.decisions.map(({ id, effect, title, ownerId, due }) => ({
      id,
      kind: effect.kind,
      title,
      ownerId,
      due,
    })),
  }
}
