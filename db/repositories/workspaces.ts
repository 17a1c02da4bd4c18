import { and, asc, eq, isNull, or, sql } from 'drizzle-orm'
import type { Language } from '@/lib/domain/language'
import type { Role } from '@/lib/domain/role'
import type { Workspace } from '@/lib/domain/workspace'
import type { Id } from '@/lib/kit/ids'
import type { Db } from '../database'
import { members, workspaces } from '../schema'

type Row = typeof workspaces.$inferSelect

export function workspace(row: Row): Workspace {
  return {
    id: row.id as Id<'ws'>,
    name: row.name,
    slug: row.slug,
    language: row.language as Language,
    yearStart: row.yearStart,
    currentStrategyId: row.currentStrategyId as Id<'str'> | null,
    createdAt: row.createdAt,
  }
}

/** A workspace as one of its members meets it. */
export interface WorkspaceOfUser extends Workspace {
  readonly role: Role
  readonly members: number
}

export function workspaceReader(db: Db) {
  return {
    /** By id or slug; an id holds an underscore and a slug never does. Null when deleted. */
    async find(idOrSlug: string): Promise<Workspace | null> {
      const [row] = await db
        .select()
        .from(workspaces)
        .where(
          and(or(eq(workspaces.id, idOrSlug), eq(workspaces.slug, idOrSlug)), isNull(workspaces.deletedAt)),
        )
      return row ? workspace(row) : null
    },
    /** The workspaces a user is a member of, the one joined first in front. */
    async ofUser(userId: string): Promise<WorkspaceOfUser[]> {
      const rows = await db
        .select({
          row: workspaces,
          role: members.role,
          members: sql<number>`(select count(*)::int from members m
            where m.workspace_id = ${workspaces.id} and m.removed_at is null)`,
        })
        .from(members)
        .innerJoin(workspaces, eq(workspaces.id, members.workspaceId))
        .where(and(eq(members.userId, userId), isNull(members.removedAt), isNull(workspaces.deletedAt)))
        .orderBy(asc(members.createdAt), asc(workspaces.id))
      return rows.map((found) => ({
        ...workspace(found.row),
        role: found.role as Role,
        members: found.members,
      }))
    },
  }
}

export function workspaceWriter(db: Db) {
  return { ...workspaceReader(db) }
}
