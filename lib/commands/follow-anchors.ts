import type * as Y from 'yjs'
import type { Store } from '@/db/store'
import { type Anchors, anchorsOf, onlyPlaceOf } from '@/lib/document/comments/anchors'
import { commentFormat } from '@/lib/document/comments/mark'
import type { Live } from './context'

/** Shorter words stand in too many places to be sure which of them were meant. */
const SURE = 12
/** A Chinese character says as much as a word. */
const SURE_HAN = 6

/**
 * Brings the rows of a strategy's threads to where their words lie in the document now: gone, back, moved, changed.
 * Answers the threads whose row now says something else that people see. Call it after commits.
 *
 * Words whose mark was lost while they stayed - somebody offline divided the paragraph before the comment reached
 * them - get it back, where they stand exactly once.
 */
export async function followAnchors(
  { store, live }: { store: Store; live: Pick<Live, 'edit' | 'publish'> },
  documentId: string,
): Promise<string[]> {
  const strategyId = await store.read.threads.strategyOf(documentId)
  if (strategyId === null) return []
  // The rows first: a mark that is committed before its row says so cannot be missed this way.
  const rows = await store.read.threads.anchored(strategyId)
  if (rows.length === 0) return []
  const wordy = rows.filter((row) => row.kind === 'words' && !row.lost && isSure(row.quote))
  const { value: anchors } = await live.edit(
    documentId,
    { userId: null, sessionId: null },
    (doc): Anchors => {
      const now = anchorsOf(doc)
      const strayed = wordy.filter((row) => !now.threads.has(row.id))
      let back = false
      for (const { id, quote } of strayed) back = putBack(doc, id, quote) || back
      return back ? anchorsOf(doc) : now
    },
  )
  const changed: string[] = []
  await store.transact(async (tx) => {
    for (const row of rows) {
      const at =
        row.kind === 'item' && row.itemId !== null
          ? anchors.items.get(row.itemId)
          : anchors.threads.get(row.id)
      if (!at) {
        if (row.lost) continue
        await tx.threads.lost(row.id)
        changed.push(row.id)
        continue
      }
      const now = { ...at, id: row.id, part: row.kind === 'item' ? row.part : at.part }
      const same =
        !row.lost &&
        row.root === now.root &&
        row.quote === now.quote &&
        row.itemId === now.itemId &&
        row.part === now.part &&
        row.positioning === now.positioning
      if (same) {
        if (row.place !== now.place) await tx.threads.moved(row.id, now.place)
        continue
      }
      await tx.threads.found(now)
      changed.push(row.id)
    }
  })
  for (const threadId of changed) live.publish(strategyId, { type: 'threads.changed', strategyId, threadId })
  return changed
}

function isSure(quote: string): boolean {
  if (quote.endsWith('…')) return false
  const han = quote.match(/\p{Script=Han}/gu)?.length ?? 0
  return han >= SURE_HAN || quote.length >= SURE
}

function putBack(doc: Y.Doc, threadId: string, quote: string): boolean {
  const place = onlyPlaceOf(doc, quote)
  place?.text.format(place.from, quote.length, commentFormat(threadId))
  return place !== null
}
