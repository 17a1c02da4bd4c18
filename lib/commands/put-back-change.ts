import * as Y from 'yjs'
import { type Kept, putBack } from '@/lib/document/restore'
import { stateOf } from '@/lib/document/version-state'
import { Refusal } from '@/lib/domain/refusal'
import type { Version } from '@/lib/domain/version'
import { captureVersion } from './capture-version'
import type { Context } from './context'
import { heldNow, restorable } from './restore-version'

/** More changes than this is no passage, but a whole text. */
export const MOST_PUT_BACK = 400

export interface PutBack {
  /** What was there: restoring it takes this back. */
  readonly before: Version
  /** How many of the changes were still there as they were seen. */
  readonly found: number
  /** Places left alone because somebody is writing there. */
  readonly kept: readonly Kept[]
}

/**
 * Puts some changes since a version back, in the name of whoever asks, as an edit forward like a restore: the rest of the
 * strategy, and what others type meanwhile, stays. Each change as it was seen: one that was written over since is
 * passed over.
 * @param changes as a comparison of this version with the present names them
 */
export async function putBackChanges(
  context: Context,
  input: { readonly strategyId: string; readonly from: number; readonly changes: readonly string[] },
): Promise<PutBack> {
  const { actor, store, live } = context
  const strategy = await restorable(context, input.strategyId)
  const version = await store.read.versions.find(strategy.id, input.from)
  if (!version) throw new Refusal('not_found')
  const target = new Y.Doc()
  try {
    Y.applyUpdate(target, stateOf(version, await store.read.versions.bytes(strategy.id, version.number)))
    const before = await captureVersion(context, strategy.id, 'before_restore')
    const threads = await store.read.threads.idsOf(strategy.id)
    const held = await heldNow(context, strategy.documentId)
    const names = new Set(input.changes)
    const { value } = await live.edit(strategy.documentId, actor, (doc) =>
      putBack(doc, target, names, { threads, held: held(doc) }),
    )
    return { before, ...value }
  } finally {
    target.destroy()
  }
}
