import type { Activity } from '@/lib/domain/activity'
import { onlyActive } from '@/lib/domain/activity'
import { type ChecklistChange, changeChecklist } from '@/lib/domain/checklist'
import { changeActivity, type Done } from './change-activities'
import type { Context } from './context'
import { checkOwnerIsOurs } from './named-things'

/** One change of the checklist: adds, ticks, renames, gives away, moves or removes an item. */
export function checkActivity(
  context: Context,
  input: { readonly activityId: string; readonly change: ChecklistChange },
): Promise<Done<Activity>> {
  return changeActivity(
    context,
    { activityId: input.activityId, action: 'activity.edit', verb: 'checked' },
    async (activity, { tx }) => {
      onlyActive(activity)
      await checkOwnerIsOurs(tx, activity.workspaceId, input.change)
      return { ...activity, checklist: changeChecklist(activity.checklist, input.change) }
    },
  )
}
