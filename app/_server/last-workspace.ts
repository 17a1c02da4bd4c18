import 'server-only'
import { cookies } from 'next/headers'
import type { UserContext } from '@/lib/commands/context'

export const WORKSPACE_COOKIE = 'workspace'

/** Where a signed-in user goes: the workspace this browser was in last, else the first one joined, else a new one. */
export async function lastWorkspace({ store, user }: UserContext): Promise<string> {
  const mine = await store.read.workspaces.ofUser(user.id)
  const last = (await cookies()).get(WORKSPACE_COOKIE)?.value
  const found = mine.find((workspace) => workspace.id === last) ?? mine[0]
  return found ? `/${found.slug}` : '/new'
}
