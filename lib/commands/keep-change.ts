import type { Writer } from '@/db/repositories'
import type { FileRow } from '@/db/repositories/files'
import type { Activity } from '@/lib/domain/activity'
import type { BoardRequest } from '@/lib/domain/board-request'
import { type Change, type ChangedKind, type ChangeVerb, diffOf, type Json } from '@/lib/domain/change'
import type { Column } from '@/lib/domain/column'
import type { HandOff } from '@/lib/domain/hand-off'
import type { Label } from '@/lib/domain/label'
import type { Measure } from '@/lib/domain/measure'
import type { Recurring } from '@/lib/domain/recurring'
import type { Relation } from '@/lib/domain/relation'
import type { SavedFilter } from '@/lib/domain/saved-filter'
import type { Id } from '@/lib/kit/ids'
import { tellOfChanges } from './tell-of-boards'

/** Whose change, when, and under which id: the same for everything done with one click. */
export interface Click {
  readonly id: Id<'chg'>
  readonly workspaceId: Id<'ws'>
  readonly by: Id<'mem'>
  readonly at: Date
  readonly verb: ChangeVerb
  /** Why, where somebody said so: asked for while a quarter's plan is sealed. */
  readonly reason?: string | null
  /** Filled on the way: whose inboxes changed. After the commit their bells ring. */
  readonly told: Set<Id<'mem'>>
}

interface Rows {
  activity: Activity
  column: Column
  hand_off: HandOff
  request: BoardRequest
  relation: Relation
  measure: Measure
  label: Label
  recurring: Recurring
  file: Pick<FileRow, 'id' | 'name' | 'removedAt' | 'revision'>
  filter: SavedFilter
}

/** What history keeps of a row, as JSON: everything people change. */
const stateOf: { readonly [K in ChangedKind]: (row: Rows[K]) => Readonly<Record<string, Json>> } = {
  activity: (row) => ({
    title: row.title,
    boardId: row.boardId,
    columnId: row.columnId,
    place: row.place,
    ownerId: row.ownerId,
    helpers: row.helpers,
    watchers: row.watchers,
    cycle: row.cycle,
    start: row.start,
    due: row.due,
    priority: row.priority,
    effort: row.effort,
    labels: row.labels,
    serves: row.serves,
    measures: row.measures,
    checklist: row.checklist.map((item) => ({ ...item })),
    halt: row.halt,
    status: row.status,
  }),
  column: ({ name, phase, place, limit, removed }) => ({ name, phase, place, limit, removed }),
  hand_off: ({ title, due, state, reason, toActivityId }) => ({ title, due, state, reason, toActivityId }),
  request: ({ title, answer }) => ({
    title,
    answer: 'at' in answer ? { ...answer, at: answer.at.toISOString() } : { ...answer },
  }),
  relation: ({ kind, fromId, toId, why, resolved, removed }) => ({
    kind,
    fromId,
    toId,
    why,
    resolved,
    removed,
  }),
  measure: ({ targets, workspaceId: _w, id: _i, revision: _r, ...rest }) => ({
    ...rest,
    targets: targets.map((target) => ({ ...target })),
  }),
  label: ({ name, tone, removed }) => ({ name, tone, removed }),
  recurring: ({ workspaceId: _w, id: _i, boardId: _b, revision: _r, ...rest }) => ({
    title: rest.title,
    columnId: rest.columnId,
    ownerId: rest.ownerId,
    effort: rest.effort,
    labels: rest.labels,
    serves: rest.serves,
    checklist: rest.checklist,
    rhythm: rest.rhythm,
    startsOn: rest.startsOn,
    raised: rest.raised,
    days: rest.days,
    stopped: rest.stopped,
  }),
  // Its name while it is there: so history says what was attached, and what was taken off.
  file: ({ name, removedAt }) => ({ file: removedAt === null ? name : null }),
  filter: ({ name, query, shared, removed }) => ({ name, query, shared, removed }),
}

/** The state history keeps of a row. */
export function historyState<K extends ChangedKind>(kind: K, row: Rows[K]): Readonly<Record<string, Json>> {
  return stateOf[kind](row)
}

/** One row of history. `before` null: it did not exist. */
export function changeOf<K extends ChangedKind>(
  click: Click,
  kind: K,
  before: Readonly<Record<string, Json>> | Rows[K] | null,
  after: Rows[K] & { readonly id: string; readonly revision: number },
  // Often another change, whose id and moment are its own.
  { boardId, activityId }: { readonly boardId: Id<'brd'> | null; readonly activityId: Id<'act'> | null },
): Change {
  const was = before === null ? {} : isRow(before) ? historyState(kind, before) : before
  return changeIn(click, kind, was, historyState(kind, after), after, { boardId, activityId })
}

/** The same where only these fields can have changed. */
export function changeIn(
  click: Click,
  kind: ChangedKind,
  before: Readonly<Record<string, Json>>,
  after: Readonly<Record<string, Json>>,
  subject: { readonly id: string; readonly revision: number },
  under: Pick<Change, 'boardId' | 'activityId'>,
): Change {
  return {
    ...rowOf(click),
    ...under,
    kind,
    subjectId: subject.id,
    revision: subject.revision,
    diff: diffOf(before, after),
  }
}

function rowOf({ told: _told, ...row }: Click) {
  return row
}

function isRow<T extends { readonly revision: number }>(
  value: T | Readonly<Record<string, Json>>,
): value is T {
  return 'revision' in value
}

/** Writes activities that changed, each with its history. Answers those as they are now, with their new revision. */
export async function saveActivities(
  tx: Writer,
  click: Click,
  pairs: readonly { readonly before: Activity; readonly after: Activity }[],
): Promise<Activity[]> {
  const saved: Activity[] = []
  const history: Change[] = []
  const told: { before: Activity; after: Activity }[] = []
  // Sent one behind the other and waited for together.
  const writes: Promise<void>[] = []
  for (const { before, after } of pairs) {
    if (after === before) continue
    const next = { ...after, revision: before.revision + 1, updatedAt: click.at }
    const change = changeOf(click, 'activity', before, next, { boardId: next.boardId, activityId: next.id })
    if (Object.keys(change.diff).length === 0) continue
    writes.push(tx.activities.save(next))
    // Who may write its description is decided by its board and its status: whoever has it open is judged again.
    if (next.status !== before.status || next.boardId !== before.boardId)
      writes.push(tx.activities.bumpDocument(next.documentId))
    saved.push(next)
    told.push({ before, after: next })
    history.push(change)
  }
  await Promise.all([...writes, tx.activities.addChanges(history)])
  await tellOfChanges(tx, click, told)
  return saved
}

/**
 * Adds activities, each with its history: as if they had come out of the trash, so that undoing it puts them there and
 * no id is ever given twice.
 */
export async function addActivities(tx: Writer, click: Click, rows: readonly Activity[]): Promise<void> {
  await tx.activities.add(rows)
  await tx.activities.addChanges(
    rows.map((row) => ({
      ...rowOf(click),
      boardId: row.boardId,
      activityId: row.id,
      kind: 'activity' as const,
      subjectId: row.id,
      revision: row.revision,
      diff: { status: ['trashed', row.status] as const },
    })),
  )
  // Who imports a year's work, or the same work once more, would ring every bell with it.
  if (click.verb !== 'created') return
  await tellOfChanges(
    tx,
    click,
    rows.map((after) => ({ before: null, after })),
  )
}
