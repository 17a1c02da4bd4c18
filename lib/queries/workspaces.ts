import type { UserContext } from '@/lib/commands/context'
import type { Role } from '@/lib/domain/role'
import type { Id } from '@/lib/kit/ids'

export interface MyWorkspace {
  readonly id: Id<'ws'>
  readonly slug: string
  readonly name: string
  readonly role: Role
  /** People in it, oneself included. */
  readonly members: number
}

/** The workspaces the user belongs to, in the order they joined. */
export async function myWorkspaces({ store, user }: UserContext): Promise<MyWorkspace[]> {
  const all = await store.read.workspaces.ofUser(user.id)
  return all.map(({ id, slug, name, role, members }) => ({ id, slug, name, role, members }))
}
