import type { Writer } from '@/db/repositories'
import type { Actor } from '@/lib/domain/actor'
import { parseEmail } from '@/lib/domain/email'
import { expiry, MAX_INVITATIONS_AT_ONCE } from '@/lib/domain/invitation'
import { mayGive } from '@/lib/domain/member'
import { permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import type { Role } from '@/lib/domain/role'
import { type Id, newId } from '@/lib/kit/ids'
import type { Context, UserContext } from './context'
import { newToken } from './invitation-token'
import { lockWorkspace } from './lock-workspace'
import { sendInvitation } from './mail-invitation'
import { limitAll, limitKey } from './rate-limit'

/** A company of a few dozen is invited in one sitting; a server that mails for a spammer is blocked in one, too. */
const PER_MINUTE = { max: 60, seconds: 60 }
const PER_DAY = { max: 500, seconds: 86_400 }

export interface Invite {
  /** Null: a link for whoever holds it first. */
  readonly email: string | null
  readonly role: Role
  readonly departmentId?: string | null
}

export interface Invited {
  readonly id: Id<'inv'>
  readonly email: string | null
  readonly role: Role
  /** To be copied by the inviter, now or never: only its hash is kept. Null when it went out by mail. */
  readonly link: string | null
}

/** The invites with clean addresses, each address once. `row` in a refusal's `field` says which one is meant. */
export function readInvites(invites: readonly Invite[], by: Role): Invite[] {
  if (invites.length > MAX_INVITATIONS_AT_ONCE) {
    throw new Refusal('too_large', { field: 'email', max: MAX_INVITATIONS_AT_ONCE })
  }
  const seen = new Set<string>()
  return invites.flatMap((invite, row) => {
    mayGive(by, invite.role)
    if (invite.email === null) return [invite]
    const email = parseEmail(invite.email)
    if (email === null) throw new Refusal('invalid_email', { field: `email-${row}` })
    if (seen.has(email)) return []
    seen.add(email)
    return [{ ...invite, email }]
  })
}

/** Every invitation counts as a try, refused or not. */
export async function countInvitations({ store, user, clock }: UserContext, times: number): Promise<void> {
  const each = Array.from({ length: times }, () => [
    [limitKey('invite-minute', user.id), PER_MINUTE] as const,
    [limitKey('invite-day', user.id), PER_DAY] as const,
  ])
  if (each.length > 0) await limitAll(store, each.flat(), clock.now())
}

/**
 * Writes invitations, all or none, and mails those that have an address. Refuses with `role_too_high`,
 * `invalid_email`, `already_member`, `rate_limited`, `not_found` (a department of somebody else).
 */
export async function inviteMembers(
  context: Context,
  input: { readonly invites: readonly Invite[] },
  already: { readonly counted: boolean } = { counted: false },
): Promise<Invited[]> {
  const { store, live, clock } = context
  permit(context.actor, 'member.invite')
  if (!already.counted) await countInvitations(context, input.invites.length)
  const now = clock.now()
  const { workspace, written } = await store.transact(async (tx) => {
    const { workspace, actor } = await lockWorkspace(tx, context.actor)
    permit(actor, 'member.invite')
    const written = []
    for (const [row, invite] of readInvites(input.invites, actor.role).entries()) {
      written.push(await write(tx, actor, invite, row, now))
    }
    return { workspace, written }
  })
  if (written.length > 0) live.publish(workspace.id, { type: 'members.changed' })
  return Promise.all(
    written.map(async ({ id, email, role, token }) => {
      const link = `${context.appUrl}/invite/${token}`
      const mailed = email !== null && (await sendInvitation(context, { workspace, email, role, link }))
      return { id, email, role, link: mailed ? null : link }
    }),
  )
}

async function write(tx: Writer, actor: Actor, invite: Invite, row: number, now: number) {
  const { email, role } = invite
  const departmentId = await departmentOf(tx, actor, invite.departmentId ?? null)
  if (email !== null) {
    if (await tx.members.hasAddress(actor.workspaceId, email)) {
      throw new Refusal('already_member', { field: `email-${row}` })
    }
    await tx.invitations.revokeTo(actor.workspaceId, email, new Date(now))
  }
  const token = newToken()
  const id = newId('inv')
  await tx.invitations.add({
    id,
    workspaceId: actor.workspaceId,
    email,
    role,
    departmentId,
    token,
    invitedBy: actor.memberId,
    createdAt: new Date(now),
    expiresAt: expiry(now),
  })
  return { id, email, role, token }
}

async function departmentOf(
  tx: Writer,
  actor: Actor,
  departmentId: string | null,
): Promise<Id<'dep'> | null> {
  if (departmentId === null) return null
  const department = await tx.departments.find(departmentId)
  if (!department || department.workspaceId !== actor.workspaceId || department.archivedAt) {
    throw new Refusal('not_found')
  }
  return department.id
}
