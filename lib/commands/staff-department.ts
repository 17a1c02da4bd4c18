import { worksInDepartments } from '@/lib/domain/member'
import { Refusal } from '@/lib/domain/refusal'
import { changeDepartment } from './change-department'
import type { Context } from './context'

/**
 * Makes a member lead a department, work in it, or neither (null). Each changes what they may do on its board, so
 * their connections are judged anew. Refuses advisers and viewers with `role_too_low`.
 */
export async function staffDepartment(
  context: Context,
  input: {
    readonly departmentId: string
    readonly memberId: string
    readonly as: 'lead' | 'member' | null
  },
): Promise<void> {
  const changed = await changeDepartment(
    context,
    'department.staff',
    input.departmentId,
    async (tx, department, actor) => {
      const member = await tx.members.lock(input.memberId)
      if (department.archivedAt || !member || member.workspaceId !== actor.workspaceId || member.removedAt) {
        throw new Refusal('not_found')
      }
      if (input.as !== null && !worksInDepartments(member.role)) throw new Refusal('role_too_low')
      const before = await tx.departments.position(department.id, member.id)
      await tx.departments.setPosition(department.id, member.id, input.as)
      if (before === input.as) return false
      await tx.members.bump(member.id)
      return true
    },
  )
  if (changed) context.live.revoke({ memberId: input.memberId })
}
