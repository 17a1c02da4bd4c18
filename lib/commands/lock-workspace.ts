import type { Writer } from '@/db/repositories'
import type { Actor } from '@/lib/domain/actor'
import { Refusal } from '@/lib/domain/refusal'
import type { Workspace } from '@/lib/domain/workspace'

/**
 * Holds the workspace until the transaction ends and reads the actor's rights anew: between the request and this
 * moment they may have been lowered or removed. Two changes of who may do what never happen at once, so each sees
 * what the other did, and the last owner is counted once.
 */
export async function lockWorkspace(
  tx: Writer,
  { workspaceId, userId, sessionId }: Actor,
): Promise<{ workspace: Workspace; actor: Actor }> {
  const workspace = await tx.workspaces.lock(workspaceId)
  // A statement after the lock, not the same one: it must see what was committed while we waited.
  const actor = workspace && (await tx.members.actor(workspaceId, userId, sessionId))
  if (!actor) throw new Refusal('not_found')
  return { workspace, actor }
}
