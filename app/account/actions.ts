'use server'

import { z } from 'zod'
import { action } from '@/app/_server/action'
import { withHasher } from '@/app/_server/auth'
import { closeFeed as endFeed, openFeed as makeFeed } from '@/lib/commands/calendar-feed'
import { changeEmail as changeAddress } from '@/lib/commands/change-email'
import { changePassword as change } from '@/lib/commands/change-password'
import { revokeOtherSessions as revokeOthers } from '@/lib/commands/revoke-other-sessions'
import { revokeSession as revoke } from '@/lib/commands/revoke-session'
import { setPreferences } from '@/lib/commands/set-preferences'
import { updateProfile as update } from '@/lib/commands/update-profile'
import { Refusal } from '@/lib/domain/refusal'

const password = z.string().max(2_000)

export const updateProfile = action('user', z.strictObject({ name: z.string().max(2_000) }), update)

export const changePassword = action(
  'user',
  // The address stands in the form for the browser's password manager.
  z.strictObject({ email: z.string().max(2_000), present: password, password }),
  async (context, { present, password }) => {
    if (present === '') throw new Refusal('required', { field: 'present' })
    await change(withHasher(context), { present, password })
  },
)

export const changeEmail = action(
  'user',
  // Who signs in by a provider has none to give.
  z.strictObject({ email: z.string().max(2_000), present: password.default('') }),
  async (context, input) => {
    await changeAddress(withHasher(context), input)
  },
)

export const revokeSession = action('user', z.strictObject({ sessionId: z.string().max(40) }), revoke)

export const revokeOtherSessions = action('user', z.strictObject({}), async (context) => {
  await revokeOthers(context)
})

export const setMails = action('user', z.strictObject({ mails: z.boolean() }), async (context, { mails }) => {
  await setPreferences(context, { mails })
})

const inWorkspace = z.strictObject({ workspace: z.string().max(80) })

/** The only time the address is seen: what is kept opens nothing. */
export const openFeed = action('calendar.feed', inWorkspace, async (context) => {
  const { token } = await makeFeed(context)
  return { link: `${context.appUrl}/api/calendar/${token}.ics` }
})

export const closeFeed = action('calendar.feed', inWorkspace, async (context) => {
  await endFeed(context)
})
