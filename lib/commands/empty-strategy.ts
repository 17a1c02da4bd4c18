import * as Y from 'yjs'
import { newStrategyDocument } from '@/lib/document/build'
import { BLANK } from '@/lib/document/templates'
import { captureVersion } from './capture-version'
import type { Context } from './context'
import { bringTo, type Restored, restorable } from './restore-version'

/**
 * Takes all words off the page, so that a company that began with an example goes on with its own. The chapters stay, which always
 * exist; what was there becomes a version first, and restoring that one takes it back. Who may restore may do this.
 */
export async function emptyStrategy(
  context: Context,
  input: { readonly strategyId: string },
): Promise<Restored> {
  const strategy = await restorable(context, input.strategyId)
  const blank = new Y.Doc()
  try {
    Y.applyUpdate(blank, newStrategyDocument(BLANK, strategy.language))
    const before = await captureVersion(context, strategy.id, 'before_emptying')
    const kept = await bringTo(context, strategy, blank)
    return { before, after: await captureVersion(context, strategy.id, 'session'), kept }
  } finally {
    blank.destroy()
  }
}
