import type { Writer } from '@/db/repositories'
import type { ActivityComment } from '@/db/repositories/activities'
import type { Activity } from '@/lib/domain/activity'
import { permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import { cleanComment } from '@/lib/domain/thread'
import { type Id, newId } from '@/lib/kit/ids'
import { actorNow } from './board-access'
import type { Context } from './context'
import { tellInboxes } from './notify'
import { limit, limitKey } from './rate-limit'
import { COMMENTS } from './say-in-thread'
import { tellOfSpeech } from './tell-of-boards'

const MOST_COMMENTS = 1_000

export type Speech =
  | { readonly do: 'say'; readonly activityId: string; readonly text: string }
  /** One's own. */
  | { readonly do: 'edit'; readonly commentId: string; readonly text: string }
  /** One's own; an owner of the workspace anybody's. */
  | { readonly do: 'delete'; readonly commentId: string }
  | { readonly do: 'restore'; readonly commentId: string }

/** A comment on an activity, another wording of it, its end, or its return. Locks nothing that others move. */
export async function speakOfActivity(
  context: Context,
  input: { readonly speech: Speech },
): Promise<ActivityComment> {
  const { speech } = input
  const { store, live, clock } = context
  const now = new Date(clock.now())
  const text = 'text' in speech ? cleanComment(speech.text) : ''
  if (speech.do === 'say')
    await limit(store, limitKey('comment', context.actor.memberId), COMMENTS, clock.now())
  const { workspaceId, memberId } = context.actor
  const teller = { workspaceId, by: memberId, at: now, told: new Set<Id<'mem'>>() }
  const { comment, activity } = await store.transact(async (tx) => {
    const actor = await actorNow(tx, context)
    if (speech.do === 'say') {
      const activity = await speakable(tx, context, speech.activityId)
      if ((await tx.activities.commentCount(activity.id)) >= MOST_COMMENTS)
        throw new Refusal('too_many', { field: 'comments', max: MOST_COMMENTS })
      const comment: ActivityComment = {
        id: newId('com'),
        activityId: activity.id,
        memberId: actor.memberId,
        text,
        createdAt: now,
        editedAt: null,
        deletedAt: null,
      }
      await tx.activities.addComment(comment)
      await tellOfSpeech(tx, teller, { activity, comment })
      return { comment, activity }
    }
    const before = await tx.activities.comment(speech.commentId)
    if (!before || (before.deletedAt !== null && speech.do === 'edit')) throw new Refusal('not_found')
    const activity = await speakable(tx, context, before.activityId)
    const own = before.memberId === actor.memberId
    if (!own && !(speech.do !== 'edit' && actor.role === 'owner')) throw new Refusal('not_allowed')
    const comment: ActivityComment =
      speech.do === 'edit'
        ? { ...before, text, editedAt: now }
        : { ...before, deletedAt: speech.do === 'delete' ? now : null }
    await tx.activities.saveComment(comment)
    if (speech.do === 'edit') await tellOfSpeech(tx, teller, { activity, comment, before: before.text })
    return { comment, activity }
  })
  const { boardId } = activity
  // Counted after the commit: of two at once the later one counts both.
  const count = await store.read.activities.spokenCount(activity.id)
  live.publish(boardId, {
    type: 'beside.changed',
    boardId,
    what: 'comments',
    activityId: activity.id,
    count,
  })
  tellInboxes(live, workspaceId, teller.told)
  return comment
}

async function speakable(tx: Writer, context: Context, activityId: string): Promise<Activity> {
  const activity = await tx.activities.find(activityId)
  const board = activity && (await tx.boards.find(activity.boardId))
  if (!board) throw new Refusal('not_found')
  permit(await actorNow(tx, context), 'activity.comment', { kind: 'board', board })
  return activity
}
