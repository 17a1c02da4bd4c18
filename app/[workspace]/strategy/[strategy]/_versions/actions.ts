'use server'

import { z } from 'zod'
import { action } from '@/app/_server/action'
import { nameVersion as name } from '@/lib/commands/name-version'
import { restoreVersion as restore } from '@/lib/commands/restore-version'
import { Refusal } from '@/lib/domain/refusal'
import { readMoment } from '@/lib/domain/version'

const workspace = z.string().max(80)
const strategyId = z.string().max(40)

export const nameVersion = action(
  'strategy.name-version',
  // Longer than any name: the rule itself says how long one may be, in words.
  z.strictObject({ workspace, strategyId, version: z.string().max(12), name: z.string().max(2_000) }),
  async (context, input) => {
    const version = readMoment(input.version)
    if (version === null) throw new Refusal('not_found')
    const named = await name(context, { ...input, version })
    return { number: named.number, name: named.name ?? '' }
  },
)

export const restoreVersion = action(
  'strategy.restore-version',
  z.strictObject({ workspace, strategyId, version: z.int().min(1).max(999_999_999) }),
  async (context, input) => {
    const { before, after, kept } = await restore(context, input)
    return {
      before: before.number,
      changed: before.id !== after.id,
      kept: kept.map(({ words }) => words),
    }
  },
)
