import { docOf } from '@/lib/document/suggest/branch-over'
import { wordingOf } from '@/lib/document/suggest/wording'
import { stateOf } from '@/lib/document/version-state'
import { Refusal } from '@/lib/domain/refusal'
import { captureVersion } from './capture-version'
import type { Context } from './context'
import { strategyFor } from './thread-access'

/**
 * Puts one's name under the positioning as it is worded now. What is signed is a version: it is captured under a name, and
 * the wording is read off that very version, whatever is typed meanwhile.
 * @param input.wording what the signer's page showed; refused `conflict` when it says something else by now
 */
export async function signPositioning(
  context: Context,
  input: { readonly strategyId: string; readonly wording: string; readonly name: string },
): Promise<{ readonly version: number }> {
  const { actor, store, live, clock } = context
  const strategy = await strategyFor(context, store.read, input.strategyId, 'positioning.sign')
  const version = await captureVersion(context, strategy.id, 'named', input.name)
  const doc = docOf(stateOf(version, await store.read.versions.bytes(strategy.id, version.number)))
  const wording = wordingOf(doc)
  doc.destroy()
  if (wording === null) throw new Refusal('required', { field: 'positioning' })
  if (wording !== input.wording) throw new Refusal('conflict')
  await store.transact(async (tx) => {
    await strategyFor(context, tx, strategy.id, 'positioning.sign')
    await tx.signOffs.sign({
      strategyId: strategy.id,
      memberId: actor.memberId,
      versionId: version.id,
      wording,
      at: new Date(clock.now()),
    })
  })
  live.publish(strategy.id, { type: 'signs.changed', strategyId: strategy.id })
  return { version: version.number }
}

/** Takes one's own name away again. */
export async function takeBackSignOff(
  context: Context,
  input: { readonly strategyId: string },
): Promise<void> {
  const { actor, store, live } = context
  const strategy = await strategyFor(context, store.read, input.strategyId, 'positioning.take-back')
  await store.transact((tx) => tx.signOffs.takeBack(strategy.id, actor.memberId))
  live.publish(strategy.id, { type: 'signs.changed', strategyId: strategy.id })
}
