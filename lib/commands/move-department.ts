import { placeAfter } from '@/lib/domain/department'
import { Refusal } from '@/lib/domain/refusal'
import { changeDepartment } from './change-department'
import type { Context } from './context'

/**
 * Puts a department right after another in the chain, or in front (`after` null). What it should stand after may
 * have been archived a moment ago: `not_found`, and the chain stays as it is.
 */
export async function moveDepartment(
  context: Context,
  input: { readonly departmentId: string; readonly after: string | null },
): Promise<void> {
  await changeDepartment(context, 'department.update', input.departmentId, async (tx, department) => {
    if (department.archivedAt) throw new Refusal('not_found')
    const chain = await tx.departments.chain(department.workspaceId)
    const place = placeAfter(chain, department.id, input.after)
    await tx.departments.save({ ...department, place })
  })
}
