import type { UserContext } from '@/lib/commands/context'
import type { Role } from '@/lib/domain/role'
import { RESTORE_DAYS, restorableSince } from '@/lib/domain/workspace'
import type { Id } from '@/lib/kit/ids'

export interface MyWorkspace {
  readonly id: Id<'ws'>
  readonly slug: string
  readonly name: string
  readonly role: Role
  /** People in it, oneself included. */
  readonly members: number
  /** The example company. */
  readonly sample: boolean
}

/** The workspaces the user belongs to, in the order they joined. */
export async function myWorkspaces({ store, user }: UserContext): Promise<MyWorkspace[]> {
  const all = await store.read.workspaces.ofUser(user.id)
  return all.map(({ id, slug, name, role, members, sample }) => ({ id, slug, name, role, members, sample }))
}

/** What the user, as an owner, may still bring back; `until` in milliseconds since 1970. */
export async function myDeletedWorkspaces({
  store,
  clock,
  user,
}: UserContext): Promise<{ id: Id<'ws'>; name: string; until: number; now: number }[]> {
  const now = clock.now()
  const deleted = await store.read.workspaces.deletedOf(user.id, restorableSince(now))
  return deleted.map(({ id, name, deletedAt }) => ({
    id,
    name,
    until: deletedAt.getTime() + RESTORE_DAYS * 86_400_000,
    now,
  }))
}
