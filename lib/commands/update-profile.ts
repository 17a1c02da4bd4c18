import { cleanName } from '@/lib/domain/user'
import type { UserContext } from './context'

/** Changes the name others see. Open connections come back under it. */
export async function updateProfile(
  { store, live, user }: UserContext,
  input: { readonly name: string },
): Promise<{ readonly name: string }> {
  const name = cleanName(input.name)
  if (name === user.name) return { name }
  await store.transact((tx) => tx.users.rename(user.id, name))
  // The server stamps presence with the name of the session; a connection learns the new one by joining again.
  live.revoke({ userId: user.id })
  return { name }
}
