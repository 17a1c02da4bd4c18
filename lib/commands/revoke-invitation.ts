import { permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import type { Context } from './context'
import { lockWorkspace } from './lock-workspace'

/** Takes an invitation back. One that was used meanwhile is `conflict`: a member is removed, not un-invited. */
export async function revokeInvitation(
  context: Context,
  input: { readonly invitationId: string },
): Promise<void> {
  const { store, live, clock } = context
  await store.transact(async (tx) => {
    const { actor } = await lockWorkspace(tx, context.actor)
    permit(actor, 'invitation.revoke')
    const invitation = await tx.invitations.find(input.invitationId)
    if (!invitation || invitation.workspaceId !== actor.workspaceId) throw new Refusal('not_found')
    // Twice is as good as once.
    if (invitation.revokedAt) return
    if (!(await tx.invitations.revoke(invitation.id, new Date(clock.now())))) throw new Refusal('conflict')
  })
  live.publish(context.actor.workspaceId, { type: 'members.changed' })
}
