import { permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import { cleanVersionName, type Version, type VersionKind } from '@/lib/domain/version'
import type { Context } from './context'
import { keepVersion } from './keep-version'

/**
 * Captures the strategy as it is now, in the actor's name. Call it before anything that cannot be taken back by
 * undoing: restoring, importing over it, accepting a proposal, sealing. Costs one read of the document; typing goes on.
 * Where nothing has changed since the last version, that one is the answer.
 * @param name given by a person; cleaned here
 */
export async function captureVersion(
  context: Context,
  strategyId: string,
  kind: VersionKind,
  name?: string,
  restored?: number,
): Promise<Version> {
  const { actor, store, live } = context
  const strategy = await store.read.strategies.find(strategyId, actor.memberId)
  if (!strategy) throw new Refusal('not_found')
  permit(actor, 'strategy.read', { kind: 'strategy', strategy })
  const before = await store.read.versions.latest(strategy.id)
  const version = await keepVersion(context, {
    strategyId: strategy.id,
    documentId: strategy.documentId,
    kind,
    name: name === undefined ? null : cleanVersionName(name),
    by: actor.memberId,
    ...(restored !== undefined && { restored }),
  })
  if (version.id !== before?.id || version.name !== before.name)
    live.publish(strategy.id, {
      type: 'versions.changed',
      strategyId: strategy.id,
      number: version.number,
    })
  return version
}
