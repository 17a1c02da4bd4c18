'use server'

import { z } from 'zod'
import { action } from '@/app/_server/action'
import { carryActivity } from '@/lib/commands/carry-activity'
import { closeReview as close } from '@/lib/commands/close-review'
import { decideInReview, followDecision as follow } from '@/lib/commands/decide-in-review'
import {
  addFinding as add,
  agreeWithFinding,
  changeFinding as change,
  judgeFinding,
  removeFinding as remove,
} from '@/lib/commands/find-in-review'
import { noteCycle } from '@/lib/commands/note-cycle'
import {
  changeReview as changeFields,
  prepareReview as prepare,
  sayPrepared,
} from '@/lib/commands/prepare-review'
import {
  postponeReview as postpone,
  startReview as start,
  steerReview as steer,
} from '@/lib/commands/run-review'
import { Refusal } from '@/lib/domain/refusal'
import { cyclePage } from '@/lib/queries/cycles'
import { reviewChoices } from '@/lib/queries/review-choices'

// Every command asks about the very review: who takes part in it may do more than their role says.

const workspace = z.string().max(80)
const id = z.string().max(40)
const day = z.string().max(40).nullable()
/** Longer than any text may be: the rules say in words how long one is. */
const text = z.string().max(8_000)
const one = { workspace, reviewId: id }

const fields = {
  heldOn: day.optional(),
  leadId: id.nullable().optional(),
  participants: z.array(id).max(500).optional(),
  limited: z.boolean().optional(),
  goals: text.optional(),
  lessons: text.optional(),
}

export const prepareReview = action(
  'review.list',
  z.strictObject({ workspace, cycle: z.string().max(20), departmentId: id.nullable(), ...fields }),
  async (context, { workspace: _workspace, cycle, departmentId, ...fields }) => {
    const review = await prepare(context, { cycle, departmentId, fields })
    return { reviewId: review.id }
  },
)

export const changeReview = action(
  'review.list',
  z.strictObject({ ...one, revision: z.number().int().optional(), ...fields }),
  async (context, { workspace: _workspace, reviewId, revision, ...fields }) => {
    await changeFields(context, { reviewId, revision, fields })
  },
)

export const sayReady = action(
  'review.list',
  z.strictObject({ ...one, prepared: z.boolean() }),
  async (context, input) => {
    await sayPrepared(context, input)
  },
)

export const startReview = action('review.list', z.strictObject(one), async (context, input) => {
  await start(context, input)
})

export const postponeReview = action('review.list', z.strictObject(one), async (context, input) => {
  await postpone(context, input)
})

export const steerReview = action(
  'review.list',
  z.strictObject({
    ...one,
    step: z.string().max(20).optional(),
    point: z.string().max(200).nullable().optional(),
    presenterId: id.nullable().optional(),
    minutes: z.number().optional(),
    more: z.number().optional(),
  }),
  async (context, input) => {
    const { meeting } = await steer(context, input)
    return { meeting }
  },
)

const found = {
  step: z.string().max(20).optional(),
  about: z.array(z.string().max(80)).max(100).optional(),
  causes: z
    .array(z.strictObject({ text, whys: z.array(text).max(50) }))
    .max(50)
    .optional(),
  evidence: z
    .array(z.strictObject({ kind: z.string().max(20), ref: z.string().max(4_000), note: text }))
    .max(100)
    .optional(),
  lesson: text.optional(),
}

export const addFinding = action(
  'review.list',
  z.strictObject({ ...one, id, text, ...found }),
  async (context, { workspace: _workspace, reviewId, id, text, ...fields }) => {
    const finding = await add(context, { reviewId, id, text, fields })
    return { findingId: finding.id }
  },
)

export const changeFinding = action(
  'review.list',
  z.strictObject({
    workspace,
    findingId: id,
    revision: z.number().int().optional(),
    text: text.optional(),
    ...found,
  }),
  async (context, { workspace: _workspace, findingId, revision, ...fields }) => {
    await change(context, { findingId, revision, fields })
    return { findingId }
  },
)

export const removeFinding = action(
  'review.list',
  z.strictObject({ workspace, findingId: id, removed: z.boolean() }),
  async (context, input) => {
    await remove(context, input)
  },
)

export const judge = action(
  'review.list',
  z.strictObject({ workspace, findingId: id, verdict: z.string().max(20).nullable() }),
  async (context, input) => {
    await judgeFinding(context, input)
  },
)

export const agree = action(
  'review.list',
  z.strictObject({ workspace, findingId: id, yes: z.boolean() }),
  async (context, input) => {
    await agreeWithFinding(context, input)
  },
)

const decision = z.union([
  z.strictObject({
    kind: z.literal('wording'),
    strategyId: id,
    itemId: id,
    part: z.string().max(40),
    lang: z.enum(['en', 'zh']).nullable(),
    words: text,
  }),
  z.strictObject({
    kind: z.literal('activity'),
    departmentId: id,
    effort: z.number().nullable().optional(),
    serves: z.array(z.string().max(80)).max(100).optional(),
  }),
  z.strictObject({
    kind: z.literal('target'),
    measureId: id,
    value: z.number(),
    cycle: z.string().max(20).optional(),
  }),
])

export const decide = action(
  'review.list',
  z.strictObject({
    ...one,
    id: id.optional(),
    findingId: id.nullable().optional(),
    title: text,
    ownerId: id.nullable(),
    due: day,
    decision,
  }),
  async (context, { workspace: _workspace, ...input }) => {
    const { id: decisionId } = await decideInReview(context, input)
    return { decisionId }
  },
)

export const followDecision = action(
  'review.list',
  z.strictObject({ workspace, decisionId: id, fate: z.string().max(20), reason: text.optional() }),
  async (context, input) => {
    await follow(context, input)
  },
)

export const closeReview = action(
  'review.list',
  z.strictObject({ ...one, rest: z.enum(['continue']).nullable() }),
  async (context, input) => {
    const { id: reviewId } = await close(context, input)
    return { reviewId }
  },
)

export const carry = action(
  'review.list',
  z.strictObject({
    workspace,
    cycle: z.string().max(20),
    activityId: id,
    fate: z.string().max(20).nullable(),
    reason: text.optional(),
  }),
  async (context, input) => {
    await carryActivity(context, input)
  },
)

export const annotate = action(
  'review.list',
  z.strictObject({ workspace, cycle: z.string().max(20), text }),
  async (context, input) => {
    await noteCycle(context, input)
  },
)

/** What the pickers offer: asked for when somebody opens one. */
export const readChoices = action('review.list', z.strictObject(one), async (context, { reviewId }) => {
  const choices = await reviewChoices(context, reviewId)
  if (!choices) throw new Refusal('not_found')
  return choices
})

/** Unfinished work of the quarter with what was said about it: asked for when somebody is about to close. */
export const readUnfinished = action(
  'review.list',
  z.strictObject({ workspace, cycle: z.string().max(20) }),
  async (context, { cycle }) => {
    const page = await cyclePage(context, cycle, 'UTC')
    if (!page) throw new Refusal('not_found')
    return page.unfinished.map(({ id, title, departmentId, effort, due, carry, mayCarry }) => ({
      id,
      title,
      departmentId,
      effort,
      due,
      fate: carry?.fate ?? null,
      reason: carry?.reason ?? null,
      mayCarry,
    }))
  },
)
