'use server'

import { z } from 'zod'
import { action } from '@/app/_server/action'
import { signPositioning as sign, takeBackSignOff } from '@/lib/commands/sign-positioning'

const workspace = z.string().max(80)
const id = z.string().max(40)

export const signPositioning = action(
  'positioning.sign',
  z.strictObject({ workspace, strategyId: id, wording: z.string().max(64), name: z.string().max(400) }),
  async (context, input) => sign(context, input),
)

export const takeBack = action(
  'positioning.take-back',
  z.strictObject({ workspace, strategyId: id }),
  async (context, input) => takeBackSignOff(context, input),
)
