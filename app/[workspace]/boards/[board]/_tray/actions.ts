'use server'

import { z } from 'zod'
import { action } from '@/app/_server/action'
import { answerRequest as answer } from '@/lib/commands/answer-request'
import { sendRequest as send } from '@/lib/commands/send-request'
import { stepTheHandOff } from '@/lib/commands/step-hand-off'
import { undoChange } from '@/lib/commands/undo-change'

const workspace = z.string().max(80)
const id = z.string().max(40)
/** Longer than any text may be: the rules say in words how long one is. */
const text = z.string().max(20_000)

export const sendRequest = action(
  'request.send',
  z.strictObject({ workspace, boardId: id, title: text, text, due: z.string().max(40).nullable() }),
  async (context, input) => ({ requestId: (await send(context, input)).id }),
)

export const acceptRequest = action(
  'request.answer',
  z.strictObject({ workspace, requestId: id, columnId: id }),
  async (context, { requestId, columnId }) => {
    // At the end of its column, as whatever comes last.
    const to = { columnId, after: null, before: null }
    const { value, undo } = await answer(context, { requestId, answer: { do: 'accept', to } })
    return { activityId: value.activity?.id ?? null, undo }
  },
)

export const declineRequest = action(
  'request.answer',
  z.strictObject({ workspace, requestId: id, reason: text }),
  async (context, { requestId, reason }) => {
    const { undo } = await answer(context, { requestId, answer: { do: 'decline', reason } })
    return { undo }
  },
)

/** One's own: the command asks whose it is. */
export const withdrawRequest = action(
  'request.withdraw',
  z.strictObject({ workspace, requestId: id }),
  async (context, { requestId }) => {
    const { undo } = await answer(context, { requestId, answer: { do: 'withdraw' } })
    return { undo }
  },
)

export const acceptHandOff = action(
  'hand-off.answer',
  z.strictObject({ workspace, handOffId: id, revision: z.number().int() }),
  async (context, input) => {
    const { undo } = await stepTheHandOff(context, { ...input, move: 'accept' })
    return { undo }
  },
)

export const declineHandOff = action(
  'hand-off.answer',
  z.strictObject({ workspace, handOffId: id, revision: z.number().int(), reason: text }),
  async (context, input) => {
    const { undo } = await stepTheHandOff(context, { ...input, move: 'decline' })
    return { undo }
  },
)

/** One's own clicks only: the command asks whose it was. */
export const undoTray = action(
  'board.read',
  z.strictObject({ workspace, changeId: id }),
  async (context, input) => {
    await undoChange(context, input)
  },
)
