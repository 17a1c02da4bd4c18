import { changeRole as changed, worksInDepartments } from '@/lib/domain/member'
import { permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import type { Role } from '@/lib/domain/role'
import type { Context } from './context'
import { lockWorkspace } from './lock-workspace'

/**
 * Gives a member another role. Their open connections close within a second and are judged anew. Advisers and
 * viewers leave their departments. Refuses with `last_owner`, `role_too_high`, `not_found`.
 */
export async function changeRole(
  context: Context,
  input: { readonly memberId: string; readonly role: Role },
): Promise<void> {
  const { store, live } = context
  const saved = await store.transact(async (tx) => {
    const { actor } = await lockWorkspace(tx, context.actor)
    permit(actor, 'member.change-role')
    const member = await tx.members.lock(input.memberId)
    if (!member || member.workspaceId !== actor.workspaceId || member.removedAt)
      throw new Refusal('not_found')
    if (member.role === input.role) return null
    const owners = await tx.members.owners(actor.workspaceId)
    const saved = await tx.members.save(changed(member, input.role, actor, owners))
    if (!worksInDepartments(saved.role)) await tx.departments.clear(saved.id)
    return saved
  })
  if (!saved) return
  live.revoke({ memberId: saved.id })
  live.publish(saved.workspaceId, { type: 'members.changed' })
}
