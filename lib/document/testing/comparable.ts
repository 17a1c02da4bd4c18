import type * as Y from 'yjs'
import { canonicalContent } from '../content-hash'

/**
 * The content of a document with its items' ids numbered in the order they turn up, and without comments: equal for
 * two documents whose items are the same ones under other ids, as after a copy or an import.
 */
export function comparable(doc: Y.Doc): string {
  const numbers = new Map<string, string>()
  return canonicalContent(doc)
    .replace(/,?"comment--[^"]{8}":\{"thread":"[^"]*"\}/g, '')
    .replace(/itm_[0-9a-z]{26}/g, (id) => {
      const known = numbers.get(id) ?? `itm ${numbers.size + 1}`
      numbers.set(id, known)
      return known
    })
}
