'use server'

import { z } from 'zod'
import { action } from '@/app/_server/action'
import { followDecision as follow } from '@/lib/commands/decide-in-review'
import { decisionFates } from '@/lib/domain/review-decision'

/** Its owner follows a decision, also where the rest of the review is not theirs to read. */
export const followDecision = action(
  'decision.follow',
  z.strictObject({
    workspace: z.string().max(80),
    decisionId: z.string().max(40),
    fate: z.enum(decisionFates),
    reason: z.string().max(5_000),
  }),
  async (context, { decisionId, fate, reason }) => {
    await follow(context, { decisionId, fate, reason })
    return {}
  },
)
