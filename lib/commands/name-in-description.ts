import { namesSomebody } from '@/lib/document/names-somebody'
import { permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import type { Id } from '@/lib/kit/ids'
import { actorNow } from './board-access'
import type { Context } from './context'
import { tellInboxes } from './notify'
import { limit, limitKey } from './rate-limit'
import { COMMENTS } from './say-in-thread'
import { tellOfNaming } from './tell-of-boards'

/**
 * Tells somebody that the actor has named them in the description of an activity. Asked for by the page once the words
 * are saved: a text that is written by several people does not say who wrote what to whom, and a bell must not ring for
 * every keystroke beside a name. Answers false, and tells nobody, when the text does not name them.
 */
export async function nameInDescription(
  context: Context,
  input: { readonly activityId: string; readonly memberId: Id<'mem'> },
): Promise<boolean> {
  const { store, live, clock, actor } = context
  await limit(store, limitKey('comment', actor.memberId), COMMENTS, clock.now())
  const seen = await store.read.activities.find(input.activityId)
  if (!seen || seen.workspaceId !== actor.workspaceId) throw new Refusal('not_found')
  const teller = {
    workspaceId: actor.workspaceId,
    by: actor.memberId,
    at: new Date(clock.now()),
    told: new Set<Id<'mem'>>(),
  }
  const named = await live.look(seen.documentId, (doc) => namesSomebody(doc, input.memberId))
  if (!named.value) return false
  await store.transact(async (tx) => {
    const activity = await tx.activities.find(input.activityId)
    const board = activity && (await tx.boards.find(activity.boardId))
    if (!board) throw new Refusal('not_found')
    permit(await actorNow(tx, context), 'activity.edit', { kind: 'board', board })
    await tellOfNaming(tx, teller, { activity, named: input.memberId })
  })
  tellInboxes(live, actor.workspaceId, teller.told)
  return true
}
