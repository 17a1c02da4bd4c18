'use server'

import { cookies } from 'next/headers'
import { z } from 'zod'
import { action } from '@/app/_server/action'
import { THEME_COOKIE } from '@/app/_server/appearance'
import { LANGUAGE_COOKIE } from '@/app/_server/language'
import { maybeUser } from '@/app/_server/visitor'
import { setPreferences as keep } from '@/lib/commands/set-preferences'
import { languages } from '@/lib/domain/language'

/**
 * Language and theme, for this browser and - for somebody signed in - for the user. A missing field stays; theme null
 * follows the system.
 */
export const setPreferences = action(
  'public',
  z.strictObject({
    language: z.enum(languages).optional(),
    theme: z.enum(['light', 'dark']).nullable().optional(),
  }),
  async ({ appUrl }, wish) => {
    const jar = await cookies()
    // Not a secret, and a year long: the door should speak the same language next time.
    const lasting = {
      path: '/',
      maxAge: 31_536_000,
      sameSite: 'lax',
      secure: appUrl.startsWith('https:'),
      httpOnly: true,
    } as const
    if (wish.language) jar.set(LANGUAGE_COOKIE, wish.language, lasting)
    if (wish.theme) jar.set(THEME_COOKIE, wish.theme, lasting)
    else if (wish.theme === null) jar.delete(THEME_COOKIE)
    const user = await maybeUser()
    if (user) await keep(user, wish)
  },
)
