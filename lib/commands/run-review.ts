import type { Writer } from '@/db/repositories'
import { beginReviewOf, resumeCycle } from '@/lib/domain/cycle-state'
import { Refusal } from '@/lib/domain/refusal'
import {
  backToPreparing,
  MAX_POINT_MINUTES,
  type Meeting,
  onlyRunning,
  type Review,
  reviewSteps,
  startReview as started,
} from '@/lib/domain/review'
import { type Id, isId } from '@/lib/kit/ids'
import type { Context } from './context'
import { holdReview, tellReview } from './hold-review'
import { tellInboxes } from './notify'
import { tellOfReview } from './tell-of-reviews'

/**
 * The meeting begins: everybody's findings are read by all. The company's review takes its quarter along, which must have
 * been opened (`cycle_step`); a department may look back on one whose plan was never sealed.
 */
export async function startReview(context: Context, input: { readonly reviewId: string }): Promise<Review> {
  const { store, live, clock } = context
  const { review, told } = await store.transact(async (tx) => {
    const { actor, review: before } = await holdReview(tx, context, input.reviewId, 'review.run')
    if (before.state === 'running') return { review: before, told: [] }
    const now = new Date(clock.now())
    const next = started(before, {
      heldOn: now.toISOString().slice(0, 10),
      meeting: {
        step: 'plan',
        point: null,
        presenterId: actor.memberId,
        since: now.toISOString(),
        minutes: 10,
      },
    })
    if (before.departmentId === null) await stepCycle(tx, before, beginReviewOf)
    await tx.reviews.save(next)
    return { review: next, told: await tellOfReview(tx, before, next, { by: actor.memberId, at: now }) }
  })
  tellReview(live, review)
  tellInboxes(live, review.workspaceId, told)
  live.publish(review.workspaceId, { type: 'cycles.changed', cycle: review.cycle })
  return review
}

/** Begun too early: back to being prepared, and the quarter goes on. */
export async function postponeReview(
  context: Context,
  input: { readonly reviewId: string },
): Promise<Review> {
  const { store, live } = context
  const review = await store.transact(async (tx) => {
    const { review: before } = await holdReview(tx, context, input.reviewId, 'review.run')
    if (before.state === 'preparing') return before
    const next = backToPreparing(before)
    if (before.departmentId === null) await stepCycle(tx, before, resumeCycle)
    await tx.reviews.save(next)
    return next
  })
  tellReview(live, review)
  live.publish(review.workspaceId, { type: 'cycles.changed', cycle: review.cycle })
  return review
}

async function stepCycle(
  tx: Writer,
  { workspaceId, cycle }: Review,
  step: typeof beginReviewOf | typeof resumeCycle,
): Promise<void> {
  const held = await tx.cycles.hold(workspaceId, cycle)
  if (!held) throw new Refusal('cycle_step', { state: 'planned', cycle })
  const next = step(held)
  if (next !== held) await tx.cycles.step(next)
}

/**
 * Where the meeting stands: the step, the point of the agenda, who speaks, and its time. A new point or `minutes` starts
 * the clock anew; `more` adds minutes to the point that runs.
 */
export async function steerReview(
  context: Context,
  input: {
    readonly reviewId: string
    readonly step?: string | undefined
    readonly point?: string | null | undefined
    readonly presenterId?: string | null | undefined
    readonly minutes?: number | undefined
    readonly more?: number | undefined
  },
): Promise<Review> {
  const { store, live, clock } = context
  const review = await store.transact(async (tx) => {
    const { review: before } = await holdReview(tx, context, input.reviewId, 'review.run')
    const running = onlyRunning(before)
    const was: Meeting = running.meeting ?? {
      step: 'plan',
      point: null,
      presenterId: null,
      since: new Date(clock.now()).toISOString(),
      minutes: 10,
    }
    const step = reviewSteps.find((one) => one === (input.step ?? was.step))
    const point = input.point === undefined ? was.point : input.point
    if (!step || (point !== null && point.length > 100)) throw new Refusal('invalid_input', { field: 'step' })
    const minutes = (input.minutes ?? was.minutes) + (input.more ?? 0)
    if (!Number.isInteger(minutes) || minutes < 1 || minutes > MAX_POINT_MINUTES)
      throw new Refusal('invalid_number', { field: 'minutes', min: 1, max: MAX_POINT_MINUTES })
    let presenterId: Id<'mem'> | null = was.presenterId
    if (input.presenterId !== undefined) {
      const id = input.presenterId
      if (id !== null && (!isId('mem', id) || !(await tx.members.present(running.workspaceId)).includes(id)))
        throw new Refusal('not_found', { field: 'presenterId' })
      presenterId = id
    }
    const fresh = input.minutes !== undefined || point !== was.point
    const since = fresh ? new Date(clock.now()).toISOString() : was.since
    const next: Review = {
      ...running,
      meeting: { step, point, presenterId, since, minutes },
      revision: running.revision + 1,
    }
    await tx.reviews.save(next)
    return next
  })
  tellReview(live, review)
  return review
}
