import { expiry } from '@/lib/domain/invitation'
import { mayGive } from '@/lib/domain/member'
import { permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import type { Context } from './context'
import { newToken } from './invitation-token'
import { countInvitations, type Invited } from './invite-members'
import { lockWorkspace } from './lock-workspace'

/**
 * A fresh link for a pending invitation, to be copied; the earlier one opens nothing any more. We keep only hashes,
 * so an old link cannot be shown again. Whoever renews vouches for it from now on, and so must be allowed to give
 * the role: else a partner could fetch themselves the link of an invitation to be owner.
 */
export async function renewInvitation(
  context: Context,
  input: { readonly invitationId: string },
): Promise<Invited> {
  const { store, live, clock } = context
  await countInvitations(context, 1)
  const now = clock.now()
  const token = newToken()
  const renewed = await store.transact(async (tx) => {
    const { actor } = await lockWorkspace(tx, context.actor)
    permit(actor, 'member.invite')
    const invitation = await tx.invitations.find(input.invitationId)
    if (!invitation || invitation.workspaceId !== actor.workspaceId) throw new Refusal('not_found')
    mayGive(actor.role, invitation.role)
    const written = await tx.invitations.renew(invitation.id, {
      token,
      invitedBy: actor.memberId,
      expiresAt: expiry(now),
    })
    if (!written) throw new Refusal('conflict')
    return written
  })
  live.publish(renewed.workspaceId, { type: 'members.changed' })
  const { id, email, role } = renewed
  return { id, email, role, link: `${context.appUrl}/invite/${token}` }
}
