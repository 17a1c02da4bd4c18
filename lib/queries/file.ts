import type { FileRow } from '@/db/repositories/files'
import type { UserContext } from '@/lib/commands/context'
import { can } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'

/** An uploaded picture, for whoever may read what it was uploaded to. */
export async function readFileRow({ store, user, sessionId }: UserContext, fileId: string): Promise<FileRow> {
  const file = await store.read.files.find(fileId)
  const actor = file && (await store.read.members.actor(file.workspaceId, user.id, sessionId))
  if (!file || !actor) throw new Refusal('not_found')
  // A duplicate shows the pictures of the strategy it came from, so everybody who reads the workspace's strategies
  // by their role sees them; only those who read what is shared with them are asked about that very strategy.
  if (actor.role !== 'adviser') return file
  const strategy = file.strategyId && (await store.read.strategies.find(file.strategyId, actor.memberId))
  if (!strategy || !can(actor, 'file.read', { kind: 'strategy', strategy })) throw new Refusal('not_found')
  return file
}
