import 'server-only'
import { cookies } from 'next/headers'
import type { Started } from '@/lib/commands/start-session'
import { getRuntime } from '@/lib/server/runtime'
import { SESSION_SECONDS, sessionCookie, sessionToken } from '@/lib/server/session'

/** Gives this browser the session, in the cookie next-auth reads. Only in a server action or a route. */
export async function keepSession(started: Started): Promise<void> {
  const { secret, appUrl } = getRuntime()
  const { name, options } = sessionCookie(appUrl)
  const token = await sessionToken(secret, started)
  // It outlasts the session: the row decides when that ends, and slides with use, which a cookie cannot.
  ;(await cookies()).set(name, token, { ...options, maxAge: SESSION_SECONDS })
}
