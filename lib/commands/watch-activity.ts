import type { Activity } from '@/lib/domain/activity'
import { changeActivity, type Done } from './change-activities'
import type { Context } from './context'

/**
 * Puts the actor among those who are told, or takes them out; also who owns it or helps with it hears no more of it then,
 * but for being named. Whoever may speak may watch.
 */
export function watchActivity(
  context: Context,
  input: { readonly activityId: string; readonly watch: boolean },
): Promise<Done<Activity>> {
  return changeActivity(
    context,
    { activityId: input.activityId, action: 'activity.comment', verb: 'edited' },
    async (activity, { tx, actor }) => {
      // Beside the row: it is nobody else's business, and no part of the activity's history.
      await tx.activities.mute(activity.id, actor.memberId, !input.watch)
      const others = activity.watchers.filter((id) => id !== actor.memberId)
      if (others.length < activity.watchers.length === input.watch) return activity
      return { ...activity, watchers: input.watch ? [...others, actor.memberId] : others }
    },
  )
}
