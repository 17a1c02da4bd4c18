'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { action } from '@/app/_server/action'
import { dropSession } from '@/app/_server/session-cookie'
import { maybeUser } from '@/app/_server/visitor'
import { signOut as end } from '@/lib/commands/sign-out'

/** Ends this browser's session and goes to the door. Somebody whose session has ended already goes there too. */
export const signOut = action('public', z.strictObject({}), async () => {
  const user = await maybeUser()
  if (user) await end(user)
  await dropSession()
  redirect('/sign-in')
})
