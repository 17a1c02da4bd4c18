import 'server-only'
import { cookies } from 'next/headers'
import type { UserContext } from '@/lib/commands/context'

export const WORKSPACE_COOKIE = 'workspace'

/** Where a signed-in user goes: the workspace this browser was in last, else the first one joined, else a new one. */
export async function lastWorkspace(context: UserContext): Promise<string> {
  const found = await findLastWorkspace(context)
  return found ? `/${found.slug}` : '/new'
}

/** That workspace itself; null: there is none yet. */
export async function findLastWorkspace({ store, user }: UserContext) {
  const mine = await store.read.workspaces.ofUser(user.id)
  const last = (await cookies()).get(WORKSPACE_COOKIE)?.value
  return mine.find((workspace) => workspace.id === last) ?? mine[0] ?? null
}
