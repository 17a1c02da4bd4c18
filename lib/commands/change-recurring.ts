import { cleanActivityTitle, cleanEffort } from '@/lib/domain/activity'
import { changeChecklist } from '@/lib/domain/checklist'
import { cleanDay } from '@/lib/domain/day-text'
import { type Recurring, type Rhythm, rhythms } from '@/lib/domain/recurring'
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

export type RecurringChange =
  | {
      readonly do: 'add'
      readonly columnId: string
      readonly title: string
      readonly rhythm: Rhythm
      /** The day the first one appears. */
      readonly startsOn: string
      /** Days from then to its due day. */
      readonly days: number
      readonly ownerId?: string | null | undefined
      readonly effort?: number | null | undefined
      readonly labels?: readonly string[] | undefined
      readonly serves?: readonly string[] | undefined
      readonly checklist?: readonly string[] | undefined
    }
  | { readonly do: 'stop'; readonly recurringId: string }

/** Work that comes every week, month or quarter: adds it, or stops it. What was written from it stays. */
export async function changeRecurring(
  context: Context,
  input: { readonly boardId: string; readonly change: RecurringChange },
): Promise<Done<readonly Recurring[]>> {
  const { change, boardId } = input
  const click = clickOf(context, change.do === 'add' ? 'created' : 'removed')
  const list = await context.store.transact(async (tx) => {
    const { actor, board } = await holdBoard(tx, context, boardId, 'recurring.change')
    const told = { boardId: board.id, activityId: null }
    if (change.do === 'stop') {
      const before = await tx.boards.lockRecurring(change.recurringId)
      if (before?.boardId !== board.id) throw new Refusal('not_found')
      const next = { ...before, stopped: true, revision: before.revision + 1 }
      await tx.boards.saveRecurring(next)
      await tx.activities.addChanges([changeOf(click, 'recurring', before, next, told)])
      return tx.boards.recurring(board.id)
    }
    if ((await tx.boards.recurring(board.id)).length >= MOST)
      throw new Refusal('too_many', { field: 'recurring', max: MOST })
    const column = await columnOn(tx, board.id, change.columnId)
    const startsOn = cleanDay(change.startsOn, 'startsOn')
    const rhythm = rhythms.find((name) => name === change.rhythm)
    if (startsOn === null || !rhythm) throw new Refusal('invalid_input', { field: 'rhythm' })
    if (!Number.isInteger(change.days) || change.days < 0 || change.days > MOST_DAYS)
      throw new Refusal('invalid_number', { field: 'days', min: 0, max: MOST_DAYS })
    const serves = cleanServes(change.serves ?? [])
    const labels = (change.labels ?? []).filter((id): id is Id<'lbl'> => isId('lbl', id))
    const ownerId = change.ownerId ?? null
    if (ownerId !== null && !isId('mem', ownerId)) throw new Refusal('invalid_input', { field: 'ownerId' })
    await namesOnlyOurs(tx, board.workspaceId, { ownerId, labels, serves })
    const checklist = (change.checklist ?? []).reduce(
      (list, title) => changeChecklist(list, { do: 'add', id: newId('chk'), title }),
      [] as ReturnType<typeof changeChecklist>,
    )
    const row = {
      id: newId('rcr'),
      workspaceId: board.workspaceId,
      boardId: board.id,
      columnId: column.id,
      title: cleanActivityTitle(change.title),
      ownerId,
      effort: cleanEffort(change.effort ?? null),
      labels,
      serves,
      checklist: checklist.map(({ title }) => title),
      rhythm,
      startsOn,
      raised: 0,
      days: change.days,
      stopped: false,
      revision: 1,
      createdBy: actor.memberId,
    }
    await tx.boards.addRecurring(row)
    const was = changeOf(click, 'recurring', { ...row, stopped: true }, row, told)
    await tx.activities.addChanges([was])
    return tx.boards.recurring(board.id)
  })
  context.live.publish(boardId, { type: 'beside.changed', boardId, what: 'recurring', activityId: null })
  return { value: list, undo: click.id }
}
