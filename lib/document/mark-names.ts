import { encodeAny, toBase64 } from 'lib0/buffer'
import { digest } from 'lib0/hash/sha256'
import type { Json, MarkJson } from './json'
import { MARKS } from './schema/spec'

/**
 * The name a mark has among the attributes of a Y.XmlText. One that may lie several times on the same words gets a
 * hash of what it says behind its name, exactly as the editor's binding (y-tiptap) makes it: where the server writes
 * a comment the editors have to find the name they would have written, or each would write the mark anew.
 * @param attrs all attributes of the mark, in the order of the schema
 */
export function markKey(type: string, attrs: Readonly<Record<string, Json>>): string {
  if (!MARKS[type]?.several) return type
  const json: MarkJson = { type, attrs }
  const bytes = digest(encodeAny(json))
  for (let at = 6; at < bytes.length; at++) bytes[at % 6] = (bytes[at % 6] ?? 0) ^ (bytes[at] ?? 0)
  return `${type}--${toBase64(bytes.slice(0, 6))}`
}

/** The mark's name without that hash. */
export function markName(key: string): string {
  return key.replace(/--[a-zA-Z0-9+/=]{8}$/, '')
}
