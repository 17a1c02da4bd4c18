'use server'

import { z } from 'zod'
import { action } from '@/app/_server/action'
import { acceptInvitation as accept } from '@/lib/commands/accept-invitation'

/** Only this uses an invitation up, and only a person who presses the button comes here: no page load does. */
export const acceptInvitation = action(
  'user',
  z.strictObject({ token: z.string().max(100) }),
  async (context, input) => ({ slug: (await accept(context, input)).slug }),
)
