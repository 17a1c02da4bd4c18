'use server'

import { z } from 'zod'
import { action } from '@/app/_server/action'
import { answerImpact as answer, askImpact as ask, leaveWords as leave } from '@/lib/commands/ask-impact'
import { MOST_SPOKEN } from '@/lib/domain/coherence/spoken'

const workspace = z.string().max(80)
const id = z.string().max(40)
/** Longer than any text may be: the rules say in words how long one is. */
const text = z.string().max(2 * MOST_SPOKEN)

/** The command asks whether this strategy is theirs to change. Null: nobody was to be asked. */
export const askImpact = action(
  'coherence.read',
  z.strictObject({ workspace, strategyId: id, serve: z.string().max(80), was: text, now: text }),
  async (context, input) => ({ asked: (await ask(context, input))?.asked ?? 0 }),
)

/** The command asks whether this strategy is theirs to change. */
export const leaveWords = action(
  'coherence.read',
  z.strictObject({ workspace, strategyId: id, serve: z.string().max(80) }),
  async (context, input) => {
    await leave(context, input)
    return null
  },
)

/** Whoever owns the activity answers without working in its department: the command asks about the very one. */
export const answerImpact = action(
  'coherence.read',
  z.strictObject({ workspace, impactId: id, activityId: id, answer: z.string().max(20), note: text }),
  async (context, input) => ({ answer: (await answer(context, input)).answer }),
)
