import type { PastVerdict } from '@/db/repositories/reviews'
import type { Context } from '@/lib/commands/context'
import { can } from '@/lib/domain/permissions'

/** What a closed review said, as far as the actor may know. */
export type LastVerdict = Pick<PastVerdict, 'verdict' | 'cycle' | 'reviewId' | 'findingId'>

/** Every verdict of the reviews the actor may read, the oldest quarter first. */
export async function pastVerdicts({ actor, store }: Context): Promise<PastVerdict[]> {
  const all = await store.read.reviews.verdicts(actor.workspaceId)
  return all.filter(({ departmentId, limited, leadId, participants }) =>
    can(actor, 'review.read', {
      kind: 'review',
      review: { workspaceId: actor.workspaceId, departmentId, limited, leadId, participants },
    }),
  )
}

/** The last word on each activity, measure, hand-off and item: the verdict station of the trace line. */
export async function lastVerdicts(context: Context): Promise<ReadonlyMap<string, LastVerdict>> {
  const last = new Map<string, LastVerdict>()
  for (const { about, verdict, cycle, reviewId, findingId } of await pastVerdicts(context))
    for (const ref of about) last.set(ref, { verdict, cycle, reviewId, findingId })
  return last
}
