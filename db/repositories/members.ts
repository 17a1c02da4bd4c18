import { and, eq, isNull, or, sql } from 'drizzle-orm'
import type { Actor } from '@/lib/domain/actor'
import type { Role } from '@/lib/domain/role'
import type { Id } from '@/lib/kit/ids'
import type { Db } from '../database'
import { members, workspaces } from '../schema'

export function memberReader(db: Db) {
  return {
    /**
     * The user as a member of the workspace named by id or slug. Null for strangers, removed members and deleted
     * workspaces alike. One query: it stands in front of every page.
     */
    async actor(idOrSlug: string, userId: Id<'usr'>, sessionId: Id<'ses'>): Promise<Actor | null> {
      const [row] = await db
        .select({
          memberId: members.id,
          workspaceId: members.workspaceId,
          role: members.role,
          revision: members.revision,
          // A department that was archived gives its leads nothing.
          leads: sql<string[]>`array(select dm.department_id from department_members dm
            join departments d on d.id = dm.department_id
            where dm.member_id = ${members.id} and dm.lead and d.archived_at is null)`,
        })
        .from(members)
        .innerJoin(workspaces, eq(workspaces.id, members.workspaceId))
        .where(
          and(
            or(eq(workspaces.id, idOrSlug), eq(workspaces.slug, idOrSlug)),
            isNull(workspaces.deletedAt),
            eq(members.userId, userId),
            isNull(members.removedAt),
          ),
        )
      if (!row) return null
      return {
        userId,
        sessionId,
        memberId: row.memberId as Id<'mem'>,
        workspaceId: row.workspaceId as Id<'ws'>,
        role: row.role as Role,
        revision: row.revision,
        leads: row.leads as Id<'dep'>[],
      }
    },
  }
}

export function memberWriter(db: Db) {
  return { ...memberReader(db) }
}
