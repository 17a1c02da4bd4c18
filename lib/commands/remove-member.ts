import type { Writer } from '@/db/repositories'
import { depart, type Member } from '@/lib/domain/member'
import { permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import type { Context } from './context'
import { lockWorkspace } from './lock-workspace'

/**
 * Ends a membership. What they wrote stays with their name; their invitations die, their departments and single
 * permissions are taken back, their open connections close within a second. Refuses with `last_owner`, `not_found`.
 */
export async function removeMember(context: Context, input: { readonly memberId: string }): Promise<void> {
  const { store, live, clock } = context
  const gone = await store.transact(async (tx) => {
    const { actor } = await lockWorkspace(tx, context.actor)
    permit(actor, 'member.remove')
    const member = await tx.members.lock(input.memberId)
    if (!member || member.workspaceId !== actor.workspaceId || member.removedAt)
      throw new Refusal('not_found')
    return endMembership(tx, member, new Date(clock.now()))
  })
  live.revoke({ memberId: gone.id })
  live.publish(gone.workspaceId, { type: 'members.changed' })
}

/** Shared by removing and leaving. The workspace must be locked, or two owners could go at once. */
export async function endMembership(tx: Writer, member: Member, at: Date): Promise<Member> {
  const owners = await tx.members.owners(member.workspaceId)
  const gone = await tx.members.save(depart(member, owners, at))
  await tx.members.strip(gone.id)
  await tx.invitations.revokeBy(gone.id, at)
  return gone
}
