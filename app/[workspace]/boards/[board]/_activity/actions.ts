'use server'

import { z } from 'zod'
import { action } from '@/app/_server/action'
import { detachFile } from '@/lib/commands/attach-file'
import { changeMeasure } from '@/lib/commands/change-measure'
import { checkActivity } from '@/lib/commands/check-activity'
import { editActivity } from '@/lib/commands/edit-activity'
import { markRead } from '@/lib/commands/mark-read'
import { nameInDescription } from '@/lib/commands/name-in-description'
import { offerHandOff } from '@/lib/commands/offer-hand-off'
import { relateActivities } from '@/lib/commands/relate-activities'
import { speakOfActivity } from '@/lib/commands/speak-of-activity'
import { stepTheHandOff } from '@/lib/commands/step-hand-off'
import { undoChange } from '@/lib/commands/undo-change'
import { watchActivity } from '@/lib/commands/watch-activity'
import { handOffMoves } from '@/lib/domain/hand-off'
import { directions } from '@/lib/domain/measure'
import { relationKinds } from '@/lib/domain/relation'
import { type Id, isId } from '@/lib/kit/ids'

const workspace = z.string().max(80)
const id = z.string().max(40)
/** Longer than any of them may be: the rules say how long, in words. */
const text = z.string().max(40_000)
const day = z.string().max(20).nullable()
const check = z.custom<Id<'chk'>>((value) => isId('chk', value))
const member = z.custom<Id<'mem'>>((value) => isId('mem', value))
const one = z.strictObject({ workspace, activityId: id })

export const checkStep = action(
  'activity.edit',
  one.extend({
    change: z.discriminatedUnion('do', [
      z.strictObject({ do: z.literal('add'), id: check, title: text }),
      z.strictObject({
        do: z.literal('set'),
        id,
        title: text.optional(),
        done: z.boolean().optional(),
        ownerId: member.nullable().optional(),
        due: day.optional(),
      }),
      z.strictObject({ do: z.literal('remove'), id }),
      z.strictObject({ do: z.literal('move'), id, after: id.nullable() }),
    ]),
  }),
  async (context, input) => checkActivity(context, input),
)

export const watch = action('activity.comment', one.extend({ watch: z.boolean() }), async (context, input) =>
  watchActivity(context, input),
)

/** Whoever opens an activity has read what it told them. */
export const heard = action('inbox.read', one, async (context, { activityId }) =>
  markRead(context, { kind: 'activity', activityId }),
)

/** What it serves and which measures show it: the two lists the line is made of. */
export const connect = action(
  'activity.edit',
  one.extend({
    serves: z.array(z.string().max(60)).max(100).optional(),
    measures: z.array(id).max(100).optional(),
  }),
  async (context, { activityId, serves, measures }) =>
    editActivity(context, { activityId, fields: { serves, measures } }),
)

/** A new measure, and the activity it shows. Two clicks to undo: the measure stays for others to use. */
export const createMeasure = action(
  'measure.create',
  one.extend({
    departmentId: id,
    name: text,
    unit: text,
    direction: z.enum(directions),
    baseline: z.number().nullable(),
    target: z.strictObject({ cycle: z.string().max(20), value: z.number() }).nullable(),
    measures: z.array(id).max(100),
  }),
  async (context, { activityId, departmentId, measures, target, name, unit, direction, baseline }) => {
    const targets = target ? [target] : []
    const { value } = await changeMeasure(context, {
      change: { do: 'add', fields: { name, unit, direction, baseline, departmentId, targets } },
    })
    return editActivity(context, { activityId, fields: { measures: [...measures, value.id] } })
  },
)

export const offer = action(
  'hand-off.offer',
  z.strictObject({
    workspace,
    fromActivityId: id,
    toBoardId: id,
    toActivityId: id.nullable(),
    title: text,
    due: day,
  }),
  async (context, input) => offerHandOff(context, input),
)

/** The command asks on which of the two sides the actor stands. */
export const stepHandOff = action(
  'hand-off.answer',
  z.strictObject({
    workspace,
    handOffId: id,
    move: z.enum(handOffMoves),
    reason: text.optional(),
    toActivityId: id.optional(),
  }),
  async (context, input) => stepTheHandOff(context, input),
)

export const relate = action(
  'activity.edit',
  z.strictObject({
    workspace,
    change: z.discriminatedUnion('do', [
      z.strictObject({
        do: z.literal('add'),
        kind: z.enum(relationKinds),
        fromId: id,
        toId: id,
        why: text,
      }),
      z.strictObject({
        do: z.literal('set'),
        relationId: id,
        why: text.optional(),
        resolved: z.boolean().optional(),
      }),
      z.strictObject({ do: z.literal('remove'), relationId: id }),
    ]),
  }),
  async (context, input) => relateActivities(context, input),
)

export const speak = action(
  'activity.comment',
  z.strictObject({
    workspace,
    speech: z.discriminatedUnion('do', [
      z.strictObject({ do: z.literal('say'), activityId: id, text }),
      z.strictObject({ do: z.literal('edit'), commentId: id, text }),
      z.strictObject({ do: z.literal('delete'), commentId: id }),
      z.strictObject({ do: z.literal('restore'), commentId: id }),
    ]),
  }),
  async (context, input) => {
    await speakOfActivity(context, input)
  },
)

/** Somebody was named in the description: said once its words are saved. */
export const nameSomebody = action(
  'activity.edit',
  one.extend({ memberId: member }),
  async (context, input) => nameInDescription(context, input),
)

/** Bytes come by the route beside this; taking a file off is an act like the others. */
export const detach = action(
  'activity.detach',
  z.strictObject({ workspace, fileId: id }),
  async (context, input) => detachFile(context, input),
)

/** Takes back one of one's own clicks; the command asks whether that may be. */
export const takeBack = action(
  'activity.comment',
  z.strictObject({ workspace, changeId: id }),
  async (context, { changeId }) => undoChange(context, { changeId }),
)
