import type { Id } from '@/lib/kit/ids'
import type { Actor } from './actor'
import { Refusal } from './refusal'
import { atLeast, type Role, roles } from './role'

/** A user in a workspace. Never deleted: what they wrote keeps its author. */
export interface Member {
  readonly id: Id<'mem'>
  readonly workspaceId: Id<'ws'>
  readonly userId: Id<'usr'>
  readonly role: Role
  /** Goes up with every change of what the member may do. */
  readonly revision: number
  readonly createdAt: Date
  /** Set: no member any more. An invitation brings the same row back. */
  readonly removedAt: Date | null
}

/** The roles one may hand out: one's own and those below. */
export function rolesToGive(own: Role): Role[] {
  return roles.filter((role) => atLeast(own, role))
}

/** Nobody hands out more than they have. */
export function mayGive(by: Role, role: Role): void {
  if (!atLeast(by, role)) throw new Refusal('role_too_high')
}

/**
 * The member with another role. A workspace always has an owner: the last one cannot be lowered.
 * `owners` counts all present owners, this member among them if they are one.
 */
export function changeRole(member: Member, to: Role, by: Actor, owners: number): Member {
  // Neither may an owner's role be touched by somebody below, whatever the table says one day.
  mayGive(by.role, member.role)
  mayGive(by.role, to)
  if (member.role === 'owner' && to !== 'owner') keepAnOwner(owners)
  return { ...member, role: to }
}

/** The member as one who has gone, by leaving or by being removed. The last owner stays. */
export function depart(member: Member, owners: number, at: Date): Member {
  if (member.role === 'owner') keepAnOwner(owners)
  return { ...member, removedAt: at }
}

function keepAnOwner(owners: number): void {
  if (owners <= 1) throw new Refusal('last_owner')
}

/** Advisers and viewers look on: they neither lead a department nor work in one. */
export function worksInDepartments(role: Role): boolean {
  return role !== 'adviser' && role !== 'viewer'
}
