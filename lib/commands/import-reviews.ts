import type { Writer } from '@/db/repositories'
import {
  beginReviewOf,
  type CycleRow,
  closeCycle,
  goesOn,
  openCycle as opened,
} from '@/lib/domain/cycle-state'
import { cleanDay } from '@/lib/domain/day-text'
import { permit } from '@/lib/domain/permissions'
import { cleanLineOrEmpty, cleanText } from '@/lib/domain/plain-text'
import { planOf, sealPlan } from '@/lib/domain/plan-seal'
import {
  closeReview as closed,
  type Finding,
  MAX_CAUSE,
  MAX_FINDING,
  MAX_GOALS,
  MAX_LESSON,
  type PreparingReview,
  type Review,
  type RunningReview,
} from '@/lib/domain/review'
import { type Decision, type Effect, firstFate } from '@/lib/domain/review-decision'
import { type ReadReview, type Ref, readReviews } from '@/lib/domain/review-import/read-reviews'
import { sealResult } from '@/lib/domain/review-result'
import { serve, slots } from '@/lib/domain/serves'
import { must } from '@/lib/kit/assert'
import { type Id, newId } from '@/lib/kit/ids'
import { actorNow } from './board-access'
import type { Context } from './context'
import { type CapturedStrategy, captureForSeal, departmentOfBoards } from './hold-cycle'
import { readBoards, readFacts, resultOf } from './review-facts'

export interface ImportedReviews {
  readonly cycles: number
  readonly reviews: number
  readonly findings: number
  readonly decisions: number
  /** Quarters and reviews that were there already, and what a file names that is not here. */
  readonly left: readonly string[]
}

/**
 * The quarters and reviews of a file in the set format, once its boards and measures are here: quarters that were sealed
 * are sealed with what the file says of them, finished reviews are closed with their verdicts and decisions, a prepared
 * one is prepared. What is here already is left alone. All of it or nothing.
 */
export async function importReviews(
  context: Context,
  input: { readonly text: string },
): Promise<ImportedReviews> {
  const { actor: asking, store, live, clock } = context
  permit(asking, 'review.import')
  const read = readReviews(input.text, context.language)
  const captured = await captureForSeal(context)
  const done = await store.transact(async (tx) => {
    const actor = await actorNow(tx, context)
    permit(actor, 'review.import')
    await tx.workspaces.lock(actor.workspaceId)
    const world = await worldOf(tx, actor.workspaceId, captured, read.reviews)
    const left: string[] = []
    let [cycles, reviews, findings, decisions] = [0, 0, 0, 0]
    for (const { cycle, sealedAt } of read.cycles) {
      const told = read.reviews.find((review) => review.cycle === cycle)
      let row = await tx.cycles.lock({ id: newId('cyc'), workspaceId: actor.workspaceId, cycle })
      let closes = false
      if (row.state !== 'planned') left.push(cycle)
      else if (sealedAt !== null) {
        row = await sealTold(tx, row, { sealedAt: new Date(sealedAt), by: actor.memberId, world, captured })
        closes = row.state === 'running'
        if (closes) cycles += 1
      }
      if (!told) continue
      // A finished review closes its quarter: only one that was sealed here and now, never one that people run.
      if ((told.closed && !closes) || (await tx.reviews.of(actor.workspaceId, cycle, null))) {
        left.push(`review ${cycle}`)
        continue
      }
      const made = await addTold(tx, told, {
        by: actor.memberId,
        workspaceId: actor.workspaceId,
        world,
        left,
        now: new Date(clock.now()),
      })
      reviews += 1
      findings += made.findings
      decisions += made.decisions
      if (told.closed) await closeTold(tx, row, made.review)
    }
    return { cycles, reviews, findings, decisions, left }
  })
  const { workspaceId } = asking
  for (const { cycle } of read.cycles) live.publish(workspaceId, { type: 'cycles.changed', cycle })
  return done
}

interface ToldWorld {
  readonly activities: Awaited<ReturnType<Writer['activities']['ofWorkspace']>>
  readonly departments: Awaited<ReturnType<typeof departmentOfBoards>>
  readonly measures: Awaited<ReturnType<Writer['measures']['list']>>
  readonly handOffs: Awaited<ReturnType<Writer['activities']['handOffsOf']>>
  readonly members: Awaited<ReturnType<Writer['members']['list']>>
  readonly captured: CapturedStrategy
  readonly strategyId: Id<'str'> | null
  /** Words a review changed: what the positioning said before. */
  readonly reworded: readonly { readonly slot: string; readonly from: string; readonly landed: string }[]
}

async function worldOf(
  tx: Writer,
  workspaceId: Id<'ws'>,
  captured: CapturedStrategy,
  reviews: readonly ReadReview[],
): Promise<ToldWorld> {
  const departments = await departmentOfBoards(tx, workspaceId)
  return {
    activities: await tx.activities.ofWorkspace(workspaceId),
    departments,
    measures: await tx.measures.list(workspaceId),
    handOffs: await tx.activities.handOffsOf([...departments.keys()]),
    members: await tx.members.list(workspaceId),
    captured,
    strategyId: captured.strategy?.id ?? null,
    reworded: reviews.flatMap(({ decisions }) =>
      decisions.flatMap(({ effect, landedOn }) =>
        effect.kind === 'wording' && landedOn !== null && slots.some((slot) => slot === effect.code)
          ? [{ slot: effect.code, from: effect.from, landed: landedOn }]
          : [],
      ),
    ),
  }
}

/**
 * Seals a quarter of the past as it was begun: what was stopped later was planned, and the positioning says what it said
 * before a review changed it. A plan from before such a change names no version: there is none with those words.
 */
async function sealTold(
  tx: Writer,
  row: CycleRow,
  given: {
    readonly sealedAt: Date
    readonly by: Id<'mem'>
    readonly world: ToldWorld
    readonly captured: CapturedStrategy
  },
): Promise<CycleRow> {
  const { world, captured, sealedAt } = given
  const day = sealedAt.toISOString().slice(0, 10)
  const older = world.reworded.filter(({ landed }) => landed > day)
  const plan = planOf({
    ...captured,
    strategy: older.length > 0 ? null : captured.strategy,
    cycle: row.cycle,
    activities: world.activities.map((activity) => ({
      ...activity,
      halt: null,
      departmentId: must(world.departments.get(activity.boardId), 'every board has a department'),
    })),
    measures: world.measures,
  })
  const said = { ...plan.positioning }
  for (const { slot, from } of older) Object.assign(said, { [slot]: from, sentence: '' })
  const seal = sealPlan({ ...plan, positioning: plan.positioning && { ...plan.positioning, ...said } })
  const others = (await tx.cycles.states(row.workspaceId)).filter(({ id }) => id !== row.id)
  // A quarter of the past beside one that runs: it can only be told of, never run.
  if (others.some(({ state }) => goesOn(state))) return row
  const next = opened(row, others, {
    seal,
    versionId: older.length > 0 ? null : (captured.strategy?.versionId ?? null),
    sealedAt,
    sealedBy: given.by,
  })
  await tx.cycles.seal(next)
  return next
}

async function addTold(
  tx: Writer,
  told: ReadReview,
  given: {
    readonly by: Id<'mem'>
    readonly workspaceId: Id<'ws'>
    readonly world: ToldWorld
    readonly left: string[]
    readonly now: Date
  },
): Promise<{ readonly review: Review; readonly findings: number; readonly decisions: number }> {
  const { world, left } = given
  const memberOf = (name: string | null): Id<'mem'> | null => {
    const found = name === null ? [] : world.members.filter((member) => member.name === name)
    return found.length === 1 ? (found[0]?.id ?? null) : null
  }
  const refOf = (ref: Ref): string | null => {
    const id = idOf(ref, world)
    if (id === null) left.push('title' in ref ? ref.title : ref.code)
    return id
  }
  const at = new Date(`${told.heldOn ?? '2000-01-01'}T09:00:00Z`)
  const closer = memberOf(told.closedBy) ?? given.by
  const participants = [...new Set(told.participants.flatMap((name) => memberOf(name) ?? []))]
  const base = {
    id: newId('rev'),
    workspaceId: given.workspaceId,
    cycle: told.cycle,
    departmentId: null,
    heldOn: cleanDay(told.heldOn, 'heldOn'),
    limited: false,
    leadId: told.closed ? closer : (participants[0] ?? given.by),
    participants,
    prepared: told.closed ? participants : [],
    documentId: newId('doc'),
    goals: cleanText(told.goals, { field: 'goals', max: MAX_GOALS }),
    lessons: cleanText(told.lessons, { field: 'lessons', max: MAX_GOALS }),
    meeting: null,
    createdBy: given.by,
    createdAt: told.heldOn === null ? given.now : at,
    revision: 1,
  } as const
  const review: PreparingReview | RunningReview = told.closed
    ? { ...base, state: 'running' }
    : { ...base, state: 'preparing' }
  await tx.reviews.add(review)
  const findingOf = new Map<string, Id<'fnd'>>()
  let order = 0
  for (const one of told.findings) {
    const finding: Finding = {
      id: newId('fnd'),
      reviewId: review.id,
      by: review.leadId ?? given.by,
      step: 'check',
      text: cleanText(one.text, { field: 'text', max: MAX_FINDING }),
      // Written before a meeting that has not begun.
      alone: !told.closed,
      about: [...new Set(one.about.flatMap((ref) => refOf(ref) ?? []))],
      causes: one.causes.map((text) => ({
        text: cleanLineOrEmpty(text, { field: 'causes', max: MAX_CAUSE }),
        whys: [],
      })),
      evidence: [],
      verdict: one.verdict,
      lesson: cleanText(one.lesson, { field: 'lesson', max: MAX_LESSON }),
      agree: [],
      removed: false,
      // One after the other, so that they stay in the order of the file.
      at: new Date(review.createdAt.getTime() + order++),
      revision: 1,
    }
    await tx.reviews.addFinding(finding)
    for (const ref of one.decisions) findingOf.set(ref, finding.id)
  }
  let decisions = 0
  for (const one of told.decisions) {
    const effect = effectOf(one.effect, world)
    if (effect === null) {
      left.push(one.title)
      continue
    }
    const decision: Decision = {
      id: newId('dcn'),
      workspaceId: given.workspaceId,
      reviewId: review.id,
      findingId: findingOf.get(one.ref) ?? null,
      title: cleanLineOrEmpty(one.title, { field: 'title', max: 200 }),
      ownerId: memberOf(one.owner),
      due: one.due,
      effect,
      fate: firstFate(effect),
      reason: null,
      fateBy: null,
      fateAt: null,
      by: review.leadId ?? given.by,
      at: new Date(review.createdAt.getTime() + order++),
      revision: 1,
    }
    await tx.reviews.addDecision(decision)
    decisions += 1
  }
  return { review, findings: told.findings.length, decisions }
}

/** Closes a review that a file tells of, and with it its quarter. */
async function closeTold(tx: Writer, row: CycleRow, review: Review): Promise<void> {
  const reviewing = beginReviewOf(row)
  await tx.cycles.step(reviewing)
  const facts = await readFacts(tx, review, reviewing, await readBoards(tx, review.workspaceId), false)
  const at = { closedAt: review.createdAt, closedBy: review.leadId ?? review.createdBy }
  const next = closed(review, facts.findings, {
    ...at,
    result: sealResult(resultOf(review, facts, new Map())),
    versionId: reviewing.versionId,
  })
  await tx.reviews.save(next)
  await tx.reviews.markMailed(next.id, at.closedAt)
  await tx.cycles.step(closeCycle(reviewing, { ...at, reviewId: next.id, resultHash: next.result.hash }))
}

function idOf(ref: Ref, world: ToldWorld): string | null {
  switch (ref.kind) {
    case 'activity':
      return world.activities.find(({ title }) => title === ref.title)?.id ?? null
    case 'measure':
      return world.measures.find(({ name }) => name === ref.title)?.id ?? null
    case 'hand_off':
      return world.handOffs.find(({ title }) => title === ref.title)?.id ?? null
    case 'item': {
      const slot = slots.find((name) => name === ref.code)
      const positioning = world.captured.items.find(({ kind }) => kind === 'positioning')
      if (slot) return positioning ? serve(positioning.id, slot) : null
      return world.captured.items.find(({ code }) => code === ref.code)?.id ?? null
    }
  }
}

function effectOf(told: ReadReview['decisions'][number]['effect'], world: ToldWorld): Effect | null {
  if (told.kind === 'wording') {
    const slot = slots.find((name) => name === told.code)
    const item = world.captured.items.find(({ kind, code }) =>
      slot ? kind === 'positioning' : code === told.code,
    )
    if (!item || world.strategyId === null) return null
    return {
      kind: 'wording',
      strategyId: world.strategyId,
      itemId: item.id,
      part: slot ?? told.field,
      lang: slot ? world.captured.language : null,
      from: told.from,
      to: told.to,
      way: { by: 'written' },
    }
  }
  if (told.kind === 'activity') {
    const id = told.activity && idOf(told.activity, world)
    const activity = world.activities.find((one) => one.id === id)
    return activity ? { kind: 'activity', activityId: activity.id, boardId: activity.boardId } : null
  }
  const id = told.measure && idOf(told.measure, world)
  const measure = world.measures.find((one) => one.id === id)
  if (!measure || told.cycle === null) return null
  return { kind: 'target', measureId: measure.id, cycle: told.cycle, from: told.from, to: told.to }
}
