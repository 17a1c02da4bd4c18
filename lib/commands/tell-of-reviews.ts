import type { Writer } from '@/db/repositories'
import type { Notification, ReviewKind } from '@/lib/domain/notification'
import type { Review } from '@/lib/domain/review'
import type { Decision } from '@/lib/domain/review-decision'
import { toldOfDecision, toldOfReview } from '@/lib/domain/telling'
import { type Id, newId } from '@/lib/kit/ids'

interface Said {
  readonly by: Id<'mem'>
  readonly at: Date
}

/**
 * Writes who is told of a change of a review. Inside the transaction of what happened; answers whose bells are to ring.
 * A review moved three times is one line.
 */
export async function tellOfReview(
  tx: Writer,
  before: Review | null,
  after: Review,
  said: Said,
): Promise<Id<'mem'>[]> {
  const told = toldOfReview(before, after, said.by)
  const back = [...told.values()].includes('review_moved')
    ? await tx.notifications.takeBack({ about: { reviewId: after.id }, by: null, kinds: ['review_moved'] })
    : []
  return [...back, ...(await write(tx, after, [...told], null, said))]
}

/** Writes that a decision is somebody's to follow. */
export async function tellOfDecision(
  tx: Writer,
  review: Review,
  decision: Decision,
  said: Said,
): Promise<Id<'mem'>[]> {
  return write(tx, review, [...toldOfDecision(decision, said.by)], decision.id, said)
}

async function write(
  tx: Writer,
  { id: reviewId, workspaceId }: Review,
  told: readonly (readonly [Id<'mem'>, ReviewKind])[],
  subjectId: string | null,
  { by, at }: Said,
): Promise<Id<'mem'>[]> {
  if (told.length === 0) return []
  const here = new Set<string>(await tx.members.present(workspaceId))
  const rows = told
    .filter(([memberId]) => here.has(memberId))
    .map(
      ([memberId, kind]): Notification => ({
        id: newId('ntf'),
        workspaceId,
        memberId,
        kind,
        reviewId,
        subjectId,
        strategyId: null,
        boardId: null,
        activityId: null,
        saidId: null,
        threadId: null,
        commentId: null,
        by,
        createdAt: at,
        readAt: null,
      }),
    )
  await tx.notifications.add(rows)
  return rows.map(({ memberId }) => memberId)
}
