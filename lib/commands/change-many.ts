import type { Writer } from '@/db/repositories'
import {
  type Activity,
  type ActivityEdit,
  type ActivityStatus,
  edit,
  onlyActive,
  place,
} from '@/lib/domain/activity'
import { type Action, permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import { inOrder } from '@/lib/kit/order-key'
import { actorNow, holdBoards } from './board-access'
import { clickOf, type Done, tellCards } from './change-activities'
import type { Context } from './context'
import { columnOn } from './create-activity'
import { saveActivities } from './keep-change'
import { namesOnlyOurs } from './named-things'

import { tellInboxes } from './notify'
import { asksReason } from './scope-reason'
import { settled } from './settle-activities'

/** What can be done to many at once. */
export type BulkChange =
  | {
      readonly do: 'edit'
      readonly fields: Omit<ActivityEdit, 'title' | 'labels' | 'helpers' | 'serves' | 'measures'>
    }
  /** Adds to each and takes from each, whatever else it carries. */
  | {
      readonly do: 'tag'
      readonly field: 'labels' | 'helpers' | 'serves' | 'measures'
      readonly add: readonly string[]
      readonly remove: readonly string[]
    }
  /** To the end of a column, in the order they have. */
  | { readonly do: 'move'; readonly columnId: string }
  | { readonly do: 'settle'; readonly status: ActivityStatus }

/** As many as a board shows; more is a script. */
export const MAX_BULK = 500

const asked: Readonly<Record<BulkChange['do'], Action>> = {
  edit: 'activity.edit',
  tag: 'activity.edit',
  settle: 'activity.edit',
  move: 'activity.move',
}

/** One change of many activities: all of them or none, one undo for all. Refuses as the single changes do. */
export async function changeMany(
  context: Context,
  input: {
    readonly activityIds: readonly string[]
    readonly change: BulkChange
    /** Why, when it changes the sealed plan of the quarter. */
    readonly reason?: string | undefined
  },
): Promise<Done<readonly Activity[]>> {
  const { change } = input
  const ids = [...new Set(input.activityIds)]
  if (ids.length > MAX_BULK) throw new Refusal('too_many', { field: 'activities', max: MAX_BULK })
  const click = clickOf(context, change.do === 'move' ? 'moved' : 'edited', input.reason)
  const { seen, saved, asks } = await context.store.transact(async (tx) => {
    const seen = await tx.activities.byIds(ids)
    if (
      seen.length !== ids.length ||
      seen.some(({ workspaceId }) => workspaceId !== context.actor.workspaceId)
    )
      throw new Refusal('not_found')
    const target = change.do === 'move' ? await tx.boards.column(change.columnId) : null
    if (change.do === 'move' && !target) throw new Refusal('column_gone')
    const boards = await holdBoards(tx, [
      ...seen.map(({ boardId }) => boardId),
      ...(target ? [target.boardId] : []),
    ])
    const actor = await actorNow(tx, context)
    for (const board of boards.values()) permit(actor, asked[change.do], { kind: 'board', board })
    const now = await tx.activities.byIds(ids)
    if (now.some(({ boardId }) => !boards.has(boardId))) throw new Refusal('conflict')
    const after = await changed(tx, now.sort(inOrder), change)
    return { seen, saved: await saveActivities(tx, click, after), asks: await asksReason(tx, click, after) }
  })
  if (saved.length === 0) return { value: [], undo: null }
  tellCards(
    context.live,
    saved,
    seen.map(({ boardId }) => boardId),
  )
  tellInboxes(context.live, click.workspaceId, click.told)
  return { value: saved, undo: click.id, asksReason: asks }
}

async function changed(
  tx: Writer,
  activities: readonly Activity[],
  change: BulkChange,
): Promise<{ before: Activity; after: Activity }[]> {
  const each = async (rule: (activity: Activity) => Activity | Promise<Activity>) => {
    const pairs: { before: Activity; after: Activity }[] = []
    for (const before of activities) pairs.push({ before, after: await rule(before) })
    return pairs
  }
  const workspaceId = activities[0]?.workspaceId ?? ''
  switch (change.do) {
    case 'edit':
      await namesOnlyOurs(tx, workspaceId, change.fields)
      return each((activity) => edit(activity, change.fields))
    case 'tag':
      await namesOnlyOurs(tx, workspaceId, { [change.field]: change.add })
      return each((activity) => {
        const kept = activity[change.field].filter((id) => !change.remove.includes(id))
        return edit(activity, { [change.field]: [...kept, ...change.add] })
      })
    case 'settle': {
      const back: Activity[] = []
      return each(async (activity) => {
        const after = await settled(tx, activity, change.status, back)
        if (after !== activity && after.status === 'active') back.push(after)
        return after
      })
    }
    case 'move': {
      const column = await tx.boards.column(change.columnId)
      if (!column) throw new Refusal('column_gone')
      await columnOn(tx, column.boardId, column.id)
      const cards = (await tx.activities.places(column.id)).filter(
        ({ id }) => !activities.some((activity) => activity.id === id),
      )
      return each((activity) => {
        onlyActive(activity)
        const nowhere = { ...activity, columnId: '' as Activity['columnId'] }
        const after = place(nowhere, { columnId: column.id, after: null, before: null }, cards)
        cards.push(after)
        return { ...after, boardId: column.boardId }
      })
    }
  }
}
