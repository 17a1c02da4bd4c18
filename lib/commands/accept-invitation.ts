import { checkStanding, isAddressedTo } from '@/lib/domain/invitation'
import { worksInDepartments } from '@/lib/domain/member'
import { Refusal } from '@/lib/domain/refusal'
import type { Id } from '@/lib/kit/ids'
import type { UserContext } from './context'

export interface Accepted {
  readonly workspaceId: Id<'ws'>
  readonly slug: string
  readonly memberId: Id<'mem'>
}

/**
 * Makes the user a member and uses the invitation up. Refuses with `not_found` (no such link, or its workspace is
 * gone), `already_used`, `expired` (also revoked, and when its inviter left or may not give the role any more),
 * `wrong_account`, `already_member`. No refusal names the workspace.
 */
export async function acceptInvitation(
  { store, live, clock, user }: UserContext,
  input: { readonly token: string },
): Promise<Accepted> {
  const now = clock.now()
  const accepted = await store.transact(async (tx) => {
    const found = await tx.invitations.byToken(input.token)
    if (!found) throw new Refusal('not_found')
    const workspace = await tx.workspaces.lock(found.workspaceId)
    // Read again behind the lock: while we waited it may have been used, or its inviter removed.
    const invitation = workspace && (await tx.invitations.byToken(input.token))
    if (!invitation) throw new Refusal('not_found')
    if (!isAddressedTo(invitation, user.email)) throw new Refusal('wrong_account')
    checkStanding(invitation, invitation.inviter, now)
    const used = await tx.invitations.redeem(invitation.id, new Date(now))
    if (!used) throw new Refusal('already_used')
    const member = await tx.members.admit(workspace.id, user.id, invitation.role, new Date(now))
    // Rolls the use back: the link stays good for somebody who is not a member yet.
    if (!member) throw new Refusal('already_member')
    await tx.invitations.noteUse(invitation.id, member.id)
    const department = invitation.departmentId && (await tx.departments.find(invitation.departmentId))
    if (department && !department.archivedAt && worksInDepartments(invitation.role)) {
      await tx.departments.setPosition(department.id, member.id, 'member')
    }
    return { workspaceId: workspace.id, slug: workspace.slug, memberId: member.id }
  })
  live.publish(accepted.workspaceId, { type: 'members.changed' })
  return accepted
}
