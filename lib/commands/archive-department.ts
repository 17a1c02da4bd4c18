import { archive } from '@/lib/domain/department'
import type { Id } from '@/lib/kit/ids'
import { changeDepartment } from './change-department'
import type { Context } from './context'

/**
 * Takes a department out of the chain, or brings it back to its old place with its people. Its people may do less
 * (or more) from now on, so they are judged anew. Refuses the last one with `department_in_use`.
 */
export async function archiveDepartment(
  context: Context,
  input: { readonly departmentId: string; readonly archived: boolean },
): Promise<void> {
  const staff = await changeDepartment(
    context,
    'department.archive',
    input.departmentId,
    async (tx, department): Promise<Id<'mem'>[]> => {
      if ((department.archivedAt !== null) === input.archived) return []
      const chain = await tx.departments.chain(department.workspaceId)
      await tx.departments.save(
        input.archived
          ? archive(department, chain, new Date(context.clock.now()))
          : { ...department, archivedAt: null },
      )
      const staff = await tx.departments.everybody(department.id)
      for (const memberId of staff) await tx.members.bump(memberId)
      return staff
    },
  )
  for (const memberId of staff) context.live.revoke({ memberId })
}
