import { rename } from '@/lib/domain/department'
import { changeDepartment } from './change-department'
import type { Context } from './context'

/** Another name; empty gives one of the five its usual name back. Refuses with `required`, `too_long`. */
export async function renameDepartment(
  context: Context,
  input: { readonly departmentId: string; readonly name: string },
): Promise<void> {
  await changeDepartment(context, 'department.update', input.departmentId, (tx, department) =>
    tx.departments.save(rename(department, input.name)),
  )
}
