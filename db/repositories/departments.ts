import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Department, DepartmentKind } from '@/lib/domain/department'
import { type Id, isId } from '@/lib/kit/ids'
import type { Db } from '../database'
import { departmentMembers, departments, members, users } from '../schema'

/** A member's place in a department. */
export interface Staff {
  readonly departmentId: Id<'dep'>
  readonly memberId: Id<'mem'>
  readonly name: string
  readonly image: string | null
  readonly lead: boolean
}

type Row = typeof departments.$inferSelect

function department(row: Row): Department {
  return {
    id: row.id as Id<'dep'>,
    workspaceId: row.workspaceId as Id<'ws'>,
    kind: row.kind as DepartmentKind | null,
    name: row.name,
    place: row.place,
    archivedAt: row.archivedAt,
  }
}

// An external server may sort text by the rules of a language; order keys are bytes.
const inChain = [sql`${departments.place} collate "C"`, departments.id]

export function departmentReader(db: Db) {
  return {
    async find(id: string): Promise<Department | null> {
      if (!isId('dep', id)) return null
      const [row] = await db.select().from(departments).where(eq(departments.id, id))
      return row ? department(row) : null
    },
    /** The departments of a workspace in chain order, without the archived ones. */
    async chain(workspaceId: string): Promise<Department[]> {
      const rows = await db
        .select()
        .from(departments)
        .where(and(eq(departments.workspaceId, workspaceId), isNull(departments.archivedAt)))
        .orderBy(...inChain)
      return rows.map(department)
    },
    async archived(workspaceId: string): Promise<Department[]> {
      const rows = await db
        .select()
        .from(departments)
        .where(and(eq(departments.workspaceId, workspaceId), isNotNull(departments.archivedAt)))
        .orderBy(...inChain)
      return rows.map(department)
    },
    /** Everybody who works in a department of the workspace: leads first, then by name. */
    async staff(workspaceId: string): Promise<Staff[]> {
      const rows = await db
        .select({
          departmentId: departmentMembers.departmentId,
          memberId: departmentMembers.memberId,
          lead: departmentMembers.lead,
          name: users.name,
          image: users.image,
        })
        .from(departmentMembers)
        .innerJoin(departments, eq(departments.id, departmentMembers.departmentId))
        .innerJoin(members, eq(members.id, departmentMembers.memberId))
        .innerJoin(users, eq(users.id, members.userId))
        .where(and(eq(departments.workspaceId, workspaceId), isNull(members.removedAt)))
        .orderBy(sql`${departmentMembers.lead} desc`, users.name, members.id)
      return rows.map((row) => ({
        ...row,
        departmentId: row.departmentId as Id<'dep'>,
        memberId: row.memberId as Id<'mem'>,
      }))
    },
  }
}

export function departmentWriter(db: Db) {
  return {
    ...departmentReader(db),
    async add(row: Omit<Department, 'archivedAt'>): Promise<void> {
      await db.insert(departments).values(row)
    },
    async count(workspaceId: string): Promise<number> {
      const [row] = await db
        .select({ n: sql<number>`count(*)::int` })
        .from(departments)
        .where(eq(departments.workspaceId, workspaceId))
      return row?.n ?? 0
    },
    /** Writes name, place and archiving. */
    async save({ id, name, place, archivedAt }: Department): Promise<void> {
      await db.update(departments).set({ name, place, archivedAt }).where(eq(departments.id, id))
    },
    /** What a member is in a department, or null. */
    async position(departmentId: string, memberId: string): Promise<'lead' | 'member' | null> {
      const [row] = await db
        .select({ lead: departmentMembers.lead })
        .from(departmentMembers)
        .where(
          and(eq(departmentMembers.departmentId, departmentId), eq(departmentMembers.memberId, memberId)),
        )
      return row ? (row.lead ? 'lead' : 'member') : null
    },
    async setPosition(departmentId: string, memberId: string, as: 'lead' | 'member' | null): Promise<void> {
      if (as === null) {
        await db
          .delete(departmentMembers)
          .where(
            and(eq(departmentMembers.departmentId, departmentId), eq(departmentMembers.memberId, memberId)),
          )
        return
      }
      const lead = as === 'lead'
      await db
        .insert(departmentMembers)
        .values({ departmentId, memberId, lead })
        .onConflictDoUpdate({
          target: [departmentMembers.departmentId, departmentMembers.memberId],
          set: { lead },
        })
    },
    /** Who leads it or works in it. */
    async everybody(departmentId: string): Promise<Id<'mem'>[]> {
      const rows = await db
        .select({ id: departmentMembers.memberId })
        .from(departmentMembers)
        .where(eq(departmentMembers.departmentId, departmentId))
      return rows.map((row) => row.id as Id<'mem'>)
    },
    /** Takes a member out of every department. */
    async clear(memberId: string): Promise<void> {
      await db.delete(departmentMembers).where(eq(departmentMembers.memberId, memberId))
    },
  }
}
