import type { Writer } from '@/db/repositories'
import type { Activity } from '@/lib/domain/activity'
import { cleanReason } from '@/lib/domain/hand-off'
import type { Measure } from '@/lib/domain/measure'
import { permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import { movesScope, movesTarget } from '@/lib/domain/scope'
import { actorNow } from './board-access'
import type { Context } from './context'
import type { Click } from './keep-change'

/**
 * Whether somebody should say why: the plan of the quarter is sealed and this click changed it. Nothing is held up for
 * it; a change without a reason stands in the list of changes as one.
 */
export async function asksReason(
  tx: Writer,
  click: Click,
  pairs: readonly { readonly before: Activity | null; readonly after: Activity }[],
): Promise<boolean> {
  const touching = pairs.filter(
    ({ before, after }) =>
      before === null ||
      before.cycle !== after.cycle ||
      before.status !== after.status ||
      before.halt !== after.halt,
  )
  if (click.reason || touching.length === 0) return false
  const sealed = await tx.cycles.running(click.workspaceId)
  return touching.some(({ before, after }) => movesScope(before, after, sealed))
}

export async function asksTargetReason(
  tx: Writer,
  click: Click,
  before: Measure | null,
  after: Measure,
): Promise<boolean> {
  if (click.reason) return false
  return movesTarget(before, after, await tx.cycles.running(click.workspaceId))
}

/** Says afterwards why a change of the sealed plan was made. Only of one's own click; `not_found` of others'. */
export async function giveReason(
  context: Context,
  input: { readonly changeId: string; readonly reason: string },
): Promise<void> {
  const reason = cleanReason(input.reason)
  await context.store.transact(async (tx) => {
    const actor = await actorNow(tx, context)
    permit(actor, 'cycle.read')
    const changes = await tx.activities.changed(input.changeId)
    const mine = changes.length > 0 && changes.every(({ workspaceId }) => workspaceId === actor.workspaceId)
    if (!mine || (await tx.activities.giveReason(input.changeId, actor.memberId, reason)) === 0)
      throw new Refusal('not_found')
  })
}
