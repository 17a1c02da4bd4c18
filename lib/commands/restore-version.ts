import * as Y from 'yjs'
import { heldBlocks, type Kept, restoreDocument } from '@/lib/document/restore'
import { stateOf } from '@/lib/document/version-state'
import { permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import type { StrategyForMember } from '@/lib/domain/strategy'
import type { Version } from '@/lib/domain/version'
import { captureVersion } from './capture-version'
import type { Context } from './context'

/** A block changed this recently, by somebody else, is still being written. Milliseconds. */
const FRESH = 10_000

export interface Restored {
  /** What was there before: restoring it takes the restoring back. */
  readonly before: Version
  /** What is there now. The same as `before` when there was nothing to change. */
  readonly after: Version
  /** Places left alone because somebody is writing there. */
  readonly kept: readonly Kept[]
}

/**
 * Brings the strategy back to a version, as an edit forward in the live room, in the name of whoever restores. What was
 * there becomes a version first, and the restored state becomes one afterwards. What others type meanwhile stays. Doing it
 * twice at once does it once.
 */
export async function restoreVersion(
  context: Context,
  input: { readonly strategyId: string; readonly version: number },
): Promise<Restored> {
  const { store } = context
  const strategy = await restorable(context, input.strategyId)
  const version = await store.read.versions.find(strategy.id, input.version)
  if (!version) throw new Refusal('not_found')
  const target = new Y.Doc()
  try {
    Y.applyUpdate(target, stateOf(version, await store.read.versions.bytes(strategy.id, version.number)))
    const before = await captureVersion(context, strategy.id, 'before_restore')
    const kept = await bringTo(context, strategy, target)
    const after = await captureVersion(context, strategy.id, 'restored', undefined, version.number)
    return { before, after, kept }
  } finally {
    target.destroy()
  }
}

/** Makes the strategy what `target` is, as an edit forward. Answers the places left alone because somebody is writing there. */
export async function bringTo(
  context: Context,
  { id, documentId }: StrategyForMember,
  target: Y.Doc,
): Promise<readonly Kept[]> {
  const { actor, store, live } = context
  const [threads, held] = await Promise.all([store.read.threads.idsOf(id), heldNow(context, documentId)])
  const { value } = await live.edit(documentId, actor, (doc) =>
    restoreDocument(doc, target, { threads, held: held(doc) }),
  )
  return value
}

/**
 * What is left alone now: where others stand and what they wrote in the last seconds. The answer is asked in the moment of
 * the change, so that whoever begins to write while we were reading is seen, too.
 */
export async function heldNow(
  { actor, store, live }: Pick<Context, 'actor' | 'store' | 'live'>,
  documentId: string,
): Promise<(doc: Y.Doc) => ReadonlySet<unknown>> {
  const fresh = await store.read.versions.writtenSince(documentId, new Date(Date.now() - FRESH))
  const recent = fresh.filter(({ userId }) => userId !== null && userId !== actor.userId)
  return (doc) => {
    const carets = live
      .presence(documentId)
      .filter(({ userId, mayWrite }) => mayWrite && userId !== actor.userId)
      .flatMap(({ state }) => caretsOf(state))
    return heldBlocks(
      doc,
      carets,
      recent.map(({ bytes }) => bytes),
    )
  }
}

/** The strategy, if the actor may bring it back to what it was. */
export async function restorable({ actor, store }: Context, strategyId: string): Promise<StrategyForMember> {
  const strategy = await store.read.strategies.find(strategyId, actor.memberId)
  if (!strategy) throw new Refusal('not_found')
  permit(actor, 'strategy.restore-version', { kind: 'strategy', strategy })
  return strategy
}

/** Where somebody's page says their caret and the other end of their selection are. Nobody has checked it. */
function caretsOf(state: unknown): unknown[] {
  if (typeof state !== 'object' || state === null || !('caret' in state)) return []
  const { caret } = state
  if (typeof caret !== 'object' || caret === null) return []
  return ['head' in caret ? caret.head : null, 'anchor' in caret ? caret.anchor : null].filter(
    (place) => typeof place === 'object' && place !== null,
  )
}
