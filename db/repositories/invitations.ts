import { createHash } from 'node:crypto'
import { and, desc, eq, gt, isNull } from 'drizzle-orm'
import type { Invitation, Inviter } from '@/lib/domain/invitation'
import type { Role } from '@/lib/domain/role'
import type { Workspace } from '@/lib/domain/workspace'
import { type Id, isId } from '@/lib/kit/ids'
import type { Db } from '../database'
import { invitations, members, users, workspaces } from '../schema'
import { workspace } from './workspaces'

/** An invitation with everything that decides what it is worth, and the names its reader is shown. */
export interface InvitationWithInviter extends Invitation {
  readonly workspace: Workspace
  readonly inviter: Inviter & { readonly name: string }
}

type Row = typeof invitations.$inferSelect

// What is stored. A plain hash is enough: nobody guesses 256 bits, so there is nothing to slow down.
function hash(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

// The hash stays in the database: nobody who reads an invitation needs it.
function invitation({ tokenHash: _, ...row }: Row): Invitation {
  return {
    ...row,
    id: row.id as Id<'inv'>,
    workspaceId: row.workspaceId as Id<'ws'>,
    role: row.role as Role,
    departmentId: row.departmentId as Id<'dep'> | null,
    invitedBy: row.invitedBy as Id<'mem'>,
    usedBy: row.usedBy as Id<'mem'> | null,
  }
}

export function invitationReader(db: Db) {
  const withInviter = () =>
    db
      .select({
        row: invitations,
        workspace: workspaces,
        role: members.role,
        removedAt: members.removedAt,
        name: users.name,
      })
      .from(invitations)
      .innerJoin(workspaces, eq(workspaces.id, invitations.workspaceId))
      .innerJoin(members, eq(members.id, invitations.invitedBy))
      .innerJoin(users, eq(users.id, members.userId))
  type Found = Awaited<ReturnType<typeof withInviter>>[number]
  const complete = (found: Found): InvitationWithInviter => ({
    ...invitation(found.row),
    workspace: workspace(found.workspace),
    inviter: { role: found.role as Role, removedAt: found.removedAt, name: found.name },
  })
  return {
    /** By the token of its link. Null when there is none or its workspace is deleted. */
    async byToken(token: string): Promise<InvitationWithInviter | null> {
      const [found] = await withInviter().where(
        and(eq(invitations.tokenHash, hash(token)), isNull(workspaces.deletedAt)),
      )
      return found ? complete(found) : null
    },
    async find(id: string): Promise<Invitation | null> {
      if (!isId('inv', id)) return null
      const [row] = await db.select().from(invitations).where(eq(invitations.id, id))
      return row ? invitation(row) : null
    },
    /** Those that were neither used, revoked nor are past their day, the newest first. */
    async pending(workspaceId: string, now: Date): Promise<InvitationWithInviter[]> {
      const rows = await withInviter()
        .where(
          and(
            eq(invitations.workspaceId, workspaceId),
            isNull(invitations.usedAt),
            isNull(invitations.revokedAt),
            gt(invitations.expiresAt, now),
          ),
        )
        .orderBy(desc(invitations.createdAt), desc(invitations.id))
      return rows.map(complete)
    },
  }
}

export function invitationWriter(db: Db) {
  const open = and(isNull(invitations.usedAt), isNull(invitations.revokedAt))
  return {
    ...invitationReader(db),
    /** Of the token only a hash is kept. */
    async add({ token, ...row }: Omit<Invitation, 'revokedAt' | 'usedAt' | 'usedBy'> & { token: string }) {
      await db.insert(invitations).values({ ...row, tokenHash: hash(token) })
    },
    /**
     * Uses it up. Of any number at the same moment one gets the row, the others null: the update waits for the
     * one before and then asks its conditions again.
     */
    async redeem(id: string, now: Date): Promise<Invitation | null> {
      const [row] = await db
        .update(invitations)
        .set({ usedAt: now })
        .where(and(eq(invitations.id, id), open, gt(invitations.expiresAt, now)))
        .returning()
      return row ? invitation(row) : null
    },
    async noteUse(id: string, memberId: string): Promise<void> {
      await db.update(invitations).set({ usedBy: memberId }).where(eq(invitations.id, id))
    },
    /** False when it was used or revoked before. */
    async revoke(id: string, now: Date): Promise<boolean> {
      const rows = await db
        .update(invitations)
        .set({ revokedAt: now })
        .where(and(eq(invitations.id, id), open))
        .returning({ id: invitations.id })
      return rows.length > 0
    },
    /** What somebody wrote goes with them. */
    async revokeBy(memberId: string, now: Date): Promise<void> {
      await db
        .update(invitations)
        .set({ revokedAt: now })
        .where(and(eq(invitations.invitedBy, memberId), open))
    },
    /** An address holds one invitation at a time: the newer replaces the older. */
    async revokeTo(workspaceId: string, email: string, now: Date): Promise<void> {
      await db
        .update(invitations)
        .set({ revokedAt: now })
        .where(and(eq(invitations.workspaceId, workspaceId), eq(invitations.email, email), open))
    },
    /** A new link for the same invitation; the old one opens nothing from now on. Null when it is over. */
    async renew(
      id: string,
      { token, ...given }: { token: string; invitedBy: string; expiresAt: Date },
    ): Promise<Invitation | null> {
      const [row] = await db
        .update(invitations)
        .set({ ...given, tokenHash: hash(token) })
        .where(and(eq(invitations.id, id), open))
        .returning()
      return row ? invitation(row) : null
    },
  }
}
