'use server'

import { z } from 'zod'
import { action } from '@/app/_server/action'
import { acceptRisk as accept, dropRisk as drop } from '@/lib/commands/accept-risk'

const one = { workspace: z.string().max(80), strategyId: z.string().max(40), itemId: z.string().max(40) }

export const acceptRisk = action(
  'risk.accept',
  z.strictObject({ ...one, until: z.string().max(40), reason: z.string().max(5_000) }),
  async (context, input) => {
    const { until, reason } = await accept(context, input)
    return { until, reason }
  },
)

/** Answers what was accepted, for the way back; nothing where nothing was. */
export const dropRisk = action('risk.accept', z.strictObject(one), async (context, input) => {
  const before = await drop(context, input)
  return { until: before?.until ?? '', reason: before?.reason ?? '' }
})
