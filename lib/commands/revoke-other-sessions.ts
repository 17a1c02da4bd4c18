import type { UserContext } from './context'

/** Ends every session of the user but this one. Answers how many. */
export async function revokeOtherSessions({
  store,
  live,
  clock,
  user,
  sessionId,
}: UserContext): Promise<number> {
  const ended = await store.transact((tx) => tx.sessions.revokeAll(user.id, new Date(clock.now()), sessionId))
  for (const session of ended) live.revoke({ sessionId: session })
  return ended.length
}
