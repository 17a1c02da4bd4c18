import type { Writer } from '@/db/repositories'
import { usualColumns } from '@/lib/domain/column'
import type { Department } from '@/lib/domain/department'
import { type Id, newId } from '@/lib/kit/ids'

/** Adds a department and its board, which begins with the five usual columns. */
export async function addDepartmentWithBoard(
  tx: Pick<Writer, 'departments' | 'boards'>,
  department: Omit<Department, 'archivedAt'>,
): Promise<Id<'brd'>> {
  await tx.departments.add(department)
  const boardId = newId('brd')
  await tx.boards.add(
    { id: boardId, workspaceId: department.workspaceId, departmentId: department.id },
    usualColumns().map((column) => ({
      ...column,
      id: newId('col'),
      boardId,
      name: null,
      limit: null,
      removed: false,
      revision: 1,
    })),
  )
  return boardId
}
