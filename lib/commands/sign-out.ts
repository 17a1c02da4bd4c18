import type { UserContext } from './context'

/** Ends the session this was asked with; its connections close. */
export async function signOut({ store, live, clock, user, sessionId }: UserContext): Promise<void> {
  await store.transact((tx) => tx.sessions.revoke(sessionId, user.id, new Date(clock.now())))
  live.revoke({ sessionId })
}
