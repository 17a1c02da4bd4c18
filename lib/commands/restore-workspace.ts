import { randomInt } from 'node:crypto'
import { Refusal } from '@/lib/domain/refusal'
import { restorableSince, suggestSlug } from '@/lib/domain/workspace'
import type { UserContext } from './context'

/**
 * Opens a deleted workspace again, as it was, for whoever was in it. Only an owner can, for 30 days; for anybody else,
 * and later, it is `not_found`. Its address went back when it was deleted, so it gets the one its name suggests, or,
 * when somebody has that now, the same with an ending.
 */
export async function restoreWorkspace(
  { store, clock, user }: UserContext,
  input: { readonly workspaceId: string },
): Promise<{ readonly slug: string }> {
  const since = restorableSince(clock.now())
  return store.transact(async (tx) => {
    const workspace = await tx.workspaces.lockDeleted(input.workspaceId, user.id, since)
    if (!workspace) throw new Refusal('not_found')
    const chance = randomInt(36 ** 5, 36 ** 6).toString(36)
    const suggested = suggestSlug(workspace.name, chance)
    const slug = (await tx.workspaces.slugTaken(suggested))
      ? // Longer than any slug may be, a name loses its end, not the ending.
        `${suggested.slice(0, 33).replace(/-+$/, '')}-${chance}`
      : suggested
    await tx.workspaces.restore(workspace.id, slug)
    return { slug }
  })
}
