'use server'

import { z } from 'zod'
import { action } from '@/app/_server/action'
import { createSample as create, removeSample as remove } from '@/lib/commands/sample-workspace'
import { languages } from '@/lib/domain/language'

export const createSample = action(
  'user',
  z.strictObject({ language: z.enum(languages) }),
  async (context, { language }) => ({ slug: (await create(context, { language })).slug }),
)

export const removeSample = action(
  'workspace.delete',
  z.strictObject({ workspace: z.string().max(80) }),
  async (context) => remove(context),
)
