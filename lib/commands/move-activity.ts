import type { Writer } from '@/db/repositories'
import { type Activity, type Destination, onlyActive, place } from '@/lib/domain/activity'
import type { Column } from '@/lib/domain/column'
import { permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import { assert } from '@/lib/kit/assert'
import { inOrder, MAX_ORDER_KEY, orderKeys, type Placed } from '@/lib/kit/order-key'
import { actorNow, holdBoards, unlessStale } from './board-access'
import { clickOf, type Done, tellCards } from './change-activities'
import type { Context } from './context'
import { columnOn, roomFor } from './create-activity'
import { type Click, saveActivities } from './keep-change'
import { tellInboxes } from './notify'

/**
 * Puts an activity in another place: the same rule the browser guessed with, on what lies there now. Two who move the
 * same card at once are one after the other here, and the later one's place is where it lies for everybody. Into a
 * column of another department when the actor may change both boards.
 * Refuses `column_gone`, `activity_not_active`, and `conflict` when `revision` is given and is not the present one.
 */
export async function moveActivity(
  context: Context,
  input: {
    readonly activityId: string
    readonly to: Destination
    readonly revision?: number | undefined
  },
): Promise<Done<Activity>> {
  const { store, live } = context
  const click = clickOf(context, 'moved')
  const { activity, moved, spread } = await store.transact(async (tx) => {
    // Asked together: a move is the one thing that is felt, and each answer waited for is felt with it.
    const [seen, column] = await Promise.all([
      tx.activities.find(input.activityId),
      tx.boards.column(input.to.columnId),
    ])
    if (!seen || seen.workspaceId !== context.actor.workspaceId) throw new Refusal('not_found')
    if (!column) throw new Refusal('column_gone')
    const boards = await holdBoards(tx, [seen.boardId, column.boardId])
    // Under the lock everything is asked again: it may have changed while we waited.
    const [actor, activity, there, lying] = await Promise.all([
      actorNow(tx, context),
      tx.activities.find(input.activityId),
      columnOn(tx, column.boardId, column.id).catch((error: unknown) => asRefusal(error)),
      tx.activities.places(column.id),
    ])
    for (const board of boards.values()) permit(actor, 'activity.move', { kind: 'board', board })
    if (activity?.boardId !== seen.boardId) throw new Refusal('conflict')
    unlessStale(activity, input.revision)
    onlyActive(activity)
    if (column.boardId !== activity.boardId) await roomFor(tx, column.boardId, 1)
    if (there instanceof Refusal) throw there
    const { pair, spread } = await putInto(tx, click, activity, there, input.to, lying)
    const [moved] = await saveActivities(tx, click, [pair])
    return { activity, moved, spread }
  })
  if (!moved) return { value: activity, undo: null }
  tellCards(live, [moved, ...spread], [activity.boardId])
  tellInboxes(live, click.workspaceId, click.told)
  return { value: moved, undo: click.id }
}

/**
 * The activity before and after. When the key would grow long, because cards went between the same two again and
 * again, the whole column is numbered anew first. `lying`: what lies in the column, when it was read under the lock.
 */
export async function putInto(
  tx: Writer,
  click: Click,
  activity: Activity,
  column: Column,
  to: Destination,
  lying?: readonly Placed[],
): Promise<{ pair: { before: Activity; after: Activity }; spread: Activity[] }> {
  const destination = { ...to, columnId: column.id }
  const put = (cards: Parameters<typeof place>[2]) => {
    const after = place(activity, destination, cards)
    return after === activity ? activity : { ...after, boardId: column.boardId }
  }
  const after = put(lying ?? (await tx.activities.places(column.id)))
  if (after.place.length <= MAX_ORDER_KEY) return { pair: { before: activity, after }, spread: [] }
  const spread = await spreadOut(tx, click, column.id, activity.id)
  return { pair: { before: activity, after: put(await tx.activities.places(column.id)) }, spread }
}

/** A refusal is told after those that come before it; anything else is a bug. */
function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  throw error
}

/** Short keys for a whole column, in the order it has. Nobody sees a difference. */
async function spreadOut(tx: Writer, click: Click, columnId: string, but: string): Promise<Activity[]> {
  const cards = (await tx.activities.inColumn(columnId))
    .filter(({ id, status }) => status === 'active' && id !== but)
    .sort(inOrder)
  const keys = orderKeys(cards.length)
  return saveActivities(
    tx,
    click,
    cards.map((before, i) => {
      const key = keys[i]
      assert(key !== undefined, 'a key per card')
      return { before, after: { ...before, place: key } }
    }),
  )
}
