import type { Context } from '@/lib/commands/context'
import { permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import type { Role } from '@/lib/domain/role'
import { type Access, usualAccess } from '@/lib/domain/strategy-access'

export interface AccessOfMember {
  readonly memberId: string
  readonly userId: string
  readonly name: string
  readonly role: Role
  readonly usual: Access
  readonly given: Access | null
}

/** What every member may do in one strategy, for the owner who widens or narrows it. */
export async function accessPage(
  { actor, store }: Context,
  strategyId: string,
): Promise<{ readonly title: string; readonly members: readonly AccessOfMember[] }> {
  const strategy = await store.read.strategies.find(strategyId, actor.memberId)
  if (!strategy) throw new Refusal('not_found')
  permit(actor, 'strategy.access', { kind: 'strategy', strategy })
  const [members, given] = await Promise.all([
    store.read.members.list(actor.workspaceId),
    store.read.strategies.access(strategyId),
  ])
  const levels = new Map(given.map((row) => [row.memberId, row.level]))
  return {
    title: strategy.title,
    members: members.map((member) => ({
      memberId: member.id,
      userId: member.userId,
      name: member.name,
      role: member.role,
      usual: usualAccess[member.role],
      given: levels.get(member.id) ?? null,
    })),
  }
}
