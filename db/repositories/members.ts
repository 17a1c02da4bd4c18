import { and, asc, eq, isNotNull, isNull, or, sql } from 'drizzle-orm'
import type { Actor } from '@/lib/domain/actor'
import type { Member } from '@/lib/domain/member'
import { readsBoards } from '@/lib/domain/permissions'
import type { Role } from '@/lib/domain/role'
import { must } from '@/lib/kit/assert'
import { type Id, isId, newId } from '@/lib/kit/ids'
import type { Db } from '../database'
import { departmentMembers, departments, members, strategyAccess, users, workspaces } from '../schema'
import { namesWorkspace } from './workspaces'

/** A present member with the face others see. */
export interface MemberFace extends Member {
  readonly name: string
  readonly email: string
  readonly image: string | null
  /** Departments they work in that are not archived. */
  readonly departments: readonly { readonly id: Id<'dep'>; readonly lead: boolean }[]
}

type Row = typeof members.$inferSelect

function member(row: Row): Member {
  return {
    ...row,
    id: row.id as Id<'mem'>,
    workspaceId: row.workspaceId as Id<'ws'>,
    userId: row.userId as Id<'usr'>,
    role: row.role as Role,
  }
}

export function memberReader(db: Db) {
  return {
    /**
     * The user as a member of the workspace named by id or slug. Null for strangers, removed members and deleted
     * workspaces alike. One query: it stands in front of every page.
     */
    async actor(idOrSlug: string, userId: Id<'usr'>, sessionId: Id<'ses'>): Promise<Actor | null> {
      if (!namesWorkspace(idOrSlug)) return null
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
          departments: sql<string[]>`array(select dm.department_id from department_members dm
            join departments d on d.id = dm.department_id
            where dm.member_id = ${members.id} and d.archived_at is null)`,
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
        departments: row.departments as Id<'dep'>[],
      }
    },
    /** Also one who was removed. */
    async find(id: string): Promise<Member | null> {
      if (!isId('mem', id)) return null
      const [row] = await db.select().from(members).where(eq(members.id, id))
      return row ? member(row) : null
    },
    /** The present members of a workspace, who came first in front. */
    async list(workspaceId: string): Promise<MemberFace[]> {
      const rows = await db
        .select({ row: members, name: users.name, email: users.email, image: users.image })
        .from(members)
        .innerJoin(users, eq(users.id, members.userId))
        .where(and(eq(members.workspaceId, workspaceId), isNull(members.removedAt)))
        .orderBy(asc(members.createdAt), asc(members.id))
      const staff = await db
        .select({
          memberId: departmentMembers.memberId,
          id: departmentMembers.departmentId,
          lead: departmentMembers.lead,
        })
        .from(departmentMembers)
        .innerJoin(departments, eq(departments.id, departmentMembers.departmentId))
        .where(and(eq(departments.workspaceId, workspaceId), isNull(departments.archivedAt)))
        .orderBy(sql`${departments.place} collate "C"`)
      return rows.map(({ row, ...face }) => ({
        ...member(row),
        ...face,
        departments: staff
          .filter((place) => place.memberId === row.id)
          .map((place) => ({ id: place.id as Id<'dep'>, lead: place.lead })),
      }))
    },
    /** The present members whose role reads boards. */
    async boardReaders(workspaceId: string): Promise<ReadonlySet<Id<'mem'>>> {
      const rows = await db
        .select({ id: members.id, role: members.role })
        .from(members)
        .where(and(eq(members.workspaceId, workspaceId), isNull(members.removedAt)))
      return new Set(rows.filter(({ role }) => readsBoards(role as Role)).map(({ id }) => id as Id<'mem'>))
    },
    /** Ids of the present members. */
    async present(workspaceId: string): Promise<Id<'mem'>[]> {
      const rows = await db
        .select({ id: members.id })
        .from(members)
        .where(and(eq(members.workspaceId, workspaceId), isNull(members.removedAt)))
      return rows.map((row) => row.id as Id<'mem'>)
    },
    async owners(workspaceId: string): Promise<number> {
      const [row] = await db
        .select({ n: sql<number>`count(*)::int` })
        .from(members)
        .where(
          and(eq(members.workspaceId, workspaceId), eq(members.role, 'owner'), isNull(members.removedAt)),
        )
      return row?.n ?? 0
    },
    /** Whether an address, in small letters, belongs to a present member. */
    async hasAddress(workspaceId: string, email: string): Promise<boolean> {
      const found = await db
        .select({ id: members.id })
        .from(members)
        .innerJoin(users, eq(users.id, members.userId))
        .where(
          and(
            eq(members.workspaceId, workspaceId),
            isNull(members.removedAt),
            eq(sql`lower(${users.email})`, email),
          ),
        )
        .limit(1)
      return found.length > 0
    },
  }
}

export function memberWriter(db: Db) {
  const one = (id: string) => eq(members.id, id)
  const next = { revision: sql`${members.revision} + 1` }
  return {
    ...memberReader(db),
    /** The member, also a removed one, with the row locked until the transaction ends. */
    async lock(id: string): Promise<Member | null> {
      if (!isId('mem', id)) return null
      const [row] = await db.select().from(members).where(one(id)).for('no key update')
      return row ? member(row) : null
    },
    /** Makes every right read before stale: connections are judged again before they may append. */
    async bump(id: string): Promise<void> {
      await db.update(members).set(next).where(one(id))
    },
    async bumpAll(workspaceId: string): Promise<void> {
      await db.update(members).set(next).where(eq(members.workspaceId, workspaceId))
    },
    /**
     * Lets a user in. Who was removed comes back as the same member, under a new revision. Null when they are a
     * member already.
     */
    async admit(workspaceId: string, userId: string, role: Role, now: Date): Promise<Member | null> {
      const [row] = await db
        .insert(members)
        .values({ id: newId('mem'), workspaceId, userId, role, createdAt: now })
        .onConflictDoUpdate({
          target: [members.workspaceId, members.userId],
          set: { role, removedAt: null, createdAt: now, ...next },
          setWhere: isNotNull(members.removedAt),
        })
        .returning()
      return row ? member(row) : null
    },
    /** Writes role and departure, and counts the revision up. */
    async save(changed: Member): Promise<Member> {
      const [row] = await db
        .update(members)
        .set({ role: changed.role, removedAt: changed.removedAt, ...next })
        .where(one(changed.id))
        .returning()
      return member(must(row, 'a locked member exists'))
    },
    /** Takes back what was given to the member beside the role: departments and single strategies. */
    async strip(id: string): Promise<void> {
      await db.delete(departmentMembers).where(eq(departmentMembers.memberId, id))
      await db.delete(strategyAccess).where(eq(strategyAccess.memberId, id))
    },
  }
}
