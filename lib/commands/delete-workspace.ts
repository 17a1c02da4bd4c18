import { permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import { cleanWorkspaceName } from '@/lib/domain/workspace'
import type { Context } from './context'
import { lockWorkspace } from './lock-workspace'

/**
 * Closes the workspace for everybody. For 30 days an owner can bring it back (restoreWorkspace); then a sweep removes it
 * with all it holds (sweepExpired). `name` is the workspace's name, typed by hand: a click alone should not end a
 * company's strategy.
 */
export async function deleteWorkspace(context: Context, input: { readonly name: string }): Promise<void> {
  const { store, live, clock } = context
  const { workspaceId } = context.actor
  await store.transact(async (tx) => {
    const { workspace, actor } = await lockWorkspace(tx, context.actor)
    permit(actor, 'workspace.delete')
    if (cleanWorkspaceName(input.name) !== workspace.name)
      throw new Refusal('name_differs', { field: 'name' })
    await tx.workspaces.remove(workspace.id, new Date(clock.now()))
    // Edits that were permitted a moment ago carry an older revision and are not appended any more.
    await tx.members.bumpAll(workspace.id)
  })
  live.publish(workspaceId, { type: 'workspace.changed' })
  live.revoke({ workspaceId })
}
