import { and, asc, count, desc, eq, inArray, isNull, ne, or, type SQL, sql } from 'drizzle-orm'
import type { Activity, ActivityStatus, Halt, Priority } from '@/lib/domain/activity'
import type { Change, ChangedKind, ChangeVerb } from '@/lib/domain/change'
import { addDays } from '@/lib/domain/day-text'
import type { HandOff, HandOffState } from '@/lib/domain/hand-off'
import type { Relation, RelationKind } from '@/lib/domain/relation'
import { itemsServed, type Serve } from '@/lib/domain/serves'
import { type Id, isId } from '@/lib/kit/ids'
import type { Placed } from '@/lib/kit/order-key'
import type { Db } from '../database'
import {
  activities,
  activityComments,
  activityMutes,
  boardColumns,
  changes,
  documents,
  handOffs,
  relations,
} from '../schema'
import { addMany } from './add-many'

/** What somebody said about an activity. */
export interface ActivityComment {
  readonly id: Id<'com'>
  readonly activityId: Id<'act'>
  readonly memberId: Id<'mem'>
  readonly text: string
  readonly createdAt: Date
  readonly editedAt: Date | null
  readonly deletedAt: Date | null
}

/** How many active activities a column holds, and how many of them are late. */
export interface ColumnLoad {
  readonly boardId: Id<'brd'>
  readonly columnId: Id<'col'>
  readonly cards: number
  readonly late: number
  /** Due from today on, within a week. */
  readonly soon: number
  readonly effort: number
}

/** Days ahead that count as this week. */
const SOON = 7

type Row = typeof activities.$inferSelect

function activity({ servedItems: _servedItems, ...row }: Row): Activity {
  return {
    ...row,
    id: row.id as Id<'act'>,
    workspaceId: row.workspaceId as Id<'ws'>,
    boardId: row.boardId as Id<'brd'>,
    columnId: row.columnId as Id<'col'>,
    documentId: row.documentId as Id<'doc'>,
    ownerId: row.ownerId as Id<'mem'> | null,
    helpers: row.helpers as Id<'mem'>[],
    watchers: row.watchers as Id<'mem'>[],
    priority: row.priority as Priority | null,
    labels: row.labels as Id<'lbl'>[],
    serves: row.serves as Serve[],
    measures: row.measures as Id<'mea'>[],
    halt: row.halt as Halt | null,
    status: row.status as ActivityStatus,
    createdBy: row.createdBy as Id<'mem'>,
  }
}

function handOff(row: typeof handOffs.$inferSelect): HandOff {
  return {
    ...row,
    id: row.id as Id<'hof'>,
    workspaceId: row.workspaceId as Id<'ws'>,
    fromActivityId: row.fromActivityId as Id<'act'>,
    toBoardId: row.toBoardId as Id<'brd'>,
    toActivityId: row.toActivityId as Id<'act'> | null,
    state: row.state as HandOffState,
  }
}

function relation(row: typeof relations.$inferSelect): Relation {
  return {
    ...row,
    id: row.id as Id<'rel'>,
    workspaceId: row.workspaceId as Id<'ws'>,
    kind: row.kind as RelationKind,
    fromId: row.fromId as Id<'act'>,
    toId: row.toId as Id<'act'>,
  }
}

function change(row: typeof changes.$inferSelect): Change {
  return {
    ...row,
    id: row.id as Id<'chg'>,
    workspaceId: row.workspaceId as Id<'ws'>,
    boardId: row.boardId as Id<'brd'> | null,
    activityId: row.activityId as Id<'act'> | null,
    kind: row.kind as ChangedKind,
    verb: row.verb as ChangeVerb,
    by: row.by as Id<'mem'>,
  }
}

function comment(row: typeof activityComments.$inferSelect): ActivityComment {
  return {
    ...row,
    id: row.id as Id<'com'>,
    activityId: row.activityId as Id<'act'>,
    memberId: row.memberId as Id<'mem'>,
  }
}

/** Beyond this nobody reads on; the rest is asked for by page. */
const HISTORY_PAGE = 100

export function activityReader(db: Db) {
  const list = async (where: SQL | undefined, most = 20_000): Promise<Activity[]> => {
    const rows = await db
      .select()
      .from(activities)
      .where(where)
      .orderBy(sql`${activities.place} collate "C"`, activities.id)
      .limit(most)
    return rows.map(activity)
  }
  return {
    async find(id: string): Promise<Activity | null> {
      if (!isId('act', id)) return null
      const [row] = await db.select().from(activities).where(eq(activities.id, id))
      return row ? activity(row) : null
    },
    async byIds(ids: readonly string[]): Promise<Activity[]> {
      const known = ids.filter((id) => isId('act', id))
      return known.length === 0 ? [] : list(inArray(activities.id, known))
    },
    /** What lies on boards, each column in its order. */
    async onBoards(boardIds: readonly string[], status: ActivityStatus = 'active'): Promise<Activity[]> {
      if (boardIds.length === 0) return []
      return list(and(inArray(activities.boardId, [...boardIds]), eq(activities.status, status)))
    },
    /** What lies on a board, without its words: which activities, and how often each was changed. */
    async revisionsOn(boardId: string): Promise<{ readonly id: Id<'act'>; readonly revision: number }[]> {
      const rows = await db
        .select({ id: activities.id, revision: activities.revision })
        .from(activities)
        .where(and(eq(activities.boardId, boardId), eq(activities.status, 'active')))
      return rows.map(({ id, revision }) => ({ id: id as Id<'act'>, revision }))
    },
    /** Active activities a member owns or helps with. */
    async ofMember(workspaceId: string, memberId: string): Promise<Activity[]> {
      return list(
        and(
          eq(activities.workspaceId, workspaceId),
          eq(activities.status, 'active'),
          or(eq(activities.ownerId, memberId), sql`${memberId} = any(${activities.helpers})`),
        ),
      )
    },
    /** All activities of a workspace but those in the trash. */
    async ofWorkspace(workspaceId: string): Promise<Activity[]> {
      return list(
        and(eq(activities.workspaceId, workspaceId), sql`${activities.status} <> 'trashed'`),
        50_000,
      )
    },
    /** Active activities that serve one of these items. */
    async serving(workspaceId: string, itemIds: readonly string[]): Promise<Activity[]> {
      if (itemIds.length === 0) return []
      return list(
        and(
          eq(activities.workspaceId, workspaceId),
          eq(activities.status, 'active'),
          sql`${activities.servedItems} && ${`{${itemIds.filter((id) => isId('itm', id)).join(',')}}`}::text[]`,
        ),
      )
    },
    /** Active activities that name a measure. */
    async naming(workspaceId: string, measureId: string): Promise<Activity[]> {
      return list(
        and(
          eq(activities.workspaceId, workspaceId),
          eq(activities.status, 'active'),
          sql`${activities.measures} @> ${`{${measureId}}`}::text[]`,
        ),
      )
    },
    /** Places of the active activities of a column. */
    async places(columnId: string): Promise<Placed[]> {
      return db
        .select({ id: activities.id, place: activities.place })
        .from(activities)
        .where(and(eq(activities.columnId, columnId), eq(activities.status, 'active')))
    },
    async countOn(boardId: string): Promise<number> {
      const [row] = await db.select({ n: count() }).from(activities).where(eq(activities.boardId, boardId))
      return row?.n ?? 0
    },
    async counts(boardId: string): Promise<Readonly<Record<ActivityStatus, number>>> {
      const rows = await db
        .select({ status: activities.status, n: count() })
        .from(activities)
        .where(eq(activities.boardId, boardId))
        .groupBy(activities.status)
      const of = (status: ActivityStatus) => rows.find((row) => row.status === status)?.n ?? 0
      return { active: of('active'), archived: of('archived'), trashed: of('trashed') }
    },
    /** Everything in a column, archived and trashed too. */
    async inColumn(columnId: string): Promise<Activity[]> {
      return list(eq(activities.columnId, columnId))
    },
    async load(workspaceId: string, today: string): Promise<ColumnLoad[]> {
      const open = sql`${boardColumns.phase} <> 'act' and ${activities.halt} is distinct from 'stopped'`
      const rows = await db
        .select({
          boardId: activities.boardId,
          columnId: activities.columnId,
          cards: count(),
          late: sql<number>`(count(*) filter (where ${activities.due} < ${today} and ${open}))::int`,
          soon: sql<number>`(count(*) filter (where ${activities.due} between ${today}
            and ${addDays(today, SOON)} and ${open}))::int`,
          effort: sql<number>`coalesce(sum(${activities.effort}), 0)::float8`,
        })
        .from(activities)
        .innerJoin(boardColumns, eq(boardColumns.id, activities.columnId))
        .where(and(eq(activities.workspaceId, workspaceId), eq(activities.status, 'active')))
        .groupBy(activities.boardId, activities.columnId)
      return rows.map((row) => ({
        ...row,
        boardId: row.boardId as Id<'brd'>,
        columnId: row.columnId as Id<'col'>,
      }))
    },
    /**
     * The work of a quarter per board: what belongs to it, and what earlier ones left unfinished. `done` and `doneEffort`
     * count what is finished whole, and of the rest the share of its steps that are ticked.
     */
    async workIn(
      workspaceId: string,
      cycle: string,
    ): Promise<
      {
        boardId: Id<'brd'>
        /** Cards without an estimate, and how much of them is done. */
        unrated: number
        done: number
        /** Cards with one, their person-days, and how many of those are done. */
        rated: number
        effort: number
        doneEffort: number
      }[]
    > {
      const share = sql`case when ${boardColumns.phase} = 'act' then 1 else coalesce((
        select count(*) filter (where (step ->> 'done')::boolean)::float8 / nullif(count(*), 0)
        from jsonb_array_elements(${activities.checklist}) step
      ), 0) end`
      const estimated = sql`${activities.effort} is not null`
      const rows = await db
        .select({
          boardId: activities.boardId,
          unrated: sql<number>`count(*) filter (where not ${estimated})::int`,
          done: sql<number>`coalesce(sum(${share}) filter (where not ${estimated}), 0)::float8`,
          rated: sql<number>`count(${activities.effort})::int`,
          effort: sql<number>`coalesce(sum(${activities.effort}), 0)::float8`,
          doneEffort: sql<number>`coalesce(sum(${activities.effort} * (${share})), 0)::float8`,
        })
        .from(activities)
        .innerJoin(boardColumns, eq(boardColumns.id, activities.columnId))
        .where(
          and(
            eq(activities.workspaceId, workspaceId),
            sql`(${activities.cycle} = ${cycle} or (${activities.cycle} < ${cycle} and ${boardColumns.phase} <> 'act'))`,
            ne(activities.status, 'trashed'),
            sql`${activities.halt} is distinct from 'stopped'`,
          ),
        )
        .groupBy(activities.boardId)
      return rows.map((row) => ({ ...row, boardId: row.boardId as Id<'brd'> }))
    },
    /** Hand-offs that begin or end on these boards. */
    async handOffsOf(boardIds: readonly string[]): Promise<HandOff[]> {
      if (boardIds.length === 0) return []
      const rows = await db
        .select({ row: handOffs })
        .from(handOffs)
        .innerJoin(activities, eq(activities.id, handOffs.fromActivityId))
        .where(or(inArray(activities.boardId, [...boardIds]), inArray(handOffs.toBoardId, [...boardIds])))
        .orderBy(handOffs.id)
      return rows.map(({ row }) => handOff(row))
    },
    async handOffsOfActivity(id: string): Promise<HandOff[]> {
      const rows = await db
        .select()
        .from(handOffs)
        .where(or(eq(handOffs.fromActivityId, id), eq(handOffs.toActivityId, id)))
        .orderBy(handOffs.id)
      return rows.map(handOff)
    },
    /** Relations one of whose ends lies on these boards. */
    async relationsOf(
      of: { readonly workspaceId: string } | { readonly activityId: string },
    ): Promise<Relation[]> {
      const which =
        'workspaceId' in of
          ? eq(relations.workspaceId, of.workspaceId)
          : or(eq(relations.fromId, of.activityId), eq(relations.toId, of.activityId))
      const rows = await db
        .select()
        .from(relations)
        .where(and(which, eq(relations.removed, false)))
        .orderBy(relations.id)
      return rows.map(relation)
    },
    async commentCounts(boardId: string): Promise<ReadonlyMap<string, number>> {
      const rows = await db
        .select({ id: activityComments.activityId, n: count() })
        .from(activityComments)
        .innerJoin(activities, eq(activities.id, activityComments.activityId))
        .where(and(eq(activities.boardId, boardId), isNull(activityComments.deletedAt)))
        .groupBy(activityComments.activityId)
      return new Map(rows.map(({ id, n }) => [id, n]))
    },
    /** How many comments it has that were not deleted. */
    async spokenCount(activityId: string): Promise<number> {
      const [row] = await db
        .select({ n: count() })
        .from(activityComments)
        .where(and(eq(activityComments.activityId, activityId), isNull(activityComments.deletedAt)))
      return row?.n ?? 0
    },
    async comments(activityId: string): Promise<ActivityComment[]> {
      const rows = await db
        .select()
        .from(activityComments)
        .where(and(eq(activityComments.activityId, activityId), isNull(activityComments.deletedAt)))
        .orderBy(asc(activityComments.createdAt), asc(activityComments.id))
      return rows.map(comment)
    },
    /** Who does not want to hear of which of these activities, as `act_… mem_…`. */
    async mutes(activityIds: readonly string[]): Promise<ReadonlySet<string>> {
      if (activityIds.length === 0) return new Set()
      const rows = await db
        .select()
        .from(activityMutes)
        .where(inArray(activityMutes.activityId, [...activityIds]))
      return new Set(rows.map(({ activityId, memberId }) => `${activityId} ${memberId}`))
    },
    /** What happened to an activity, the newest first. */
    async history(activityId: string, before: Date | null = null): Promise<Change[]> {
      const rows = await db
        .select()
        .from(changes)
        .where(
          and(
            eq(changes.activityId, activityId),
            before === null ? undefined : sql`${changes.at} < ${before.toISOString()}`,
          ),
        )
        .orderBy(desc(changes.at), desc(changes.revision))
        .limit(HISTORY_PAGE)
      return rows.map(change)
    },
    /**
     * What happened in a workspace since a moment to fields that decide what belongs to a quarter's plan: the scope of
     * activities and the targets of measures.
     */
    async scopeChanges(
      workspaceId: string,
      since: Date,
      kinds: readonly Change['kind'][] = ['activity', 'measure'],
    ): Promise<Change[]> {
      const rows = await db
        .select()
        .from(changes)
        .where(
          and(
            eq(changes.workspaceId, workspaceId),
            sql`${changes.at} >= ${since.toISOString()}`,
            inArray(changes.kind, [...kinds]),
            sql`${changes.diff} ?| array['cycle','status','halt','targets']`,
          ),
        )
        .orderBy(asc(changes.at), asc(changes.revision))
      return rows.map(change)
    },
    /** When each activity of a workspace came into its present phase, as far as history tells. */
    async columnMoves(
      workspaceId: string,
    ): Promise<readonly { activityId: string; columnId: string; at: Date }[]> {
      const rows = await db
        .select({
          activityId: changes.subjectId,
          columnId: sql<string>`${changes.diff} -> 'columnId' ->> 1`,
          at: changes.at,
        })
        .from(changes)
        .where(
          and(
            eq(changes.workspaceId, workspaceId),
            eq(changes.kind, 'activity'),
            sql`${changes.diff} ? 'columnId'`,
          ),
        )
        .orderBy(asc(changes.at), asc(changes.revision))
      return rows
    },
    /** Everything that was done with one click. */
    async changed(changeId: string): Promise<Change[]> {
      if (!isId('chg', changeId)) return []
      const rows = await db.select().from(changes).where(eq(changes.id, changeId)).orderBy(changes.subjectId)
      return rows.map(change)
    },
  }
}

/** Rows of one statement: PostgreSQL takes 65,535 parameters. */
const AT_ONCE = 1_000

export function activityWriter(db: Db) {
  return {
    ...activityReader(db),
    /** Adds activities, each with the empty document of its description. */
    async add(rows: readonly Activity[]): Promise<void> {
      for (let from = 0; from < rows.length; from += AT_ONCE) {
        const some = rows.slice(from, from + AT_ONCE)
        await db
          .insert(documents)
          .values(some.map(({ documentId, workspaceId }) => ({ id: documentId, workspaceId })))
        await db.insert(activities).values(some.map(written))
      }
    },
    async save(row: Activity): Promise<void> {
      const { id, ...rest } = written(row)
      await db.update(activities).set(rest).where(eq(activities.id, id))
    },
    /** The same change of many at once: two thousand activities go into the next quarter in one statement. */
    async saveAll(
      rows: readonly Activity[],
      same: Partial<Pick<Activity, 'cycle' | 'halt'>>,
      at: Date,
    ): Promise<void> {
      if (rows.length === 0) return
      await db
        .update(activities)
        .set({ ...same, revision: sql`${activities.revision} + 1`, updatedAt: at })
        // One parameter: thousands cost more to write and to read than the rows they name.
        .where(sql`${activities.id} = any(${`{${rows.map(({ id }) => id).join(',')}}`}::text[])`)
    },
    /** Makes grants to the description stale: open connections are judged again before they may append. */
    async bumpDocument(documentId: string): Promise<void> {
      await db
        .update(documents)
        .set({ accessRevision: sql`${documents.accessRevision} + 1` })
        .where(eq(documents.id, documentId))
    },
    async handOff(id: string): Promise<HandOff | null> {
      if (!isId('hof', id)) return null
      const [row] = await db.select().from(handOffs).where(eq(handOffs.id, id))
      return row ? handOff(row) : null
    },
    async addHandOffs(rows: readonly HandOff[]): Promise<void> {
      if (rows.length > 0) await db.insert(handOffs).values([...rows])
    },
    async saveHandOff({ id, ...row }: HandOff): Promise<void> {
      await db.update(handOffs).set(row).where(eq(handOffs.id, id))
    },
    async relation(id: string): Promise<Relation | null> {
      if (!isId('rel', id)) return null
      const [row] = await db.select().from(relations).where(eq(relations.id, id)).for('update')
      return row ? relation(row) : null
    },
    /** Also one that was removed: the two ends are related once. */
    async relationBetween(kind: RelationKind, fromId: string, toId: string): Promise<Relation | null> {
      const [row] = await db
        .select()
        .from(relations)
        .where(and(eq(relations.kind, kind), eq(relations.fromId, fromId), eq(relations.toId, toId)))
        .for('update')
      return row ? relation(row) : null
    },
    async addRelations(rows: readonly Relation[]): Promise<void> {
      if (rows.length > 0) await db.insert(relations).values([...rows])
    },
    async saveRelation({ id, ...row }: Relation): Promise<void> {
      await db.update(relations).set(row).where(eq(relations.id, id))
    },
    async comment(id: string): Promise<ActivityComment | null> {
      if (!isId('com', id)) return null
      const [row] = await db.select().from(activityComments).where(eq(activityComments.id, id)).for('update')
      return row ? comment(row) : null
    },
    async addComment(row: ActivityComment): Promise<void> {
      await db.insert(activityComments).values(row)
    },
    async saveComment({ id, text, editedAt, deletedAt }: ActivityComment): Promise<void> {
      await db.update(activityComments).set({ text, editedAt, deletedAt }).where(eq(activityComments.id, id))
    },
    /** Whether somebody hears of an activity. Answers whether that changed. */
    async mute(activityId: string, memberId: string, muted: boolean): Promise<boolean> {
      const changed = muted
        ? await db
            .insert(activityMutes)
            .values({ activityId, memberId })
            .onConflictDoNothing()
            .returning({ id: activityMutes.memberId })
        : await db
            .delete(activityMutes)
            .where(and(eq(activityMutes.activityId, activityId), eq(activityMutes.memberId, memberId)))
            .returning({ id: activityMutes.memberId })
      return changed.length > 0
    },
    async commentCount(activityId: string): Promise<number> {
      const [row] = await db
        .select({ n: count() })
        .from(activityComments)
        .where(eq(activityComments.activityId, activityId))
      return row?.n ?? 0
    },
    /** Why a click was made; its author's word. Only what has none yet, or is the author's own. */
    async giveReason(changeId: string, by: string, reason: string): Promise<number> {
      const rows = await db
        .update(changes)
        .set({ reason })
        .where(and(eq(changes.id, changeId), eq(changes.by, by)))
        .returning({ id: changes.subjectId })
      return rows.length
    },
    async addChanges(rows: readonly Change[]): Promise<void> {
      await addMany(
        db,
        changes,
        rows.map((row) => ({ ...row, reason: row.reason ?? null })),
        'refuses',
      )
    },
  }
}

function written(row: Activity): Row {
  return {
    ...row,
    helpers: [...row.helpers],
    watchers: [...row.watchers],
    labels: [...row.labels],
    serves: [...row.serves],
    servedItems: itemsServed(row.serves),
    measures: [...row.measures],
  }
}
