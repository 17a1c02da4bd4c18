'use server'

import { z } from 'zod'
import { action } from '@/app/_server/action'
import { createStrategy as create } from '@/lib/commands/create-strategy'
import { duplicateStrategy as duplicate } from '@/lib/commands/duplicate-strategy'
import { makeCurrent } from '@/lib/commands/make-current'
import { moveStrategy as move } from '@/lib/commands/move-strategy'
import { renameStrategy as rename } from '@/lib/commands/rename-strategy'
import { setStrategyAccess } from '@/lib/commands/set-strategy-access'
import { strategyTemplates } from '@/lib/document/templates'
import { languages } from '@/lib/domain/language'
import { accessLevels } from '@/lib/domain/strategy-access'

const workspace = z.string().max(80)
const strategyId = z.string().max(40)
/** Longer than any title: the rule itself says how long one may be, in words. */
const title = z.string().max(2_000)
const one = z.strictObject({ workspace, strategyId })

export const createStrategy = action(
  'strategy.create',
  z.strictObject({
    workspace,
    title,
    language: z.enum(languages),
    template: z.enum([...strategyTemplates, 'blank']),
  }),
  async (context, input) => ({ id: (await create(context, input)).id }),
)

export const renameStrategy = action(
  'strategy.rename',
  z.strictObject({ workspace, strategyId, title }),
  async (context, input) => {
    const { title, revision } = await rename(context, input)
    return { title, revision }
  },
)

export const duplicateStrategy = action('strategy.duplicate', one, async (context, input) => ({
  id: (await duplicate(context, input)).id,
}))

export const archiveStrategy = action('strategy.archive', one, async (context, { strategyId }) => {
  await move(context, { strategyId, status: 'archived' })
})

export const trashStrategy = action('strategy.trash', one, async (context, { strategyId }) => {
  await move(context, { strategyId, status: 'trashed' })
})

export const restoreStrategy = action('strategy.restore', one, async (context, { strategyId }) => {
  await move(context, { strategyId, status: 'active' })
})

export const makeStrategyCurrent = action('strategy.make-current', one, async (context, input) => {
  await makeCurrent(context, input)
})

export const shareStrategy = action(
  'strategy.access',
  z.strictObject({
    workspace,
    strategyId,
    memberId: z.string().max(40),
    level: z.enum(accessLevels).nullable(),
  }),
  async (context, input) => {
    await setStrategyAccess(context, input)
  },
)
