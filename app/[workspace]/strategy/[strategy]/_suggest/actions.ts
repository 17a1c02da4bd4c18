'use server'

import { z } from 'zod'
import { action } from '@/app/_server/action'
import { closeProposal as close, explainProposal as explain } from '@/lib/commands/close-proposal'
import { decideChanges as decide } from '@/lib/commands/decide-changes'
import { discussChange as discuss } from '@/lib/commands/discuss-change'
import { openProposal as open } from '@/lib/commands/open-proposal'
import { MOST_CHANGES } from '@/lib/domain/proposal'

const workspace = z.string().max(80)
const id = z.string().max(40)

export const openProposal = action(
  'proposal.create',
  z.strictObject({ workspace, strategyId: id }),
  async (context, input) => open(context, input),
)

export const decideChanges = action(
  'proposal.decide',
  z.strictObject({
    workspace,
    proposalId: id,
    changes: z.array(id).min(1).max(MOST_CHANGES),
    accept: z.boolean(),
  }),
  async (context, input) => decide(context, input),
)

export const withdrawProposal = action(
  'proposal.withdraw',
  z.strictObject({ workspace, proposalId: id }),
  async (context, { proposalId }) => close(context, { proposalId, how: 'withdraw' }),
)

export const rejectProposal = action(
  'proposal.decide',
  z.strictObject({ workspace, proposalId: id }),
  async (context, { proposalId }) => close(context, { proposalId, how: 'reject' }),
)

export const explainProposal = action(
  'proposal.withdraw',
  z.strictObject({ workspace, proposalId: id, why: z.string().max(2_000) }),
  async (context, input) => explain(context, input),
)

export const discussChange = action(
  'strategy.comment',
  // Longer than any comment: the rule itself says how long one may be, in words.
  z.strictObject({ workspace, proposalId: id, changeId: id, text: z.string().max(40_000) }),
  async (context, input) => discuss(context, input),
)
