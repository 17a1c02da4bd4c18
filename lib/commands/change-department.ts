import type { Writer } from '@/db/repositories'
import type { Actor } from '@/lib/domain/actor'
import type { Department } from '@/lib/domain/department'
import { type Action, permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import type { Context } from './context'
import { lockWorkspace } from './lock-workspace'

/**
 * The walk that renaming, moving, archiving and staffing share: lock the workspace, find the department in it, ask
 * whether the actor may, change it, tell everybody. The chain is locked with the workspace, so that two moves never
 * compute the same place.
 */
export async function changeDepartment<T>(
  context: Context,
  action: Action,
  departmentId: string,
  change: (tx: Writer, department: Department, actor: Actor) => Promise<T>,
): Promise<T> {
  const changed = await context.store.transact(async (tx) => {
    const { actor } = await lockWorkspace(tx, context.actor)
    const department = await tx.departments.find(departmentId)
    if (!department || department.workspaceId !== actor.workspaceId) throw new Refusal('not_found')
    permit(actor, action, { kind: 'department', id: department.id })
    return change(tx, department, actor)
  })
  context.live.publish(context.actor.workspaceId, { type: 'departments.changed' })
  return changed
}
