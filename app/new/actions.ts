'use server'

import { z } from 'zod'
import { action } from '@/app/_server/action'
import { createWorkspace as create } from '@/lib/commands/create-workspace'
import { strategyTemplates } from '@/lib/document/templates'
import { languages } from '@/lib/domain/language'
import { roles } from '@/lib/domain/role'

/** Texts are longer here than any rule allows: the rule itself says so, in words. */
export const createWorkspace = action(
  'user',
  z.strictObject({
    name: z.string().max(1_000),
    slug: z.string().max(200),
    language: z.enum(languages),
    yearStart: z.int(),
    template: z.enum([...strategyTemplates, 'blank']),
    invites: z.array(z.strictObject({ email: z.string().max(400).nullable(), role: z.enum(roles) })).max(100),
  }),
  (context, input) => create(context, input),
)
