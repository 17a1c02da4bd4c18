import 'server-only'
import { cookies } from 'next/headers'
import { cache } from 'react'
import { maybeUser } from './visitor'

export const THEME_COOKIE = 'theme'
/** The reader's time zone, told by the browser, so that the server writes the right day. */
export const ZONE_COOKIE = 'zone'

export type Theme = 'light' | 'dark'

/** The user's preference, then the cookie; null follows the system. */
export const readTheme = cache(async (): Promise<Theme | null> => {
  const user = await maybeUser()
  if (user?.user.theme) return user.user.theme
  const cookie = (await cookies()).get(THEME_COOKIE)?.value
  return cookie === 'light' || cookie === 'dark' ? cookie : null
})

/** A zone Intl knows: the browser's if it told us one, else this machine's. */
export const readZone = cache(async (): Promise<string> => {
  const cookie = (await cookies()).get(ZONE_COOKIE)?.value
  if (cookie && known(cookie)) return cookie
  return Intl.DateTimeFormat().resolvedOptions().timeZone
})

function known(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }))
  } catch {
    return false
  }
}
