import { Refusal } from '@/lib/domain/refusal'
import type { UserContext } from './context'

/** Ends one of the user's own sessions. Somebody else's is `not_found`, like one that never was. */
export async function revokeSession(
  { store, live, clock, user }: UserContext,
  input: { readonly sessionId: string },
): Promise<void> {
  const ended = await store.transact((tx) =>
    tx.sessions.revoke(input.sessionId, user.id, new Date(clock.now())),
  )
  if (!ended) throw new Refusal('not_found')
  live.revoke({ sessionId: input.sessionId })
}
