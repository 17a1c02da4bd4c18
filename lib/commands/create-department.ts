import { type Department, MAX_DEPARTMENT_NAME, MAX_DEPARTMENTS } from '@/lib/domain/department'
import { permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import { cleanName } from '@/lib/domain/workspace'
import { newId } from '@/lib/kit/ids'
import { orderKeyBetween } from '@/lib/kit/order-key'
import type { Context } from './context'
import { lockWorkspace } from './lock-workspace'
import { addDepartmentWithBoard } from './open-board'

/** Adds a department at the end of the chain. Refuses with `required`, `too_long`, `quota`. */
export async function createDepartment(
  context: Context,
  input: { readonly name: string },
): Promise<Department> {
  const { store, live } = context
  const added = await store.transact(async (tx) => {
    const { actor } = await lockWorkspace(tx, context.actor)
    permit(actor, 'department.create')
    const name = cleanName(input.name, MAX_DEPARTMENT_NAME)
    if ((await tx.departments.count(actor.workspaceId)) >= MAX_DEPARTMENTS) throw new Refusal('quota')
    const last = (await tx.departments.chain(actor.workspaceId)).at(-1)
    const department = {
      id: newId('dep'),
      workspaceId: actor.workspaceId,
      kind: null,
      name,
      place: orderKeyBetween(last?.place ?? null, null),
    }
    await addDepartmentWithBoard(tx, department)
    return { ...department, archivedAt: null }
  })
  live.publish(added.workspaceId, { type: 'departments.changed' })
  return added
}
