import type { Writer } from '@/db/repositories'
import { readWorld } from '@/db/world'
import type { Activity } from '@/lib/domain/activity'
import {
  type CarryFate,
  type CarryOver,
  carried,
  carryFates,
  fatesOf,
  isUnfinished,
} from '@/lib/domain/carry-over'
import type { Change } from '@/lib/domain/change'
import { type Cycle, cycleDays, nextCycle } from '@/lib/domain/cycle'
import { closeCycle, isOpen } from '@/lib/domain/cycle-state'
import { permit } from '@/lib/domain/permissions'
import { readPlan } from '@/lib/domain/plan-seal'
import { Refusal } from '@/lib/domain/refusal'
import { type ClosedReview, closeReview as closed, type Review, unassessed } from '@/lib/domain/review'
import { activityResults, measureResults, type ReviewResult, sealResult } from '@/lib/domain/review-result'
import { scopeSince } from '@/lib/domain/scope'
import { must } from '@/lib/kit/assert'
import type { Id } from '@/lib/kit/ids'
import { holdBoards } from './board-access'
import { clickOf, tellCards } from './change-activities'
import type { Context } from './context'
import { type CapturedStrategy, captureForSeal } from './hold-cycle'
import { holdReview, tellReview } from './hold-review'
import { changeOf } from './keep-change'
import { tellInboxes } from './notify'
import { sealInto } from './open-cycle'
import { tellOfReview } from './tell-of-reviews'

/**
 * Closes a review, in one transaction: every finding has its verdict, the result is sealed. The company's review also
 * closes its quarter, carries unfinished work over, opens the next quarter and seals its plan. A second click, or another
 * manager at the same moment, finds the same closed review.
 * `rest`: what is undecided of the unfinished work goes on; else `carry_over_open`.
 */
export async function closeReview(
  context: Context,
  input: { readonly reviewId: string; readonly rest: 'continue' | null },
): Promise<ClosedReview> {
  const { store, live, clock, actor: asking } = context
  const seen = await store.read.reviews.find(input.reviewId)
  if (!seen) throw new Refusal('not_found')
  permit(asking, 'review.close', { kind: 'review', review: seen })
  if (seen.state === 'closed') return seen
  const open = unassessed(await store.read.reviews.findings(seen.id))
  if (open.length > 0) throw new Refusal('review_unassessed', { count: open.length })
  // Flushed and copied before the transaction: typing goes on, and no lock waits for the engine.
  const captured = await captureForSeal(context)
  const done = await store.transact(async (tx) => {
    const { actor, review } = await holdReview(tx, context, input.reviewId, 'review.close')
    if (review.state === 'closed') return { review, fresh: false, cards: [], told: [] }
    const now = new Date(clock.now())
    const company = review.departmentId === null
    const known = await tx.cycles.find(review.workspaceId, review.cycle)
    if (company && !known) throw new Refusal('cycle_step', { state: 'planned', cycle: review.cycle })
    if (company) await tx.workspaces.lock(review.workspaceId)
    const cycle = known && company ? await tx.cycles.lock(known) : known
    const work = company && cycle ? await workOf(tx, review, cycle.id, input.rest) : null
    const fates: Fates = work?.fates ?? new Map()
    const result = await resultOf(tx, review, captured, fates, { activities: work?.activities })
    const next = closed(review, await tx.reviews.findings(review.id), {
      result: sealResult(result),
      versionId: captured.strategy?.versionId ?? null,
      closedAt: now,
      closedBy: actor.memberId,
    })
    await tx.reviews.save(next)
    // Its notes are read from now on, and written no more.
    await tx.reviews.bumpDocument(next.documentId)
    const told = await tellOfReview(tx, review, next, { by: actor.memberId, at: now })
    if (!work || !cycle) return { review: next, fresh: true, cards: [], told }
    await tx.cycles.save(
      closeCycle(cycle, {
        reviewId: next.id,
        resultHash: next.result.hash,
        closedAt: now,
        closedBy: actor.memberId,
      }),
    )
    const after = nextCycle(next.cycle)
    const carry = carryOver(context, { cycleId: cycle.id, next: after }, work)
    const following = await tx.cycles.find(next.workspaceId, after)
    const opens = !following || following.state === 'planned'
    // The next plan is written out here while the database still carries over. Both end before anything is taken back: a
    // statement behind the end of its transaction would be one by itself.
    const both = await Promise.allSettled([
      carry.write(tx),
      opens && sealInto(tx, { ...context, actor }, after, captured, carry.activities),
    ])
    for (const one of both) if (one.status === 'rejected') throw one.reason
    const { cards } = carry
    return { review: next, fresh: true, cards, told }
  })
  if (!done.fresh) return done.review
  const { review } = done
  if (done.cards.length > 0) tellCards(live, done.cards)
  live.revoke({ documentId: review.documentId })
  tellReview(live, review)
  tellInboxes(live, review.workspaceId, done.told)
  for (const cycle of [review.cycle, nextCycle(review.cycle)])
    live.publish(review.workspaceId, { type: 'cycles.changed', cycle })
  return review
}

export type Fates = ReturnType<typeof fatesOf>

/** Everything on the boards of a workspace, held, and what becomes of what is unfinished. */
interface Work {
  readonly activities: readonly Activity[]
  readonly fates: Fates
}

async function workOf(
  tx: Writer,
  { workspaceId, cycle }: Review,
  cycleId: string,
  rest: 'continue' | null,
): Promise<Work> {
  const boards = await tx.boards.list(workspaceId)
  // Held before anything is read: what is moved while it closes belongs to the one quarter or to the other.
  await holdBoards(
    tx,
    boards.map(({ id }) => id),
  )
  const [columns, activities, carries] = await Promise.all([
    tx.boards.columns(boards.map(({ id }) => id)),
    tx.activities.ofWorkspace(workspaceId),
    tx.cycles.carryOvers(cycleId),
  ])
  const phase = new Map(columns.map((column) => [column.id, column.phase]))
  const unfinished = activities.filter((activity) =>
    isUnfinished(activity, phase.get(activity.columnId) ?? 'plan', cycle),
  )
  return {
    activities,
    fates: fatesOf(unfinished, new Map(carries.map((carry) => [carry.activityId, carry])), rest),
  }
}

/**
 * Into the next quarter, or stopped: with its reason in the history of each, and few statements for thousands. Answers
 * what has changed, everything as it is afterwards, and what writes it.
 */
function carryOver(
  context: Context,
  { cycleId, next }: { readonly cycleId: Id<'cyc'>; readonly next: Cycle },
  { activities, fates }: Work,
): {
  readonly cards: readonly Activity[]
  readonly activities: readonly Activity[]
  readonly write: (tx: Writer) => Promise<void>
} {
  const changed = new Map<string, Activity>()
  const history: Change[] = []
  const carries: CarryOver[] = []
  const ids: Record<CarryFate, Activity[]> = { continue: [], change: [], stop: [] }
  for (const before of activities) {
    const said = fates.get(before.id)
    if (!said) continue
    const { fate, reason } = said
    const click = clickOf(context, 'edited', reason)
    const after = { ...carried(before, fate, next), revision: before.revision + 1, updatedAt: click.at }
    history.push(changeOf(click, 'activity', before, after, { boardId: after.boardId, activityId: after.id }))
    carries.push({ cycleId, activityId: before.id, fate, reason, by: click.by, at: click.at })
    ids[fate].push(before)
    changed.set(before.id, after)
  }
  return {
    cards: [...changed.values()],
    activities: activities.map((activity) => changed.get(activity.id) ?? activity),
    async write(tx) {
      const at = new Date(context.clock.now())
      await Promise.all([
        ...carryFates.map((fate) =>
          tx.activities.saveAll(ids[fate], fate === 'stop' ? { halt: 'stopped' } : { cycle: next }, at),
        ),
        tx.activities.addChanges(history),
        tx.cycles.carryAll(carries),
      ])
    },
  }
}

/**
 * What the review is closed with. `history` false: of a quarter that a file tells of, whose changes nobody here made; what
 * differs from its plan is named without author and reason. `activities`: those of the workspace where they are held.
 */
export async function resultOf(
  tx: Writer,
  review: Review,
  captured: CapturedStrategy,
  fates: Fates,
  {
    history = true,
    activities: held,
  }: { readonly history?: boolean; readonly activities?: readonly Activity[] | undefined } = {},
): Promise<ReviewResult> {
  const { workspaceId, cycle, departmentId } = review
  const workspace = must(await tx.workspaces.find(workspaceId), 'it is held')
  const row = await tx.cycles.find(workspaceId, cycle)
  const sealed = row !== null && row.state !== 'planned' ? row : null
  const plan = sealed ? readPlan(sealed.seal) : null
  const quarter = { cycle, ...cycleDays(cycle, workspace.yearStart) }
  const world = await readWorld(tx, {
    workspaceId,
    strategyId: captured.strategy?.id ?? null,
    today: quarter.last,
    activities: held,
  })
  const ours = <T extends { readonly departmentId: Id<'dep'> | null }>(list: readonly T[]) =>
    departmentId === null ? list : list.filter((one) => one.departmentId === departmentId)
  const activities = ours(world.activities)
  const departmentPlan = plan && {
    ...plan,
    activities: ours(plan.activities),
    targets: ours(plan.targets),
  }
  const scope =
    sealed && isOpen(sealed) && departmentPlan
      ? scopeSince(
          departmentPlan,
          { activities, measures: ours(world.measures) },
          history ? await tx.activities.scopeChanges(workspaceId, sealed.sealedAt) : [],
        )
      : null
  return {
    format: 1,
    cycle,
    departmentId,
    plan: sealed?.seal.hash ?? null,
    goals: review.goals,
    lessons: review.lessons,
    participants: [...review.participants].sort(),
    measures: measureResults(ours(world.measures), departmentPlan, quarter),
    activities: activityResults(activities, departmentPlan, cycle, fates),
    scope,
    findings: (await tx.reviews.findings(review.id)).map((finding) => ({
      id: finding.id,
      by: finding.by,
      text: finding.text,
      about: finding.about,
      causes: finding.causes,
      // The rule refuses to close before each has one.
      verdict: finding.verdict ?? 'keep',
      lesson: finding.lesson,
    })),
    decisions: (await tx.reviews.decisions([review.id])).map(({ id, effect, title, ownerId, due }) => ({
      id,
      kind: effect.kind,
      title,
      ownerId,
      due,
    })),
  }
}
