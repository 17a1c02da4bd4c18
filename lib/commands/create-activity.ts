import type { Writer } from '@/db/repositories'
import {
  type Activity,
  type ActivityEdit,
  cleanActivityTitle,
  type Destination,
  edit,
  place,
} from '@/lib/domain/activity'
import { MAX_ACTIVITIES } from '@/lib/domain/board'
import { changeChecklist } from '@/lib/domain/checklist'
import { Refusal } from '@/lib/domain/refusal'
import { type Id, isId, newId } from '@/lib/kit/ids'
import { holdBoard } from './board-access'
import { clickOf, type Done, tellCards } from './change-activities'
import type { Context } from './context'
import { addActivities } from './keep-change'
import { namesOnlyOurs } from './named-things'

import { tellInboxes } from './notify'
import { asksReason } from './scope-reason'

export interface NewActivity {
  readonly boardId: string
  readonly to: Destination
  readonly title: string
  /** Chosen by the browser, so that the card it shows at once is the card that comes back, and a retry adds no second. */
  readonly id?: string | undefined
  readonly fields?: Omit<ActivityEdit, 'title'> | undefined
  readonly checklist?: readonly string[] | undefined
  /** Why, when it changes the sealed plan of the quarter. */
  readonly reason?: string | undefined
}

/**
 * A new activity in a column. Refuses `required`, `too_long`, `column_gone`, `too_many` and whatever `edit` refuses; an
 * id that is taken is `conflict` unless it is this actor's very activity, which is answered again.
 */
export async function createActivity(context: Context, input: NewActivity): Promise<Done<Activity>> {
  const { store, live } = context
  const click = clickOf(context, 'created', input.reason)
  const title = cleanActivityTitle(input.title)
  if (input.id !== undefined && !isId('act', input.id)) throw new Refusal('invalid_input', { field: 'id' })
  const made = await store.transact(async (tx) => {
    const { actor, board } = await holdBoard(tx, context, input.boardId, 'activity.create')
    const again = input.id === undefined ? null : await tx.activities.find(input.id)
    if (again) {
      if (again.boardId === board.id && again.createdBy === actor.memberId)
        return { activity: again, fresh: false, asks: false }
      throw new Refusal('conflict')
    }
    await roomFor(tx, board.id, 1)
    const activity = await freshActivity(tx, { ...input, title, boardId: board.id, actor, at: click.at })
    await addActivities(tx, click, [activity])
    return { activity, fresh: true, asks: await asksReason(tx, click, [{ before: null, after: activity }]) }
  })
  if (!made.fresh) return { value: made.activity, undo: null }
  tellCards(live, [made.activity])
  tellInboxes(live, click.workspaceId, click.told)
  return { value: made.activity, undo: click.id, asksReason: made.asks }
}

/** An activity that is not written yet, in its place. The board is held. */
export async function freshActivity(
  tx: Writer,
  given: NewActivity & {
    readonly boardId: Id<'brd'>
    readonly actor: { readonly workspaceId: Id<'ws'>; readonly memberId: Id<'mem'> }
    readonly at: Date
  },
): Promise<Activity> {
  const { actor, at, fields = {} } = given
  const column = await columnOn(tx, given.boardId, given.to.columnId)
  await namesOnlyOurs(tx, actor.workspaceId, fields)
  const blank: Activity = {
    id: given.id !== undefined && isId('act', given.id) ? given.id : newId('act'),
    workspaceId: actor.workspaceId,
    boardId: given.boardId,
    columnId: column.id,
    place: '',
    title: given.title,
    documentId: newId('doc'),
    ownerId: null,
    helpers: [],
    watchers: [],
    cycle: null,
    start: null,
    due: null,
    priority: null,
    effort: null,
    labels: [],
    serves: [],
    measures: [],
    checklist: (given.checklist ?? []).reduce(
      (list, text) => changeChecklist(list, { do: 'add', id: newId('chk'), title: text }),
      [] as Activity['checklist'],
    ),
    halt: null,
    status: 'active',
    revision: 1,
    createdBy: actor.memberId,
    createdAt: at,
    updatedAt: at,
  }
  // `place` lets what lies well lie: a card that is new lies nowhere yet.
  const nowhere = { id: blank.id, place: '', columnId: '' as Id<'col'> }
  const placed = place(nowhere, { ...given.to, columnId: column.id }, await tx.activities.places(column.id))
  return edit({ ...blank, place: placed.place }, fields)
}

/** The column, if it is on this board and not removed. */
export async function columnOn(tx: Writer, boardId: string, columnId: string) {
  const column = await tx.boards.column(columnId)
  if (!column || column.boardId !== boardId || column.removed) throw new Refusal('column_gone')
  return column
}

export async function roomFor(tx: Writer, boardId: string, more: number): Promise<void> {
  if ((await tx.activities.countOn(boardId)) + more > MAX_ACTIVITIES)
    throw new Refusal('too_many', { field: 'activities', max: MAX_ACTIVITIES })
}
