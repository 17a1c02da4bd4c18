import type { Id } from '@/lib/kit/ids'
import { table } from './permissions'
import { Refusal } from './refusal'
import { atLeast, type Role } from './role'

/** Long enough for a week's holiday, short enough that a forgotten mail opens nothing. */
export const INVITATION_DAYS = 7

/** How many may be written in one go. */
export const MAX_INVITATIONS_AT_ONCE = 50

export interface Invitation {
  readonly id: Id<'inv'>
  readonly workspaceId: Id<'ws'>
  /** The address it is bound to, in small letters; null: a link that anybody holding it may use, once. */
  readonly email: string | null
  readonly role: Role
  readonly departmentId: Id<'dep'> | null
  readonly invitedBy: Id<'mem'>
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly revokedAt: Date | null
  readonly usedAt: Date | null
  readonly usedBy: Id<'mem'> | null
}

export type InvitationState = 'pending' | 'used' | 'revoked' | 'expired'

/** Used says more than revoked, revoked more than expired: the first thing that ended it. */
export function invitationState(invitation: Invitation, now: number): InvitationState {
  if (invitation.usedAt) return 'used'
  if (invitation.revokedAt) return 'revoked'
  // The boundary belongs to the past: at the very millisecond it is over.
  if (invitation.expiresAt.getTime() <= now) return 'expired'
  return 'pending'
}

export function expiry(now: number): Date {
  return new Date(now + INVITATION_DAYS * 24 * 60 * 60 * 1000)
}

/** Who wrote the invitation, as they are now. */
export interface Inviter {
  readonly role: Role
  readonly removedAt: Date | null
}

/**
 * Passes when the invitation still stands, or says why not. An invitation is worth what its inviter may do now:
 * removed, or lowered beneath the role they promised, and the link is as dead as an expired one.
 */
export function checkStanding(invitation: Invitation, inviter: Inviter, now: number): void {
  switch (invitationState(invitation, now)) {
    case 'used':
      throw new Refusal('already_used')
    case 'revoked':
    case 'expired':
      throw new Refusal('expired')
    case 'pending':
      if (!inviterStands(invitation, inviter)) throw new Refusal('expired')
  }
}

function inviterStands(invitation: Invitation, inviter: Inviter): boolean {
  if (inviter.removedAt) return false
  if (!(table['member.invite'] as readonly Role[]).includes(inviter.role)) return false
  return atLeast(inviter.role, invitation.role)
}

/** A mailed invitation is for its address alone, whatever its capitals; a link is for whoever holds it. */
export function isAddressedTo(invitation: Invitation, email: string): boolean {
  return invitation.email === null || invitation.email === email.toLowerCase()
}
