import type { GuestContext, User } from '@/lib/commands/context'
import { checkStanding, isAddressedTo } from '@/lib/domain/invitation'
import { Refusal } from '@/lib/domain/refusal'
import type { Role } from '@/lib/domain/role'

/**
 * What somebody who opens an invitation's link may read. Only `open` and `member` name the workspace: the first
 * because the link is good, the second because the reader belongs to it already. Looking never uses the link up:
 * chat programs open every link they see.
 */
export type InvitationView =
  | { readonly state: 'unknown' | 'used' | 'expired' | 'wrong-address' }
  | { readonly state: 'member'; readonly workspace: string; readonly slug: string }
  | {
      readonly state: 'open'
      readonly workspace: string
      readonly inviter: string
      readonly role: Role
      /** When it ends, milliseconds since 1970. */
      readonly until: number
      readonly now: number
      /** Bound to one address, or good for whoever holds it. */
      readonly bound: boolean
    }

export async function invitationView(
  { store, clock }: GuestContext,
  user: User | null,
  token: string,
): Promise<InvitationView> {
  const invitation = await store.read.invitations.byToken(token)
  if (!invitation) return { state: 'unknown' }
  const { workspace, inviter } = invitation
  if (user && (await isMember(store, workspace.id, user))) {
    return { state: 'member', workspace: workspace.name, slug: workspace.slug }
  }
  const now = clock.now()
  try {
    checkStanding(invitation, inviter, now)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { state: error.code === 'already_used' ? 'used' : 'expired' }
  }
  if (user && !isAddressedTo(invitation, user.email)) return { state: 'wrong-address' }
  return {
    state: 'open',
    workspace: workspace.name,
    inviter: inviter.name,
    role: invitation.role,
    until: invitation.expiresAt.getTime(),
    now,
    bound: invitation.email !== null,
  }
}

async function isMember(store: GuestContext['store'], workspaceId: string, user: User): Promise<boolean> {
  const all = await store.read.workspaces.ofUser(user.id)
  return all.some((workspace) => workspace.id === workspaceId)
}
