import * as Y from 'yjs'
import { heal, needsHealing } from '@/lib/document/items/heal'
import { type HashedItem, PROJECTION_VERSION, projectionOf } from '@/lib/document/items/project'
import { itemsOf } from '@/lib/document/items/read-items'
import type { Services } from './context'

export interface Projection {
  /** Items in the strategy now. */
  readonly items: number
  /** Rows that were written. */
  readonly written: number
  readonly seq: number
}

/**
 * Brings the rows of a strategy's items to what its document says. First the document itself is healed where a
 * merge left an id twice or an item without a code; that is an edit of the server's, which happens at most once for
 * each such change, because a healed document needs none. Typing never brings one about.
 *
 * Null: the document is no strategy's.
 */
export async function projectItems(
  house: Pick<Services, 'store' | 'clock'> & {
    readonly live: Pick<Services['live'], 'read' | 'edit' | 'publish'>
  },
  documentId: string,
  options: { readonly heal?: boolean } = {},
): Promise<Projection | null> {
  const { store, live, clock } = house
  const of = await store.read.strategyItems.projected(documentId)
  if (!of) return null
  const { strategyId, language } = of
  const used = await store.read.strategyItems.codes(strategyId)
  let { items, seq, whole } = await readItems()
  if (!whole && options.heal !== false) {
    // Refused where nobody may write any more (in the trash): the rows then show what reading makes of it.
    const healed = await live
      .edit(documentId, { userId: null, sessionId: null }, (doc) => heal(doc, used))
      .then(() => true)
      .catch(() => false)
    if (healed) ({ items, seq, whole } = await readItems())
  }
  const written = await store.transact((tx) =>
    tx.strategyItems.project(
      { strategyId, documentId, seq, version: PROJECTION_VERSION },
      items,
      new Date(clock.now()),
    ),
  )
  if (written) live.publish(strategyId, { type: 'items.changed', strategyId, seq })
  return { items: items.length, written: written ?? 0, seq }

  async function readItems(): Promise<{ items: HashedItem[]; seq: number; whole: boolean }> {
    const state = await live.read(documentId)
    const doc = new Y.Doc()
    try {
      Y.applyUpdate(doc, state.update)
      return {
        items: projectionOf(doc, language),
        seq: state.seq,
        whole: !needsHealing(itemsOf(doc), used),
      }
    } finally {
      doc.destroy()
    }
  }
}
