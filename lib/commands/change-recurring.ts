import type { Writer } from '@/db/repositories'
import { cleanActivityTitle, cleanEffort } from '@/lib/domain/activity'
import type { Board } from '@/lib/domain/board'
import { changeChecklist } from '@/lib/domain/checklist'
import { cleanDay } from '@/lib/domain/day-text'
import { occurrence, type Recurring, type Rhythm, rhythms } from '@/lib/domain/recurring'
import { Refusal } from '@/lib/domain/refusal'
import { cleanServes } from '@/lib/domain/serves'
import { type Id, isId, newId } from '@/lib/kit/ids'
import { holdBoard } from './board-access'
import { clickOf, type Done } from './change-activities'
import type { Context } from './context'
import { columnOn } from './create-activity'
import { changeOf } from './keep-change'
import { namesOnlyOurs } from './named-things'

const MOST = 100
const MOST_DAYS = 366

export interface RecurringFields {
  readonly columnId: string
  readonly title: string
  readonly rhythm: Rhythm
  /** The day the first one appears; of one that goes on, the next. */
  readonly startsOn: string
  /** Days from then to its due day. */
  readonly days: number
  readonly ownerId?: string | null | undefined
  readonly effort?: number | null | undefined
  readonly labels?: readonly string[] | undefined
  readonly serves?: readonly string[] | undefined
  readonly checklist?: readonly string[] | undefined
}

export type RecurringChange =
  | ({ readonly do: 'add' } & RecurringFields)
  | ({ readonly do: 'set'; readonly recurringId: string } & RecurringFields)
  | { readonly do: 'stop'; readonly recurringId: string }

/**
 * Work that comes every week, month or quarter: adds it, changes it, or stops it. What was written from it stays
 * as it is.
 */
export async function changeRecurring(
  context: Context,
  input: { readonly boardId: string; readonly change: RecurringChange },
): Promise<Done<readonly Recurring[]>> {
  const { change, boardId } = input
  const click = clickOf(context, change.do === 'add' ? 'created' : change.do === 'set' ? 'edited' : 'removed')
  const done = await context.store.transact(async (tx) => {
    const { actor, board } = await holdBoard(tx, context, boardId, 'recurring.change')
    const told = { boardId: board.id, activityId: null }
    if (change.do !== 'add') {
      const before = await tx.boards.lockRecurring(change.recurringId)
      if (before?.boardId !== board.id) throw new Refusal('not_found')
      const next = {
        ...before,
        ...(change.do === 'stop' ? { stopped: true } : again(before, await cleaned(tx, board, change))),
        revision: before.revision + 1,
      }
      const row = changeOf(click, 'recurring', before, next, told)
      if (Object.keys(row.diff).length === 0) return { list: await tx.boards.recurring(board.id), undo: null }
      await tx.boards.saveRecurring(next)
      await tx.activities.addChanges([row])
      return { list: await tx.boards.recurring(board.id), undo: click.id }
    }
    if ((await tx.boards.recurring(board.id)).length >= MOST)
      throw new Refusal('too_many', { field: 'recurring', max: MOST })
    const row = {
      id: newId('rcr'),
      workspaceId: board.workspaceId,
      boardId: board.id,
      ...(await cleaned(tx, board, change)),
      raised: 0,
      stopped: false,
      revision: 1,
      createdBy: actor.memberId,
    }
    await tx.boards.addRecurring(row)
    const was = changeOf(click, 'recurring', { ...row, stopped: true }, row, told)
    await tx.activities.addChanges([was])
    return { list: await tx.boards.recurring(board.id), undo: click.id }
  })
  if (done.undo === null) return { value: done.list, undo: null }
  context.live.publish(boardId, { type: 'beside.changed', boardId, what: 'recurring', activityId: null })
  return { value: done.list, undo: done.undo }
}

async function cleaned(tx: Writer, board: Pick<Board, 'id' | 'workspaceId'>, given: RecurringFields) {
  const column = await columnOn(tx, board.id, given.columnId)
  const startsOn = cleanDay(given.startsOn, 'startsOn')
  const rhythm = rhythms.find((name) => name === given.rhythm)
  if (startsOn === null || !rhythm) throw new Refusal('invalid_input', { field: 'rhythm' })
  if (!Number.isInteger(given.days) || given.days < 0 || given.days > MOST_DAYS)
    throw new Refusal('invalid_number', { field: 'days', min: 0, max: MOST_DAYS })
  const serves = cleanServes(given.serves ?? [])
  const labels = (given.labels ?? []).filter((id): id is Id<'lbl'> => isId('lbl', id))
  const ownerId = given.ownerId ?? null
  if (ownerId !== null && !isId('mem', ownerId)) throw new Refusal('invalid_input', { field: 'ownerId' })
  await namesOnlyOurs(tx, board.workspaceId, { ownerId, labels, serves })
  const checklist = (given.checklist ?? []).reduce(
    (list, title) => changeChecklist(list, { do: 'add', id: newId('chk'), title }),
    [] as ReturnType<typeof changeChecklist>,
  )
  return {
    columnId: column.id,
    title: cleanActivityTitle(given.title),
    ownerId,
    effort: cleanEffort(given.effort ?? null),
    labels,
    serves,
    checklist: checklist.map(({ title }) => title),
    rhythm,
    startsOn,
    days: given.days,
  }
}

/** The rhythm counts on from where it began, unless it is another one or the next day is another. */
function again(before: Recurring, next: Awaited<ReturnType<typeof cleaned>>) {
  const goesOn = next.rhythm === before.rhythm && next.startsOn === occurrence(before, before.raised)
  return goesOn ? { ...next, startsOn: before.startsOn } : { ...next, raised: 0 }
}
