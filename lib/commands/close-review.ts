import { setTimeout as delay } from 'node:timers/promises'
import type { Writer } from '@/db/repositories'
import type { Activity } from '@/lib/domain/activity'
import { type CarryOver, carried, carryFates, fatesOf, isUnfinished } from '@/lib/domain/carry-over'
import type { Change } from '@/lib/domain/change'
import { type Cycle, nextCycle } from '@/lib/domain/cycle'
import { closeCycle } from '@/lib/domain/cycle-state'
import { permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import { type ClosedReview, closeReview as closed, type Review, unassessed } from '@/lib/domain/review'
import { sealResult } from '@/lib/domain/review-result'
import { allEnded } from '@/lib/kit/all-ended'
import type { Id } from '@/lib/kit/ids'
import { holdBoards } from './board-access'
import { clickOf, tellCards } from './change-activities'
import type { Context } from './context'
import { captureForSeal } from './hold-cycle'
import { holdReview, tellReview } from './hold-review'
import { changeIn } from './keep-change'
import { tellInboxes } from './notify'
import { sealAhead } from './open-cycle'
import { type Boards, type Fates, type ReviewFacts, readBoards, readFacts, resultOf } from './review-facts'
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
    const { workspaceId } = review
    const said = { closedAt: new Date(clock.now()), closedBy: actor.memberId }
    const seal = (facts: ReviewFacts, fates: Fates) =>
      closed(review, facts.findings, {
        ...said,
        result: sealResult(resultOf(review, facts, fates)),
        versionId: captured.strategy?.versionId ?? null,
      })
    const save = async (next: ClosedReview) => {
      await tx.reviews.save(next)
      // Its notes are read from now on, and written no more.
      await tx.reviews.bumpDocument(next.documentId)
      return tellOfReview(tx, review, next, { by: said.closedBy, at: said.closedAt })
    }
    if (review.departmentId !== null) {
      const cycle = await tx.cycles.find(workspaceId, review.cycle)
      const next = seal(await readFacts(tx, review, cycle, await readBoards(tx, workspaceId)), new Map())
      return { review: next, fresh: true, cards: [], told: await save(next) }
    }
    await tx.workspaces.lock(workspaceId)
    const cycle = await tx.cycles.hold(workspaceId, review.cycle)
    if (!cycle) throw new Refusal('cycle_step', { state: 'planned', cycle: review.cycle })
    const work = await workOf(tx, review, cycle.id, input.rest)
    const facts = await readFacts(tx, review, cycle, work)
    const states = await tx.cycles.states(workspaceId)
    const following = nextCycle(review.cycle)
    const moving = moveOn(tx, context, following, work)
    // Looked at below; a database that goes away before then is no rejection nobody handles.
    moving.catch(() => {})
    await turn()
    const carry = carryOver(context, { cycleId: cycle.id, next: following }, work)
    const write = async () => {
      await turn()
      const next = seal(facts, work.fates)
      const after = closeCycle(cycle, { ...said, reviewId: next.id, resultHash: next.result.hash })
      await turn()
      const opening = sealAhead(
        { ...context, actor },
        {
          cycle: following,
          states: states.map((one) => (one.id === after.id ? after : one)),
          captured,
          known: { boards: work.boards, activities: carry.activities, measures: facts.measures },
        },
      )
      const told = await save(next)
      await tx.cycles.step(after)
      await opening(tx)
      return { review: next, told }
    }
    // The database carries over while results and the next plan are written out here.
    const [written] = await allEnded([write(), moving, carry.write(tx)])
    return { ...written, fresh: true, cards: carry.cards }
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

/** Everything on the boards of a workspace, held, and what becomes of what is unfinished. */
interface Work extends Boards {
  readonly fates: Fates
}

/** Lets the driver answer the database between two pieces of work: it asks what a statement takes before it sends it. */
const turn = () => delay(4)

async function workOf(
  tx: Writer,
  { workspaceId, cycle }: Review,
  cycleId: string,
  rest: 'continue' | null,
): Promise<Work> {
  // Held before anything is read: what is moved while it closes belongs to the one quarter or to the other.
  await holdBoards(
    tx,
    (await tx.boards.list(workspaceId)).map(({ id }) => id),
  )
  const [read, carries] = await Promise.all([readBoards(tx, workspaceId), tx.cycles.carryOvers(cycleId)])
  const phase = new Map(read.columns.map((column) => [column.id, column.phase]))
  const unfinished = read.activities.filter((activity) =>
    isUnfinished(activity, phase.get(activity.columnId) ?? 'plan', cycle),
  )
  return {
    ...read,
    fates: fatesOf(unfinished, new Map(carries.map((carry) => [carry.activityId, carry])), rest),
  }
}

/** What carrying over may change. */
const fieldsOf = ({ cycle, halt }: Activity) => ({ cycle, halt })

/** Unfinished work into the next quarter, or stopped, in the rows themselves: a statement for each fate. */
async function moveOn(
  tx: Writer,
  { clock }: Context,
  next: Cycle,
  { activities, fates }: Work,
): Promise<void> {
  const at = new Date(clock.now())
  await allEnded(
    carryFates.map((fate) =>
      tx.activities.saveAll(
        activities.filter(({ id }) => fates.get(id)?.fate === fate),
        fate === 'stop' ? { halt: 'stopped' } : { cycle: next },
        at,
      ),
    ),
  )
}

/**
 * The same as it is told: with its reason in the history of each, and few statements for thousands. Answers what has
 * changed, everything as it is afterwards, and what writes the history.
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
  for (const before of activities) {
    const said = fates.get(before.id)
    if (!said) continue
    const { fate, reason } = said
    const click = clickOf(context, 'edited', reason)
    const after = { ...carried(before, fate, next), revision: before.revision + 1, updatedAt: click.at }
    history.push(
      changeIn(click, 'activity', fieldsOf(before), fieldsOf(after), after, {
        boardId: after.boardId,
        activityId: after.id,
      }),
    )
    carries.push({ cycleId, activityId: before.id, fate, reason, by: click.by, at: click.at })
    changed.set(before.id, after)
  }
  return {
    cards: [...changed.values()],
    activities: activities.map((activity) => changed.get(activity.id) ?? activity),
    async write(tx) {
      await allEnded([tx.activities.addChanges(history), tx.cycles.carryAll(carries)])
    },
  }
}
