import type { FileRow } from '@/db/repositories/files'
import type { UserContext } from '@/lib/commands/context'
import { can } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'

/** A picture or an attachment, for whoever may read what it was uploaded to. */
export async function readFileRow({ store, user, sessionId }: UserContext, fileId: string): Promise<FileRow> {
  const file = await store.read.files.find(fileId)
  const actor = file && (await store.read.members.actor(file.workspaceId, user.id, sessionId))
  if (!file || !actor || file.removedAt !== null) throw new Refusal('not_found')
  if (file.activityId !== null) {
    const activity = await store.read.activities.find(file.activityId)
    const board = activity && (await store.read.boards.find(activity.boardId))
    if (!board || !can(actor, 'board.read', { kind: 'board', board })) throw new Refusal('not_found')
    return file
  }
  const strategy = file.strategyId && (await store.read.strategies.find(file.strategyId, actor.memberId))
  // A picture that was pasted into another strategy does not vanish there when its first one is put in the trash.
  const asked = strategy && {
    kind: 'strategy' as const,
    strategy: { ...strategy, status: 'active' as const },
  }
  if (!asked || !can(actor, 'file.read', asked)) throw new Refusal('not_found')
  return file
}
