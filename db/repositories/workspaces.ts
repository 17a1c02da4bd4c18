import { and, asc, desc, eq, gt, isNull, lte, or, sql } from 'drizzle-orm'
import type { Language } from '@/lib/domain/language'
import type { Role } from '@/lib/domain/role'
import { isSlug, type Workspace } from '@/lib/domain/workspace'
import { must } from '@/lib/kit/assert'
import { type Id, isId } from '@/lib/kit/ids'
import type { Db } from '../database'
import {
  activities,
  boardRequests,
  cycles,
  handOffs,
  impacts,
  measures,
  members,
  proposals,
  recurring,
  relations,
  reviews,
  strategies,
  threads,
  users,
  workspaces,
} from '../schema'

type Row = typeof workspaces.$inferSelect

export function workspace(row: Row): Workspace {
  return {
    id: row.id as Id<'ws'>,
    name: row.name,
    slug: row.slug,
    language: row.language as Language,
    yearStart: row.yearStart,
    currentStrategyId: row.currentStrategyId as Id<'str'> | null,
    sample: row.sample,
    createdAt: row.createdAt,
  }
}

/** A workspace as one of its members meets it. */
export interface WorkspaceOfUser extends Workspace {
  readonly role: Role
  readonly members: number
}

/** Anything else is nobody's name, and some of it PostgreSQL would refuse to look at (a zero byte). */
export function namesWorkspace(text: string): boolean {
  return isSlug(text) || isId('ws', text)
}

/** A deleted workspace as an owner of it meets it. */
export interface DeletedWorkspace extends Workspace {
  readonly deletedAt: Date
}

/** The user is an owner of it and it was deleted after `since`. */
function deletedBy(userId: string, since: Date) {
  return and(
    eq(members.userId, userId),
    eq(members.role, 'owner'),
    isNull(members.removedAt),
    gt(workspaces.deletedAt, since),
  )
}

function deletedWorkspace(row: Row): DeletedWorkspace {
  return { ...workspace(row), deletedAt: must(row.deletedAt, 'it was asked for as deleted') }
}

export function workspaceReader(db: Db) {
  return {
    /** By id or slug; an id holds an underscore and a slug never does. Null when deleted. */
    async find(idOrSlug: string): Promise<Workspace | null> {
      if (!namesWorkspace(idOrSlug)) return null
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
    /** Deleted at or before this moment: nobody can bring it back any more. */
    async overdue(before: Date): Promise<Id<'ws'>[]> {
      const rows = await db
        .select({ id: workspaces.id })
        .from(workspaces)
        .where(lte(workspaces.deletedAt, before))
        .orderBy(workspaces.id)
      return rows.map((row) => row.id as Id<'ws'>)
    },
    /** Those a user is an owner of and that were deleted after `since`, the last one first. */
    async deletedOf(userId: string, since: Date): Promise<DeletedWorkspace[]> {
      const rows = await db
        .select({ row: workspaces })
        .from(members)
        .innerJoin(workspaces, eq(workspaces.id, members.workspaceId))
        .where(deletedBy(userId, since))
        .orderBy(desc(workspaces.deletedAt), asc(workspaces.id))
      return rows.map(({ row }) => deletedWorkspace(row))
    },
  }
}

export function workspaceWriter(db: Db) {
  return {
    ...workspaceReader(db),
    /**
     * The workspace with its row locked until the transaction ends; null when deleted. Every change of who may do
     * what begins here: so two of them never decide about the last owner at the same time. The lock lets rows that
     * merely refer to the workspace be added meanwhile.
     */
    async lock(id: string): Promise<Workspace | null> {
      const [row] = await db
        .select()
        .from(workspaces)
        .where(and(eq(workspaces.id, id), isNull(workspaces.deletedAt)))
        .for('no key update')
      return row ? workspace(row) : null
    },
    /** Null when the slug is taken; the transaction stays usable. */
    async add(
      row: Pick<Workspace, 'id' | 'name' | 'slug' | 'language' | 'yearStart'> & { readonly sample?: boolean },
      now: Date,
    ) {
      const [added] = await db
        .insert(workspaces)
        .values({ ...row, createdAt: now })
        .onConflictDoNothing({ target: workspaces.slug })
        .returning()
      return added ? workspace(added) : null
    },
    async slugTaken(slug: string): Promise<boolean> {
      const found = await db.select({ id: workspaces.id }).from(workspaces).where(eq(workspaces.slug, slug))
      return found.length > 0
    },
    async save(changed: Workspace): Promise<Workspace> {
      const { name, slug, language, yearStart } = changed
      const [row] = await db
        .update(workspaces)
        .set({ name, slug, language, yearStart })
        .where(eq(workspaces.id, changed.id))
        .returning()
      return workspace(must(row, 'a locked workspace exists'))
    },
    /** A deleted one with its row locked, for an owner of it; null when there is none. */
    async lockDeleted(id: string, userId: string, since: Date): Promise<DeletedWorkspace | null> {
      if (!isId('ws', id)) return null
      const [found] = await db
        .select({ row: workspaces })
        .from(members)
        .innerJoin(workspaces, eq(workspaces.id, members.workspaceId))
        .where(and(eq(workspaces.id, id), deletedBy(userId, since)))
        .for('no key update', { of: workspaces })
      return found ? deletedWorkspace(found.row) : null
    },
    /** Whether it is still overdue; its row is held then until the transaction ends. */
    async lockOverdue(id: string, before: Date): Promise<boolean> {
      const rows = await db
        .select({ id: workspaces.id })
        .from(workspaces)
        .where(and(eq(workspaces.id, id), lte(workspaces.deletedAt, before)))
        .for('update')
      return rows.length > 0
    },
    /** Opens it again under a slug that must be free. */
    async restore(id: string, slug: string): Promise<void> {
      await db.update(workspaces).set({ deletedAt: null, slug }).where(eq(workspaces.id, id))
    },
    /**
     * Erases it with all its rows, and the users who were only ever invented for it: their addresses end so, and no
     * membership is left to them.
     */
    async erase(id: string, addressEnd: string): Promise<void> {
      const invented = await db
        .select({ id: users.id })
        .from(users)
        .innerJoin(members, eq(members.userId, users.id))
        .where(
          and(eq(members.workspaceId, id), sql`right(${users.email}, ${addressEnd.length}) = ${addressEnd}`),
        )
      // What names members goes before them: a cascade over two tables comes too late for the reference.
      for (const table of [
        reviews,
        cycles,
        impacts,
        handOffs,
        relations,
        activities,
        boardRequests,
        recurring,
        measures,
        proposals,
        threads,
        strategies,
      ])
        await db.delete(table).where(eq(table.workspaceId, id))
      await db.delete(workspaces).where(eq(workspaces.id, id))
      for (const { id: userId } of invented)
        await db
          .delete(users)
          .where(
            and(eq(users.id, userId), sql`not exists (select from members m where m.user_id = ${userId})`),
          )
    },
    /** Marks it deleted and frees its slug: an id can never be a slug, so the new value collides with nothing. */
    async remove(id: string, now: Date): Promise<void> {
      await db.update(workspaces).set({ deletedAt: now, slug: id }).where(eq(workspaces.id, id))
    },
  }
}
