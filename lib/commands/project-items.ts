import { heal } from '@/lib/document/items/heal'
import { PROJECTION_VERSION } from '@/lib/document/items/project'
import { type Read, type Reading, readProjection } from '@/lib/document/items/read-projection'
import { speakers } from '@/lib/domain/coherence/spoken'
import type { Services } from './context'
import { noteWords } from './note-words'

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
    /** Where the reading is done, if not here and now: it takes longer than anybody's typing should wait. */
    readonly readItems?: (reading: Reading) => Promise<Read>
  },
  documentId: string,
  options: { readonly heal?: boolean } = {},
): Promise<Projection | null> {
  const { store, live, clock } = house
  const of = await store.read.strategyItems.projected(documentId)
  if (!of) return null
  const { strategyId, workspaceId, language } = of
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
  const at = new Date(clock.now())
  const written = await store.transact(async (tx) => {
    const done = await tx.strategyItems.project(
      { strategyId, documentId, seq, version: PROJECTION_VERSION, remember: speakers },
      items,
      at,
    )
    if (done) await noteWords(tx, of, { before: done.before, after: items, at })
    return done
  })
  if (written && written.written > 0) live.publish(strategyId, { type: 'items.changed', strategyId, seq })
  // An item that came or went ties or loosens activities on boards; other words do not, and typing is not told to all.
  if (written?.moved) live.publish(workspaceId, { type: 'items.changed', strategyId, seq })
  return { items: items.length, written: written?.written ?? 0, seq }

  async function readItems(): Promise<Read & { seq: number }> {
    const { update, seq } = await live.read(documentId)
    const reading = { update, language, used }
    return { ...(await (house.readItems?.(reading) ?? readProjection(reading))), seq }
  }
}
