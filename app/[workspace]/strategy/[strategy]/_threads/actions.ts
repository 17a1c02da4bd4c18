'use server'

import { z } from 'zod'
import { action } from '@/app/_server/action'
import { createThread as create } from '@/lib/commands/create-thread'
import { deleteComment as takeBack } from '@/lib/commands/delete-comment'
import { editComment as edit } from '@/lib/commands/edit-comment'
import { endThread, takeUpThread } from '@/lib/commands/end-thread'
import { markRead } from '@/lib/commands/mark-read'
import { putBackComment as putBack } from '@/lib/commands/put-back-comment'
import { react as give } from '@/lib/commands/react'
import { reply as answer } from '@/lib/commands/reply'
import { outcomes, reactions, readOutcome } from '@/lib/domain/thread'

const workspace = z.string().max(80)
const id = z.string().max(40)
/** Longer than any comment: the rule itself says how long one may be, in words. */
const text = z.string().max(40_000)
/** A Yjs relative position in base64. */
const position = z.base64().max(88)
const one = z.strictObject({ workspace, threadId: id, commentId: id })

export const createThread = action(
  'strategy.comment',
  z.strictObject({
    workspace,
    strategyId: id,
    anchor: z.discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('words'),
        start: position,
        end: position,
        quote: z.string().max(4_000),
      }),
      z.strictObject({
        kind: z.literal('item'),
        itemId: z.string().regex(/^itm_[0-9a-z]{26}$/),
        part: z.string().max(40).nullable(),
      }),
    ]),
    text,
  }),
  async (context, { strategyId, anchor, text }) =>
    create(context, {
      strategyId,
      text,
      anchor:
        anchor.kind === 'item'
          ? anchor
          : {
              kind: 'words',
              quote: anchor.quote,
              range: { start: Buffer.from(anchor.start, 'base64'), end: Buffer.from(anchor.end, 'base64') },
            },
    }),
)

export const reply = action(
  'strategy.comment',
  z.strictObject({ workspace, threadId: id, text }),
  async (context, input) => answer(context, input),
)

export const editComment = action('strategy.comment', one.extend({ text }), async (context, input) => {
  await edit(context, input)
})

export const deleteComment = action('strategy.comment', one, async (context, input) =>
  takeBack(context, input),
)

export const putBackComment = action('strategy.comment', one, async (context, input) => {
  await putBack(context, input)
})

export const react = action(
  'strategy.comment',
  one.extend({ reaction: z.enum(reactions), on: z.boolean() }),
  async (context, input) => {
    await give(context, input)
  },
)

export const resolveThread = action(
  'strategy.comment',
  z.strictObject({
    workspace,
    threadId: id,
    outcome: z
      .strictObject({
        kind: z.enum(outcomes),
        reason: z.string().max(4_000),
        until: z.string().max(20),
        measureId: id.nullable(),
      })
      .nullable(),
  }),
  async (context, { threadId, outcome }) => {
    await endThread(context, { threadId, outcome: outcome && readOutcome(outcome) })
  },
)

export const reopenThread = action(
  'strategy.comment',
  z.strictObject({ workspace, threadId: id }),
  async (context, { threadId }) => {
    await takeUpThread(context, { threadId })
  },
)

/** Whoever opens a thread has read what it told them. */
export const readThread = action(
  'inbox.read',
  z.strictObject({ workspace, threadId: id }),
  async (context, { threadId }) => {
    await markRead(context, { kind: 'thread', threadId })
  },
)
