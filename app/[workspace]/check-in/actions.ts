'use server'

import { z } from 'zod'
import { action } from '@/app/_server/action'
import { checkIn as check } from '@/lib/commands/check-in'

const id = z.string().max(40)

/** The command asks about the very measure and the very review. */
export const checkIn = action(
  'measure.read',
  z.strictObject({
    workspace: z.string().max(80),
    measureId: id,
    reading: z.strictObject({ on: z.string().max(40), value: z.number() }).nullable(),
    word: z
      .strictObject({
        reviewId: id,
        id,
        // Longer than any finding may be: the rule says so, in words.
        text: z.string().max(8_000),
        outlook: z.string().max(1_000),
      })
      .nullable(),
  }),
  (context, { workspace: _workspace, ...input }) => check(context, input),
)
