import { type Activity, duplicateOf, place } from '@/lib/domain/activity'
import { newId } from '@/lib/kit/ids'
import { holdActivity } from './board-access'
import { clickOf, type Done, tellCards } from './change-activities'
import type { Context } from './context'
import { columnOn, roomFor } from './create-activity'
import { addActivities } from './keep-change'

/**
 * The same work once more, right below: nothing ticked, no history, no comments, an empty description. Its files are its
 * own: taken off here they stay there, and the bytes, which never change, are kept once.
 */
export async function duplicateActivity(
  context: Context,
  input: { readonly activityId: string },
): Promise<Done<Activity>> {
  const click = clickOf(context, 'duplicated')
  const copy = await context.store.transact(async (tx) => {
    const { actor, board, activity } = await holdActivity(tx, context, input.activityId, 'activity.create')
    await roomFor(tx, board.id, 1)
    const column = await columnOn(tx, board.id, activity.columnId)
    const id = newId('act')
    const cards = await tx.activities.places(column.id)
    const nowhere = { id, place: '', columnId: '' as typeof column.id }
    const placed = place(nowhere, { columnId: column.id, after: activity.id, before: null }, cards)
    const copy = duplicateOf(activity, {
      id,
      documentId: newId('doc'),
      place: placed.place,
      createdBy: actor.memberId,
      createdAt: click.at,
      checkId: () => newId('chk'),
    })
    await addActivities(tx, click, [copy])
    const files = await tx.files.ofActivity(activity.id)
    await tx.files.attach(
      files.map((file, i) => ({
        ...file,
        id: newId('fil'),
        activityId: copy.id,
        uploadedBy: actor.memberId,
        revision: 1,
        // In the order they have.
        createdAt: new Date(click.at.getTime() + i),
      })),
    )
    return copy
  })
  tellCards(context.live, [copy])
  return { value: copy, undo: click.id }
}
