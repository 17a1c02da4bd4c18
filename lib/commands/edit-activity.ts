import { type Activity, type ActivityEdit, edit } from '@/lib/domain/activity'
import { changeActivity, type Done } from './change-activities'
import type { Context } from './context'
import { namesOnlyOurs } from './named-things'

/**
 * Other values for some fields. With `revision` it is refused with `conflict` when somebody has changed the activity
 * since; without, the fields given win and the others stay, which is what inline editing wants.
 */
export function editActivity(
  context: Context,
  input: {
    readonly activityId: string
    readonly revision?: number | undefined
    readonly fields: ActivityEdit
    /** Why, when it changes the sealed plan of the quarter. */
    readonly reason?: string | undefined
  },
): Promise<Done<Activity>> {
  const { activityId, revision, fields } = input
  return changeActivity(
    context,
    { activityId, revision, action: 'activity.edit', verb: 'edited', reason: input.reason },
    async (activity, { tx }) => {
      const next = edit(activity, fields)
      await namesOnlyOurs(tx, activity.workspaceId, fields, activity)
      return next
    },
  )
}
