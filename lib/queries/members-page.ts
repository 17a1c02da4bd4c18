import type { Context } from '@/lib/commands/context'
import type { DepartmentKind } from '@/lib/domain/department'
import { rolesToGive } from '@/lib/domain/member'
import { can } from '@/lib/domain/permissions'
import { atLeast, type Role } from '@/lib/domain/role'
import { must } from '@/lib/kit/assert'
import type { Id } from '@/lib/kit/ids'

export interface DepartmentName {
  readonly id: Id<'dep'>
  readonly kind: DepartmentKind | null
  readonly name: string | null
}

export interface MemberLine {
  readonly id: Id<'mem'>
  readonly userId: Id<'usr'>
  readonly name: string
  /** Null for readers who see nobody's address. */
  readonly email: string | null
  readonly image: string | null
  readonly role: Role
  /** When they joined, milliseconds since 1970. */
  readonly since: number
  readonly departments: readonly (DepartmentName & { readonly lead: boolean })[]
  readonly me: boolean
  /** The only owner: can neither go nor be lowered. */
  readonly lastOwner: boolean
}

export interface InvitationLine {
  readonly id: Id<'inv'>
  /** Null: a link for whoever holds it. */
  readonly email: string | null
  readonly role: Role
  readonly inviter: string
  /** When it ends, milliseconds since 1970. */
  readonly until: number
  /** Whether the reader may give this role, and so make a new link. */
  readonly mayRenew: boolean
}

export interface MembersPage {
  readonly slug: string
  readonly workspace: string
  readonly now: number
  readonly members: readonly MemberLine[]
  /** Empty for readers who may not see them. */
  readonly invitations: readonly InvitationLine[]
  readonly departments: readonly DepartmentName[]
  readonly mayInvite: boolean
  readonly mayChangeRole: boolean
  readonly mayRemove: boolean
  /** What the reader may hand out. */
  readonly roles: readonly Role[]
  /** Whether invitations are mailed; otherwise their links are shown to be copied. */
  readonly mails: boolean
}

/** Members, and for those who may see them, invitations on their way. */
export async function membersPage({ actor, store, clock, mailer }: Context): Promise<MembersPage> {
  const now = clock.now()
  const mayInvite = can(actor, 'member.invite')
  const [workspace, members, chain, pending] = await Promise.all([
    store.read.workspaces.find(actor.workspaceId),
    store.read.members.list(actor.workspaceId),
    store.read.departments.chain(actor.workspaceId),
    can(actor, 'invitation.read')
      ? store.read.invitations.pending(actor.workspaceId, new Date(now))
      : Promise.resolve([]),
  ])
  const { slug, name } = must(workspace, 'an actor acts in a workspace')
  const departments = chain.map((department) => ({
    id: department.id,
    kind: department.kind,
    name: department.name,
  }))
  const owners = members.filter((member) => member.role === 'owner').length
  // Advisers come from outside: whom they work with they see by name, their addresses they do not need.
  const seesAddresses = actor.role !== 'adviser'
  return {
    slug,
    workspace: name,
    now,
    members: members.map((member) => ({
      id: member.id,
      userId: member.userId,
      name: member.name,
      email: seesAddresses || member.id === actor.memberId ? member.email : null,
      image: member.image,
      role: member.role,
      since: member.createdAt.getTime(),
      departments: member.departments.flatMap(({ id, lead }) => {
        const department = departments.find((one) => one.id === id)
        return department ? [{ ...department, lead }] : []
      }),
      me: member.id === actor.memberId,
      lastOwner: member.role === 'owner' && owners === 1,
    })),
    invitations: pending
      // Those whose inviter has gone or may not invite any more open nothing: they are not on their way anywhere.
      .filter(({ inviter, role }) => inviter.removedAt === null && atLeast(inviter.role, role))
      .map((invitation) => ({
        id: invitation.id,
        email: invitation.email,
        role: invitation.role,
        inviter: invitation.inviter.name,
        until: invitation.expiresAt.getTime(),
        mayRenew: mayInvite && atLeast(actor.role, invitation.role),
      })),
    departments,
    mayInvite,
    mayChangeRole: can(actor, 'member.change-role'),
    mayRemove: can(actor, 'member.remove'),
    roles: rolesToGive(actor.role),
    mails: mailer.delivers,
  }
}
