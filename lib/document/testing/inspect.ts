import * as Y from 'yjs'
import { isRoot, isTextRoot, META_ROOT } from '../roots'
import { MAX_DEPTH, mayHold, NODES } from '../schema/spec'

/**
 * What no editor of ours writes and what harms one: a text or a string right in a root makes the binding throw,
 * thousands of nodes inside each other overflow its stack, an object in a text has no length it could count.
 * A node of an unknown name does no harm by itself (it is shown as its words), but nobody honest sends one.
 */
export type Fault =
  | 'unknown_root'
  | 'not_a_node'
  | 'unknown_node'
  | 'misplaced_node'
  | 'object_in_text'
  | 'too_deep'

/** The first fault of a whole document, or null. */
export function faultInDocument(doc: Y.Doc): Fault | null {
  for (const name of doc.share.keys()) {
    if (!isRoot(name)) return 'unknown_root'
    if (!isTextRoot(name)) continue
    const fault = faultBelow(doc.getXmlFragment(name), null, 0, everything)
    if (fault) return fault
  }
  return null
}

/**
 * The first fault that a transaction brought, or null. Passes over what was there before, so it costs by the size of
 * the change and the number of its neighbours, not of the document. For tests of whoever writes into documents; the room's
 * own guard asks less, for what it lets pass is shown as its words.
 */
export function faultInTransaction(transaction: Y.Transaction): Fault | null {
  const { doc, beforeState } = transaction
  for (const name of doc.share.keys()) if (!isRoot(name)) return 'unknown_root'
  const isNew = (item: Y.Item) => item.id.clock >= (beforeState.get(item.id.client) ?? 0)
  for (const type of transaction.changed.keys()) {
    const place = placeOf(type)
    if (place === null || place.root === META_ROOT) continue
    const fault = faultBelow(type, place.name, place.depth, isNew)
    if (fault) return fault
  }
  return null
}

const everything = () => true

/** Checks the children of a type, and everything below those that are new. Any depth: its own stack. */
function faultBelow(
  type: unknown,
  name: string | null,
  depth: number,
  isNew: (item: Y.Item) => boolean,
): Fault | null {
  const open: Array<{ type: unknown; name: string | null; depth: number }> = [{ type, name, depth }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (!(next.type instanceof Y.AbstractType)) return 'not_a_node'
    for (let item = next.type._start; item !== null; item = item.right) {
      if (item.deleted || !isNew(item)) continue
      const child = childOf(item, next.name)
      if (typeof child === 'string') return child
      if (child === null) continue
      if (child.name !== TEXT && next.depth + 1 > MAX_DEPTH) return 'too_deep'
      open.push({ type: child.type, name: child.name, depth: next.depth + 1 })
    }
  }
  return null
}

/** What to look into below an item: its type, nothing, or what is wrong with it. */
function childOf(item: Y.Item, parent: string | null): { type: unknown; name: string } | Fault | null {
  const { content } = item
  if (parent === TEXT) {
    return content instanceof Y.ContentString || content instanceof Y.ContentFormat ? null : 'object_in_text'
  }
  if (!(content instanceof Y.ContentType)) return 'not_a_node'
  const { type } = content
  if (type instanceof Y.XmlText) return mayHold(parent, 'text') ? { type, name: TEXT } : 'misplaced_node'
  if (!(type instanceof Y.XmlElement)) return 'not_a_node'
  if (!NODES[type.nodeName]) return 'unknown_node'
  return mayHold(parent, type.nodeName) ? { type, name: type.nodeName } : 'misplaced_node'
}

const TEXT = '#text'

/** Root, own name and depth of a type; null for one that lies in nothing (its element was deleted). */
function placeOf(type: unknown): { root: string; name: string | null; depth: number } | null {
  if (!(type instanceof Y.AbstractType) || type.doc === null) return null
  let depth = 0
  let at: Y.AbstractType<unknown> = type
  while (at._item !== null) {
    if (at._item.deleted || !(at._item.parent instanceof Y.AbstractType)) return null
    at = at._item.parent
    depth += 1
  }
  for (const [root, candidate] of at.doc?.share ?? []) {
    if (candidate !== at) continue
    const name = type instanceof Y.XmlText ? TEXT : type instanceof Y.XmlElement ? type.nodeName : null
    return { root, name: depth === 0 ? null : name, depth }
  }
  return null
}
