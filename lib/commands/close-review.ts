import type { Writer } from '@/db/repositories'
import { readWorld } from '@/db/world'
import type { Activity } from '@/lib/domain/activity'
import { type CarryOver, carried, carryFates, fatesOf, isUnfinished } from '@/lib/domain/carry-over'
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
import { mailRecaps } from './mail-recap'
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
    const fates: Fates =
      company && cycle ? await unfinishedFates(tx, review, cycle.id, input.rest) : new Map()
    const result = await resultOf(tx, review, captured, fates)
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
    if (!company || !cycle) return { review: next, fresh: true, cards: [], told }
    await tx.cycles.save(
      closeCycle(cycle, {
        reviewId: next.id,
        resultHash: next.result.hash,
        closedAt: now,
        closedBy: actor.memberId,
      }),
    )
    const cards = await carryOver(tx, context, next.cycle, fates)
    const after = nextCycle(next.cycle)
    const following = await tx.cycles.find(next.workspaceId, after)
    if (!following || following.state === 'planned')
      await sealInto(tx, { ...context, actor }, after, captured)
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
  await mailRecaps(context)
  return review
}

export type Fates = ReturnType<typeof fatesOf>

async function unfinishedFates(
  tx: Writer,
  { workspaceId, cycle }: Review,
  cycleId: string,
  rest: 'continue' | null,
): Promise<Fates> {
  const boards = await tx.boards.list(workspaceId)
  // Held before anything is read: what is moved while it closes belongs to the one quarter or to the other.
  await holdBoards(
    tx,
    boards.map(({ id }) => id),
  )
  const columns = await tx.boards.columns(boards.map(({ id }) => id))
  const phase = new Map(columns.map((column) => [column.id, column.phase]))
  const unfinished = (await tx.activities.ofWorkspace(workspaceId)).filter((activity) =>
    isUnfinished(activity, phase.get(activity.columnId) ?? 'plan', cycle),
  )
  const carries = await tx.cycles.carryOvers(cycleId)
  return fatesOf(unfinished, new Map(carries.map((carry) => [carry.activityId, carry])), rest)
}

/** Into the next quarter, or stopped: with its reason in the history of each, and few statements for thousands. */
async function carryOver(tx: Writer, context: Context, cycle: Cycle, fates: Fates): Promise<Activity[]> {
  const activities = await tx.activities.byIds([...fates.keys()])
  const known = await tx.cycles.find(context.actor.workspaceId, cycle)
  const cycleId = must(known, 'closed just now').id
  const next = nextCycle(cycle)
  const saved: Activity[] = []
  const carries: CarryOver[] = []
  for (const fate of carryFates) {
    const these = activities.filter(({ id }) => fates.get(id)?.fate === fate)
    await tx.activities.saveAll(
      these,
      fate === 'stop' ? { halt: 'stopped' } : { cycle: next },
      new Date(context.clock.now()),
    )
    const history: Change[] = []
    for (const before of these) {
      const { reason } = must(fates.get(before.id), 'asked for by its fate')
      const click = clickOf(context, 'edited', reason)
      const after = { ...carried(before, fate, next), revision: before.revision + 1, updatedAt: click.at }
      history.push(
        changeOf(click, 'activity', before, after, { boardId: after.boardId, activityId: after.id }),
      )
      carries.push({ cycleId, activityId: before.id, fate, reason, by: click.by, at: click.at })
      saved.push(after)
    }
    await tx.activities.addChanges(history)
  }
  await tx.cycles.carryAll(carries)
  return saved
}

/**
 * What the review is closed with. `history` false: of a quarter that a file tells of, whose changes nobody here made; what
 * differs from its plan is named without author and reason.
 */
export async function resultOf(
  tx: Writer,
  review: Review,
  captured: CapturedStrategy,
  fates: Fates,
  history = true,
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
