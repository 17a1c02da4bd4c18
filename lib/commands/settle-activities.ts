import type { Writer } from '@/db/repositories'
import { type Activity, type ActivityStatus, place, settle } from '@/lib/domain/activity'
import type { ChangeVerb } from '@/lib/domain/change'
import { changeActivity, type Done } from './change-activities'
import type { Context } from './context'

const verbs: Readonly<Record<ActivityStatus, ChangeVerb>> = {
  active: 'restored',
  archived: 'archived',
  trashed: 'trashed',
}

/**
 * Archives, trashes or brings back. What comes back lies where it lay; if its column was removed, at the end of the
 * first one. Nothing is deleted.
 */
export function settleActivity(
  context: Context,
  input: {
    readonly activityId: string
    readonly status: ActivityStatus
    /** Why, when it changes the sealed plan of the quarter. */
    readonly reason?: string | undefined
  },
): Promise<Done<Activity>> {
  return changeActivity(
    context,
    {
      activityId: input.activityId,
      action: 'activity.edit',
      verb: verbs[input.status],
      reason: input.reason,
    },
    (activity, { tx }) => settled(tx, activity, input.status),
  )
}

/** `back`: what comes back with it and is not written yet. */
export async function settled(
  tx: Writer,
  activity: Activity,
  status: ActivityStatus,
  back: readonly Activity[] = [],
): Promise<Activity> {
  const next = settle(activity, status)
  return next === activity || status !== 'active' ? next : alone(tx, next, back)
}

/** The activity with a place that no other card of its column has, in a column that is there. */
export async function alone(
  tx: Writer,
  activity: Activity,
  back: readonly Activity[] = [],
): Promise<Activity> {
  const placesIn = async (columnId: string) => [
    ...(await tx.activities.places(columnId)),
    ...back.filter((other) => other.columnId === columnId),
  ]
  const column = await tx.boards.column(activity.columnId)
  if (!column || column.removed || column.boardId !== activity.boardId) {
    const [first] = await tx.boards.columns([activity.boardId])
    if (!first) return activity
    const cards = await placesIn(first.id)
    return place(activity, { columnId: first.id, after: null, before: null }, cards)
  }
  const cards = (await placesIn(column.id)).filter(({ id }) => id !== activity.id)
  const same = cards.find((card) => card.place === activity.place)
  if (!same) return activity
  // "Stays where it is" would keep the shared key: it lies nowhere while its place is looked for.
  const nowhere = { ...activity, columnId: '' as Activity['columnId'] }
  return place(nowhere, { columnId: activity.columnId, after: same.id, before: null }, cards)
}
