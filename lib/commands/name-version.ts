import { permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import { cleanVersionName, type Moment, type Version } from '@/lib/domain/version'
import { captureVersion } from './capture-version'
import type { Context } from './context'

/** Gives a version its name, or captures the strategy as it is now under one. A sealed version keeps the name it has. */
export async function nameVersion(
  context: Context,
  input: { readonly strategyId: string; readonly version: Moment; readonly name: string },
): Promise<Version> {
  const { actor, store, live } = context
  const strategy = await store.read.strategies.find(input.strategyId, actor.memberId)
  if (!strategy) throw new Refusal('not_found')
  permit(actor, 'strategy.name-version', { kind: 'strategy', strategy })
  if (input.version === 'now') return captureVersion(context, strategy.id, 'named', input.name)
  const name = cleanVersionName(input.name)
  const number = input.version
  const named = await store.transact(async (tx) => {
    await tx.versions.lock(strategy.id)
    const version = await tx.versions.find(strategy.id, number)
    if (!version) throw new Refusal('not_found')
    if (version.kind === 'sealed' && version.name !== null) throw new Refusal('not_allowed')
    if (version.name !== name) await tx.versions.name(version.id, name)
    return { ...version, name }
  })
  live.publish(strategy.id, { type: 'versions.changed', strategyId: strategy.id, number: null })
  return named
}
