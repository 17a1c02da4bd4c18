'use server'

import { z } from 'zod'
import { action } from '@/app/_server/action'
import { withHasher } from '@/app/_server/auth'
import { keepVisit } from '@/app/_server/share-visit'
import { openShare as open } from '@/lib/commands/open-share'

/** The only thing that redeems a link, and only a person who presses the button comes here: no page load does. */
export const openShare = action(
  'public',
  z.strictObject({ token: z.string().max(100), password: z.string().max(400) }),
  async (context, input) => {
    const visit = await open(withHasher(context), input)
    await keepVisit(visit, context.appUrl)
    return { path: `/share/view/${visit.shareId}` }
  },
)
