'use server'

import { z } from 'zod'
import { action } from '@/app/_server/action'
import { carryActivity } from '@/lib/commands/carry-activity'
import { noteCycle } from '@/lib/commands/note-cycle'
import { openCycle } from '@/lib/commands/open-cycle'
import { giveReason as give } from '@/lib/commands/scope-reason'
import { Refusal } from '@/lib/domain/refusal'
import { sealText } from '@/lib/queries/quarters'

const workspace = z.string().max(80)
const cycle = z.string().max(20)
const id = z.string().max(40)

export const openQuarter = action(
  'cycle.open',
  z.strictObject({ workspace, cycle }),
  async (context, input) => {
    const row = await openCycle(context, input)
    return { cycle: row.cycle, hash: row.seal.hash }
  },
)

export const noteQuarter = action(
  'cycle.note',
  // Longer than a note may be: the rule says in words how long it is.
  z.strictObject({ workspace, cycle, text: z.string().max(20_000) }),
  async (context, input) => {
    await noteCycle(context, input)
  },
)

export const carry = action(
  'cycle.carry',
  z.strictObject({
    workspace,
    cycle,
    activityId: id,
    fate: z.string().max(20).nullable(),
    reason: z.string().max(20_000).optional(),
  }),
  async (context, input) => {
    await carryActivity(context, input)
  },
)

/** Why a change of the sealed plan was made: asked for by the screen on which it was made, or given later in the list. */
export const giveReason = action(
  'cycle.read',
  z.strictObject({ workspace, changeId: id, reason: z.string().max(20_000) }),
  async (context, input) => {
    await give(context, input)
  },
)

export const readSeal = action('cycle.read', z.strictObject({ workspace, cycle }), async (context, input) => {
  const seal = await sealText(context, input.cycle)
  if (!seal) throw new Refusal('not_found')
  return seal
})
