import { and, desc, eq, inArray, sql } from 'drizzle-orm'
import type { Board } from '@/lib/domain/board'
import type { BoardRequest, RequestAnswer } from '@/lib/domain/board-request'
import type { Column, ColumnKind, Phase } from '@/lib/domain/column'
import type { DepartmentKind } from '@/lib/domain/department'
import type { Label, LabelTone } from '@/lib/domain/label'
import { occurrence, type Recurring, type Rhythm } from '@/lib/domain/recurring'
import { must } from '@/lib/kit/assert'
import { type Id, isId } from '@/lib/kit/ids'
import type { Db } from '../database'
import { boardColumns, boardRequests, boards, departments, labels, recurring } from '../schema'

/** A board with what decides who may do what on it, and what it is called after. */
export interface BoardInChain extends Board {
  readonly kind: DepartmentKind | null
  readonly name: string | null
  /** Place of its department in the chain. */
  readonly place: string
  readonly archived: boolean
}

function column(row: typeof boardColumns.$inferSelect): Column {
  return {
    ...row,
    id: row.id as Id<'col'>,
    boardId: row.boardId as Id<'brd'>,
    kind: row.kind as ColumnKind | null,
    phase: row.phase as Phase,
  }
}

function label(row: typeof labels.$inferSelect): Label {
  return {
    ...row,
    id: row.id as Id<'lbl'>,
    workspaceId: row.workspaceId as Id<'ws'>,
    tone: row.tone as LabelTone,
  }
}

type RequestRow = typeof boardRequests.$inferSelect

function answer(row: RequestRow): RequestAnswer {
  const answered = () => ({
    by: must(row.answeredBy, 'written with the answer') as Id<'mem'>,
    at: must(row.answeredAt, 'written with the answer'),
  })
  switch (row.state) {
    case 'accepted':
      return { state: 'accepted', ...answered(), activityId: row.activityId as Id<'act'> }
    case 'declined':
      return { state: 'declined', ...answered(), reason: row.reason ?? '' }
    case 'withdrawn':
      return { state: 'withdrawn' }
    default:
      return { state: 'open' }
  }
}

function request(row: RequestRow): BoardRequest {
  return {
    id: row.id as Id<'req'>,
    workspaceId: row.workspaceId as Id<'ws'>,
    boardId: row.boardId as Id<'brd'>,
    title: row.title,
    text: row.text,
    due: row.due,
    from: row.fromMember as Id<'mem'>,
    at: row.at,
    answer: answer(row),
    revision: row.revision,
  }
}

function recurringOf(row: typeof recurring.$inferSelect): Recurring & { readonly createdBy: Id<'mem'> } {
  const { nextOn: _nextOn, ...rest } = row
  return {
    ...rest,
    id: row.id as Id<'rcr'>,
    workspaceId: row.workspaceId as Id<'ws'>,
    boardId: row.boardId as Id<'brd'>,
    columnId: row.columnId as Id<'col'>,
    ownerId: row.ownerId as Id<'mem'> | null,
    labels: row.labels as Id<'lbl'>[],
    rhythm: row.rhythm as Rhythm,
    createdBy: row.createdBy as Id<'mem'>,
  }
}

export function boardReader(db: Db) {
  const inChain = () =>
    db
      .select({
        row: boards,
        kind: departments.kind,
        name: departments.name,
        place: departments.place,
        archivedAt: departments.archivedAt,
      })
      .from(boards)
      .innerJoin(departments, eq(departments.id, boards.departmentId))
  const board = (found: Awaited<ReturnType<typeof inChain>>[number]): BoardInChain => ({
    id: found.row.id as Id<'brd'>,
    workspaceId: found.row.workspaceId as Id<'ws'>,
    departmentId: found.row.departmentId as Id<'dep'>,
    createdAt: found.row.createdAt,
    kind: found.kind as DepartmentKind | null,
    name: found.name,
    place: found.place,
    archived: found.archivedAt !== null,
  })
  // An external server may sort text by the rules of a language; order keys are bytes.
  const inOrder = [sql`${boardColumns.place} collate "C"`, boardColumns.id]
  return {
    async find(id: string): Promise<BoardInChain | null> {
      if (!isId('brd', id)) return null
      const [found] = await inChain().where(eq(boards.id, id))
      return found ? board(found) : null
    },
    async byIds(ids: readonly string[]): Promise<BoardInChain[]> {
      const rows = await inChain().where(inArray(boards.id, [...ids]))
      return rows.map(board)
    },
    async ofDepartment(departmentId: string): Promise<BoardInChain | null> {
      if (!isId('dep', departmentId)) return null
      const [found] = await inChain().where(eq(boards.departmentId, departmentId))
      return found ? board(found) : null
    },
    /** All boards of a workspace in chain order, those of archived departments too. */
    async list(workspaceId: string): Promise<BoardInChain[]> {
      const rows = await inChain()
        .where(eq(boards.workspaceId, workspaceId))
        .orderBy(sql`${departments.place} collate "C"`, departments.id)
      return rows.map(board)
    },
    /** The columns of boards in their order, without removed ones. */
    async columns(boardIds: readonly string[]): Promise<Column[]> {
      if (boardIds.length === 0) return []
      const rows = await db
        .select()
        .from(boardColumns)
        .where(and(inArray(boardColumns.boardId, [...boardIds]), eq(boardColumns.removed, false)))
        .orderBy(...inOrder)
      return rows.map(column)
    },
    /** Also a removed one. */
    async column(id: string): Promise<Column | null> {
      if (!isId('col', id)) return null
      const [row] = await db.select().from(boardColumns).where(eq(boardColumns.id, id))
      return row ? column(row) : null
    },
    /** The labels of a workspace by name, without removed ones. */
    async labels(workspaceId: string): Promise<Label[]> {
      const rows = await db
        .select()
        .from(labels)
        .where(and(eq(labels.workspaceId, workspaceId), eq(labels.removed, false)))
        .orderBy(labels.name, labels.id)
      return rows.map(label)
    },
    /** Requests in trays, the newest last: open ones; or those a member sent, whatever became of them. */
    async requests(
      of: { readonly boardIds: readonly string[] } | { readonly from: string },
      most = 200,
    ): Promise<BoardRequest[]> {
      const which =
        'from' in of
          ? eq(boardRequests.fromMember, of.from)
          : and(inArray(boardRequests.boardId, [...of.boardIds]), eq(boardRequests.state, 'open'))
      if ('boardIds' in of && of.boardIds.length === 0) return []
      const rows = await db
        .select()
        .from(boardRequests)
        .where(which)
        .orderBy(desc(boardRequests.at), boardRequests.id)
        .limit(most)
      return rows.map(request).reverse()
    },
    async findRequest(id: string): Promise<BoardRequest | null> {
      if (!isId('req', id)) return null
      const [row] = await db.select().from(boardRequests).where(eq(boardRequests.id, id))
      return row ? request(row) : null
    },
    async findRecurring(id: string): Promise<Recurring | null> {
      if (!isId('rcr', id)) return null
      const [row] = await db.select().from(recurring).where(eq(recurring.id, id))
      return row ? recurringOf(row) : null
    },
    async openRequests(boardId: string): Promise<number> {
      const [row] = await db
        .select({ n: sql<number>`count(*)::int` })
        .from(boardRequests)
        .where(and(eq(boardRequests.boardId, boardId), eq(boardRequests.state, 'open')))
      return row?.n ?? 0
    },
    async recurring(boardId: string): Promise<Recurring[]> {
      const rows = await db
        .select()
        .from(recurring)
        .where(and(eq(recurring.boardId, boardId), eq(recurring.stopped, false)))
        .orderBy(recurring.id)
      return rows.map(recurringOf)
    },
    /** Ids of work that is to be written by this day. */
    async dueRecurring(today: string): Promise<Id<'rcr'>[]> {
      const rows = await db
        .select({ id: recurring.id })
        .from(recurring)
        .where(sql`${recurring.nextOn} <= ${today}`)
        .orderBy(recurring.id)
      return rows.map((row) => row.id as Id<'rcr'>)
    },
  }
}

export function boardWriter(db: Db) {
  return {
    ...boardReader(db),
    async add(board: Omit<Board, 'createdAt'>, columns: readonly Column[]): Promise<void> {
      await db.insert(boards).values(board)
      await db.insert(boardColumns).values([...columns])
    },
    /**
     * Holds a board until the transaction ends. Whatever changes what lies on a board holds it first, so that two
     * places are never computed from the same neighbours, and a column is not removed under a card.
     */
    async lock(id: string): Promise<BoardInChain | null> {
      if (!isId('brd', id)) return null
      await db.select({ id: boards.id }).from(boards).where(eq(boards.id, id)).for('update')
      return boardReader(db).find(id)
    },
    /** The same of several, one after the other by their ids: of two who want the same ones, one waits. */
    async lockAll(ids: readonly string[]): Promise<BoardInChain[]> {
      const known = ids.filter((id) => isId('brd', id))
      if (known.length === 0) return []
      await db
        .select({ id: boards.id })
        .from(boards)
        .where(inArray(boards.id, known))
        .orderBy(sql`${boards.id} collate "C"`)
        .for('update')
      return boardReader(db).byIds(known)
    },
    async addColumn(row: Column): Promise<void> {
      await db.insert(boardColumns).values(row)
    },
    async saveColumn({ id, ...row }: Column): Promise<void> {
      await db.update(boardColumns).set(row).where(eq(boardColumns.id, id))
    },
    async label(id: string): Promise<Label | null> {
      if (!isId('lbl', id)) return null
      const [row] = await db.select().from(labels).where(eq(labels.id, id)).for('update')
      return row ? label(row) : null
    },
    async addLabel(row: Label): Promise<void> {
      await db.insert(labels).values(row)
    },
    async saveLabel({ id, ...row }: Label): Promise<void> {
      await db.update(labels).set(row).where(eq(labels.id, id))
    },
    async request(id: string): Promise<BoardRequest | null> {
      if (!isId('req', id)) return null
      const [row] = await db.select().from(boardRequests).where(eq(boardRequests.id, id)).for('update')
      return row ? request(row) : null
    },
    async addRequest({ answer: _answer, from, ...row }: BoardRequest): Promise<void> {
      await db.insert(boardRequests).values({ ...row, fromMember: from })
    },
    async saveRequest({ id, answer, revision }: BoardRequest): Promise<void> {
      await db
        .update(boardRequests)
        .set({
          state: answer.state,
          answeredBy: 'by' in answer ? answer.by : null,
          answeredAt: 'at' in answer ? answer.at : null,
          activityId: answer.state === 'accepted' ? answer.activityId : null,
          reason: answer.state === 'declined' ? answer.reason : null,
          revision,
        })
        .where(eq(boardRequests.id, id))
    },
    async lockRecurring(id: string): Promise<(Recurring & { readonly createdBy: Id<'mem'> }) | null> {
      if (!isId('rcr', id)) return null
      const [row] = await db.select().from(recurring).where(eq(recurring.id, id)).for('update')
      return row ? recurringOf(row) : null
    },
    async addRecurring(row: Recurring & { readonly createdBy: Id<'mem'> }): Promise<void> {
      await db.insert(recurring).values({ ...arrays(row), nextOn: nextOn(row) })
    },
    async saveRecurring({ id, ...row }: Recurring): Promise<void> {
      await db
        .update(recurring)
        .set({ ...arrays(row), nextOn: nextOn(row) })
        .where(eq(recurring.id, id))
    },
  }
}

function nextOn(row: Omit<Recurring, 'id'>): string | null {
  return row.stopped ? null : occurrence(row, row.raised)
}

function arrays<T extends Omit<Recurring, 'id'>>(row: T) {
  return { ...row, labels: [...row.labels], serves: [...row.serves], checklist: [...row.checklist] }
}
