import { decode, encode } from 'next-auth/jwt'
import type { Store } from '@/db/store'
import { SESSION_MAX, touchSession } from '@/lib/domain/session'
import type { User } from '@/lib/domain/user'
import { askTogether } from '@/lib/kit/ask-together'
import { type Clock, systemClock } from '@/lib/kit/clock'
import { type Id, isId } from '@/lib/kit/ids'

/** A session that still counts, and whose it is. */
export interface SignedIn {
  readonly sessionId: Id<'ses'>
  readonly user: User
}

type Headers = Readonly<Record<string, string | string[] | undefined>>

/** How long browser and token last. Longer than a session: the row decides when that ends. */
export const SESSION_SECONDS = SESSION_MAX / 1000

/** The session's cookie: one name for http and one for https, for pages, next-auth and socket upgrades alike. */
export function sessionCookie(appUrl: string) {
  const secure = appUrl.startsWith('https:')
  return {
    // With `__Host-` no neighbouring subdomain can plant a session of its own. The prefix exists for https only.
    name: secure ? '__Host-throughline.session' : 'throughline.session',
    // Lax: the cookie stays at home when another site sends a form or opens a socket.
    options: { httpOnly: true, sameSite: 'lax', path: '/', secure },
  } as const
}

/** The cookie's value for a session: next-auth's own token, holding only whose it is and which row decides. */
export function sessionToken(
  secret: string,
  session: { userId: string; sessionId: string },
): Promise<string> {
  const token = { sub: session.userId, sid: session.sessionId }
  return encode({ token, secret, maxAge: SESSION_SECONDS })
}

/** The claims of a token of ours, or null for anything else. Says nothing about whether the session still counts. */
export async function readToken(
  token: string,
  secret: string,
): Promise<{ userId: Id<'usr'>; sessionId: Id<'ses'> } | null> {
  // Whatever cannot be read was not written by us: a forgery, or a cookie from before the secret changed.
  const claims = await decode({ token, secret }).catch(() => null)
  const userId = claims?.sub
  const sessionId = claims?.sid
  return isId('usr', userId) && isId('ses', sessionId) ? { userId, sessionId } : null
}

/**
 * Makes what turns the headers of a request or a socket upgrade into the session they carry. The one place that
 * does: a token is only a name, the row in `sessions` decides, asked each time.
 */
export function makeReadSession(given: {
  readonly store: Store
  readonly secret: string
  readonly appUrl: string
  readonly clock?: Clock
}): (headers: Headers) => Promise<SignedIn | null> {
  const { store, secret, clock = systemClock } = given
  const { name } = sessionCookie(given.appUrl)
  // After a restart everybody comes back in one moment, with a socket or two each.
  const current = askTogether(async (claimed: readonly { sessionId: string; userId: string }[]) => {
    const ids = [...new Set(claimed.map(({ sessionId }) => sessionId))]
    const found = await store.read.sessions.allCurrent(ids, new Date(clock.now()))
    const byId = new Map(found.map((one) => [one.session.id as string, one]))
    return claimed.map(({ sessionId, userId }) => {
      const one = byId.get(sessionId)
      return one?.session.userId === userId ? one : null
    })
  })
  return async (headers) => {
    const token = readCookie(headers.cookie, name)
    const claims = token ? await readToken(token, secret) : null
    if (!claims) return null
    const found = await current(claims)
    if (!found) return null
    const seen = touchSession(found.session, clock.now())
    if (seen) await store.transact((tx) => tx.sessions.touch(found.session.id, seen.seenAt, seen.expiresAt))
    return { sessionId: found.session.id, user: found.user }
  }
}

/** The value of one cookie in a Cookie header; the first, where a name comes twice. */
export function readCookie(header: string | string[] | undefined, name: string): string | null {
  const text = Array.isArray(header) ? header.join('; ') : header
  if (!text) return null
  for (const pair of text.split(';')) {
    const equals = pair.indexOf('=')
    if (equals > 0 && pair.slice(0, equals).trim() === name) return pair.slice(equals + 1).trim()
  }
  return null
}
