import type { Writer } from '@/db/repositories'
import type { Actor } from '@/lib/domain/actor'
import { type Action, permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import type { Review } from '@/lib/domain/review'
import { actorNow } from './board-access'
import type { Context, Live } from './context'

/** The review held until the transaction ends, if the actor may do this in it. One they may not read is not there. */
export async function holdReview(
  tx: Writer,
  context: Context,
  reviewId: string,
  action: Action,
): Promise<{ readonly actor: Actor; readonly review: Review }> {
  const review = await tx.reviews.lock(reviewId)
  if (!review) throw new Refusal('not_found')
  const actor = await actorNow(tx, context)
  permit(actor, action, { kind: 'review', review })
  return { actor, review }
}

/** After the commit: whoever follows the review reads it again. No words travel. */
export function tellReview(live: Live, { id, workspaceId }: Pick<Review, 'id' | 'workspaceId'>): void {
  live.publish(id, { type: 'review.changed', reviewId: id })
  live.publish(workspaceId, { type: 'review.changed', reviewId: id })
}
