'use server'

import { z } from 'zod'
import { action } from '@/app/_server/action'
import { changeFilter as change } from '@/lib/commands/change-filter'

const id = z.string().max(40)
/** The rules themselves say, in words, how long a name or a query may be. */
const line = z.string().max(20_000)

/** Answers all filters the member has now, shared ones included. */
export const changeFilter = action(
  'filter.save',
  z.strictObject({
    workspace: z.string().max(80),
    change: z.discriminatedUnion('do', [
      z.strictObject({ do: z.literal('save'), name: line, query: line, shared: z.boolean() }),
      z.strictObject({
        do: z.literal('set'),
        filterId: id,
        name: line.optional(),
        query: line.optional(),
        shared: z.boolean().optional(),
      }),
      z.strictObject({ do: z.literal('remove'), filterId: id }),
    ]),
  }),
  async (context, input) => {
    const { value, undo } = await change(context, input)
    return { filters: value, undo }
  },
)
