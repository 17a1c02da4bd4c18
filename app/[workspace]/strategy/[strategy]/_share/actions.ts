'use server'

import { z } from 'zod'
import { action } from '@/app/_server/action'
import { withHasher } from '@/app/_server/auth'
import { createShare as create } from '@/lib/commands/create-share'
import { revokeShare as revoke } from '@/lib/commands/revoke-share'
import { languages } from '@/lib/domain/language'
import { shareDays } from '@/lib/domain/share'
import { sharesOf } from '@/lib/queries/share'

const workspace = z.string().max(80)
const strategyId = z.string().max(40)

/** What this machine can write besides what it always can. */
export const exportChoices = action('strategy.read', z.strictObject({ workspace }), async ({ exchange }) => ({
  pdf: await exchange.printsPdf(),
}))

export const listShares = action(
  'strategy.share',
  z.strictObject({ workspace, strategyId }),
  (context, input) => sharesOf(context, input.strategyId),
)

export const createShare = action(
  'strategy.share',
  z.strictObject({
    workspace,
    strategyId,
    shows: z.union([z.enum(['live', 'now']), z.number().int().positive()]),
    comments: z.boolean(),
    days: z.literal(shareDays),
    password: z.string().max(400),
    note: z.string().max(400),
    language: z.enum(languages),
  }),
  async (context, input) => {
    const { token } = await create(withHasher(context), input)
    return { path: `/share/${token}` }
  },
)

export const revokeShare = action(
  'strategy.share',
  z.strictObject({ workspace, strategyId, shareId: z.string().max(40) }),
  async (context, input) => {
    await revoke(context, input)
  },
)
