import { digest } from 'lib0/hash/sha256'
import type * as Y from 'yjs'

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

/**
 * An item's id out of what the element is in Yjs and the id it claims. Every replica and every node of ours comes to
 * the same, so that nobody has to write anything before an item can be named.
 */
export function derivedId(element: Y.XmlElement, claimed: string): string {
  const at = element._item?.id
  const bytes = digest(new TextEncoder().encode(`${claimed}/${at?.client ?? 0}/${at?.clock ?? 0}`))
  let id = 'itm_'
  for (const byte of bytes.slice(0, 26)) id += ALPHABET.charAt(byte & 31)
  return id
}
