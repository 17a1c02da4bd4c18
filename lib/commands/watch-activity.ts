import type { Activity } from '@/lib/domain/activity'
import { changeActivity, type Done } from './change-activities'
import type { Context } from './context'

/** Puts the actor among those who are told, or takes them out. Whoever may speak may watch. */
export function watchActivity(
  context: Context,
  input: { readonly activityId: string; readonly watch: boolean },
): Promise<Done<Activity>> {
  return changeActivity(
    context,
    { activityId: input.activityId, action: 'activity.comment', verb: 'edited' },
    (activity, { actor }) => {
      const others = activity.watchers.filter((id) => id !== actor.memberId)
      if (others.length < activity.watchers.length === input.watch) return activity
      return { ...activity, watchers: input.watch ? [...others, actor.memberId] : others }
    },
  )
}
