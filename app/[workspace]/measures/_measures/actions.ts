'use server'

import { z } from 'zod'
import { action } from '@/app/_server/action'
import { changeMeasure } from '@/lib/commands/change-measure'
import { recordReadings as record, removeReadings as remove } from '@/lib/commands/record-readings'
import { undoChange } from '@/lib/commands/undo-change'
import { MAX_READINGS } from '@/lib/domain/measure'

const workspace = z.string().max(80)
const id = z.string().max(40)
const one = { workspace, measureId: id }

/** Longer than any value may be: the rules say in words how long one is. */
const fields = {
  name: z.string().max(2_000),
  unit: z.string().max(2_000),
  direction: z.string().max(20),
  departmentId: id.nullable(),
  ownerId: id.nullable(),
  cadence: z.string().max(20),
  baseline: z.number().nullable(),
  baselineOn: z.string().max(40).nullable(),
  targets: z.array(z.strictObject({ cycle: z.string().max(20), value: z.number() })).max(200),
  serves: z.array(z.string().max(80)).max(200),
}

export const createMeasure = action(
  'measure.create',
  z.strictObject({ workspace, ...fields }),
  async (context, { workspace: _workspace, ...fields }) => {
    const {
      value,
      undo,
      asksReason: asks = false,
    } = await changeMeasure(context, {
      change: { do: 'add', fields },
    })
    return { measureId: value.id, undo, asks }
  },
)

export const editMeasure = action(
  'measure.edit',
  z.strictObject({ ...one, revision: z.number().int(), ...fields }),
  async (context, { workspace: _workspace, measureId, revision, ...fields }) => {
    const { undo, asksReason: asks = false } = await changeMeasure(context, {
      change: { do: 'set', measureId, revision, fields },
    })
    return { measureId, undo, asks }
  },
)

export const settleMeasure = action(
  'measure.archive',
  z.strictObject({ ...one, status: z.enum(['active', 'archived']) }),
  async (context, { measureId, status }) => {
    const { undo, asksReason: asks = false } = await changeMeasure(context, {
      change: { do: 'settle', measureId, status },
    })
    return { undo, asks }
  },
)

/** Whoever owns a measure records it without working in its department: the command asks about the very one. */
export const recordReadings = action(
  'measure.read',
  z.strictObject({
    ...one,
    readings: z
      .array(
        z.strictObject({ on: z.string().max(40), value: z.number(), note: z.string().max(5_000).optional() }),
      )
      .max(MAX_READINGS),
  }),
  async (context, input) => {
    const { readings, before } = await record(context, input)
    return { days: readings.map(({ on }) => on), before: before.map(plain) }
  },
)

export const removeReadings = action(
  'measure.read',
  z.strictObject({ ...one, days: z.array(z.string().max(40)).max(MAX_READINGS) }),
  async (context, input) => ({ before: (await remove(context, input)).map(plain) }),
)

export const undoMeasure = action(
  'measure.read',
  z.strictObject({ workspace, changeId: id }),
  async (context, input) => {
    await undoChange(context, input)
  },
)

const plain = ({ on, value, note }: { on: string; value: number; note: string }) => ({ on, value, note })
