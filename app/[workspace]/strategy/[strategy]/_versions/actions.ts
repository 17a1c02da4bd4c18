'use server'

import { z } from 'zod'
import { action } from '@/app/_server/action'
import { askAboutChange as ask } from '@/lib/commands/ask-about-change'
import { emptyStrategy as empty } from '@/lib/commands/empty-strategy'
import { nameVersion as name } from '@/lib/commands/name-version'
import { MOST_PUT_BACK, putBackChanges as putBack } from '@/lib/commands/put-back-change'
import { type Restored, restoreVersion as restore } from '@/lib/commands/restore-version'
import { CHANGE_NAME } from '@/lib/document/diff/change-name'
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
  async (context, input) => told(await restore(context, input)),
)

export const emptyStrategy = action(
  'strategy.restore-version',
  z.strictObject({ workspace, strategyId }),
  async (context, input) => told(await empty(context, input)),
)

function told({ before, after, kept }: Restored) {
  return { before: before.number, changed: before.id !== after.id, kept: kept.map(({ words }) => words) }
}

const number = z.int().min(1).max(999_999_999)
const changes = z.array(z.string().regex(CHANGE_NAME)).min(1).max(MOST_PUT_BACK)

export const putBackChanges = action(
  'strategy.restore-version',
  z.strictObject({ workspace, strategyId, from: number, changes }),
  async (context, input) => {
    const { before, found, kept } = await putBack(context, input)
    return { before: before.number, found, kept: kept.map(({ words }) => words) }
  },
)

export const askAboutChange = action(
  'strategy.comment',
  // Longer than any comment: the rule itself says how long one may be, in words.
  z.strictObject({
    workspace,
    strategyId,
    from: number,
    to: z.union([number, z.literal('now')]),
    changes,
    text: z.string().max(40_000),
  }),
  async (context, input) => ask(context, input),
)
