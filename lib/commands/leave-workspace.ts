import { permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import type { Context } from './context'
import { lockWorkspace } from './lock-workspace'
import { endMembership } from './remove-member'

/** Ends one's own membership. The last owner is refused with `last_owner`. */
export async function leaveWorkspace(context: Context): Promise<void> {
  const { store, live, clock } = context
  const gone = await store.transact(async (tx) => {
    const { actor } = await lockWorkspace(tx, context.actor)
    permit(actor, 'member.leave')
    const member = await tx.members.lock(actor.memberId)
    if (!member) throw new Refusal('not_found')
    return endMembership(tx, member, new Date(clock.now()))
  })
  live.revoke({ memberId: gone.id })
  live.publish(gone.workspaceId, { type: 'members.changed' })
}
