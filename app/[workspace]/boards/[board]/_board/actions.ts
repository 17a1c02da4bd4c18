'use server'

import { z } from 'zod'
import { action } from '@/app/_server/action'
import { changeColumn as column } from '@/lib/commands/change-column'
import { changeLabel as label } from '@/lib/commands/change-label'
import { changeMany as many } from '@/lib/commands/change-many'
import { changeRecurring as recurring } from '@/lib/commands/change-recurring'
import { createActivity as create } from '@/lib/commands/create-activity'
import { duplicateActivity as duplicate } from '@/lib/commands/duplicate-activity'
import { editActivity as edit } from '@/lib/commands/edit-activity'
import { moveActivity as move } from '@/lib/commands/move-activity'
import { undoChange as undo } from '@/lib/commands/undo-change'
import { activityStatuses } from '@/lib/domain/activity'
import { cardOf } from '@/lib/domain/card'
import { phases } from '@/lib/domain/column'
import { labelTones } from '@/lib/domain/label'
import { rhythms } from '@/lib/domain/recurring'

const workspace = z.string().max(80)
const id = z.string().max(40)
/** Longer than any title or name: the rule itself says how long one may be, in words. */
const line = z.string().max(20_000)
const day = z.string().max(40)
const ids = z.array(z.string().max(60)).max(200).readonly()
const to = z.strictObject({ columnId: id, after: id.nullable(), before: id.nullable() })

/** What `edit` cleans and judges; here only the shapes. */
const fields = z.strictObject({
  title: line.optional(),
  ownerId: id.nullable().optional(),
  helpers: ids.optional(),
  watchers: ids.optional(),
  cycle: z.string().max(20).nullable().optional(),
  start: day.nullable().optional(),
  due: day.nullable().optional(),
  priority: z.string().max(20).nullable().optional(),
  effort: z
    .union([z.number(), z.string().max(40)])
    .nullable()
    .optional(),
  labels: ids.optional(),
  serves: ids.optional(),
  measures: ids.optional(),
  halt: z.string().max(20).nullable().optional(),
})

export const createActivity = action(
  'activity.create',
  z.strictObject({
    workspace,
    boardId: id,
    to,
    title: line,
    id,
    fields: fields.omit({ title: true }).optional(),
    checklist: z.array(line).max(200).readonly().optional(),
  }),
  async (context, input) => {
    const { value, undo, asksReason: asks = false } = await create(context, input)
    return { cards: [cardOf(value)], undo, asks }
  },
)

export const moveActivity = action(
  'activity.move',
  z.strictObject({ workspace, activityId: id, to }),
  async (context, input) => {
    const { value, undo, asksReason: asks = false } = await move(context, input)
    return { cards: [cardOf(value)], undo, asks }
  },
)

export const editActivity = action(
  'activity.edit',
  z.strictObject({ workspace, activityId: id, fields }),
  async (context, input) => {
    const { value, undo, asksReason: asks = false } = await edit(context, input)
    return { cards: [cardOf(value)], undo, asks }
  },
)

export const duplicateActivity = action(
  'activity.create',
  z.strictObject({ workspace, activityId: id }),
  async (context, input) => {
    const { value, undo, asksReason: asks = false } = await duplicate(context, input)
    return { cards: [cardOf(value)], undo, asks }
  },
)

/** Archiving, trashing and moving one activity are the same acts with a list of one. */
export const changeMany = action(
  'activity.edit',
  z.strictObject({
    workspace,
    activityIds: z.array(id).max(2_000).readonly(),
    change: z.discriminatedUnion('do', [
      z.strictObject({
        do: z.literal('edit'),
        fields: fields.omit({ title: true, labels: true, helpers: true, serves: true, measures: true }),
      }),
      z.strictObject({
        do: z.literal('tag'),
        field: z.enum(['labels', 'helpers', 'serves', 'measures']),
        add: ids,
        remove: ids,
      }),
      z.strictObject({ do: z.literal('move'), columnId: id }),
      z.strictObject({ do: z.literal('settle'), status: z.enum(activityStatuses) }),
    ]),
  }),
  async (context, input) => {
    const { value, undo, asksReason: asks = false } = await many(context, input)
    return { cards: value.map(cardOf), undo, asks }
  },
)

/** One's own clicks only: the command asks whose it was, and whether they still may. */
export const undoChange = action(
  'board.read',
  z.strictObject({ workspace, changeId: id }),
  async (context, input) => {
    const done = await undo(context, input)
    return { cards: done.value.map(cardOf), undo: done.undo }
  },
)

export const changeColumn = action(
  'column.change',
  z.strictObject({
    workspace,
    boardId: id,
    change: z.discriminatedUnion('do', [
      z.strictObject({ do: z.literal('add'), name: line, phase: z.enum(phases) }),
      z.strictObject({
        do: z.literal('set'),
        columnId: id,
        name: line.optional(),
        phase: z.enum(phases).optional(),
        limit: z.number().nullable().optional(),
        revision: z.number().int().optional(),
      }),
      z.strictObject({ do: z.literal('move'), columnId: id, after: id.nullable() }),
      z.strictObject({ do: z.literal('remove'), columnId: id, to: id.nullable() }),
    ]),
  }),
  async (context, input) => {
    const { value, undo } = await column(context, input)
    return { columns: value, undo }
  },
)

export const changeLabel = action(
  'label.change',
  z.strictObject({
    workspace,
    change: z.discriminatedUnion('do', [
      z.strictObject({ do: z.literal('add'), name: line, tone: z.enum(labelTones) }),
      z.strictObject({
        do: z.literal('set'),
        labelId: id,
        name: line.optional(),
        tone: z.enum(labelTones).optional(),
      }),
      z.strictObject({ do: z.literal('remove'), labelId: id }),
    ]),
  }),
  async (context, input) => {
    const { value, undo } = await label(context, input)
    return { labels: value, undo }
  },
)

const template = {
  columnId: id,
  title: line,
  rhythm: z.enum(rhythms),
  days: z.number(),
  ownerId: id.nullable().optional(),
  effort: z.number().nullable().optional(),
  labels: ids.optional(),
  serves: ids.optional(),
  checklist: z.array(line).max(200).readonly().optional(),
}

export const changeRecurring = action(
  'recurring.change',
  z.strictObject({
    workspace,
    boardId: id,
    change: z.discriminatedUnion('do', [
      z.strictObject({ do: z.literal('add'), ...template, startsOn: day }),
      z.strictObject({ do: z.literal('set'), recurringId: id, ...template, startsOn: day }),
      z.strictObject({ do: z.literal('stop'), recurringId: id }),
    ]),
  }),
  async (context, input) => {
    const { value, undo } = await recurring(context, input)
    return { recurring: value, undo }
  },
)
