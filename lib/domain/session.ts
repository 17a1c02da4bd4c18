const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/** A session ends when nobody used it for this long. */
export const SESSION_IDLE = 30 * DAY
/** Whatever its use, a session ends this long after signing in: browsers keep no cookie longer. */
export const SESSION_MAX = 400 * DAY
/** How stale "last seen" may be: a write per page view would be the most frequent one of the whole app. */
const SEEN_STALE = 5 * MINUTE

interface Span {
  readonly createdAt: Date
  readonly seenAt: Date
}

/** When a session seen at `now` ends. */
export function sessionExpiry(createdAt: Date, now: number): Date {
  return new Date(Math.min(now + SESSION_IDLE, createdAt.getTime() + SESSION_MAX))
}

/** What to write because the session was used at `now`; null while it was written a moment ago. */
export function touchSession(session: Span, now: number): { seenAt: Date; expiresAt: Date } | null {
  if (now - session.seenAt.getTime() < SEEN_STALE) return null
  return { seenAt: new Date(now), expiresAt: sessionExpiry(session.createdAt, now) }
}
