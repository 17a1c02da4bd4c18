import { createHash } from 'node:crypto'
import * as Y from 'yjs'
import { defineRoots } from '../room/guard'
import type { Roots } from '../room/ports'

/**
 * Hash of everything a reader could see. State vectors do not do: with a reused client id two different documents have
 * equal ones.
 */
export function contentHash(doc: Y.Doc, roots: Roots): string {
  defineRoots(doc, roots)
  const content = Object.keys(roots)
    .sort()
    .map((name) => [name, describe(doc.get(name))])
  return createHash('sha256').update(JSON.stringify(content)).digest('hex')
}

function describe(type: unknown): unknown {
  if (type instanceof Y.Text) return { text: sorted(type.toDelta()) }
  if (type instanceof Y.XmlElement)
    return {
      name: type.nodeName,
      attributes: sorted(type.getAttributes()),
      children: type.toArray().map((c) => describe(c)),
    }
  if (type instanceof Y.XmlFragment) return type.toArray().map((child) => describe(child))
  return sorted(type instanceof Y.AbstractType ? type.toJSON() : type)
}

/** Keys in one order, at every depth: a map's keys come in the order in which they happened to arrive. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  // A text may hold a type; what it leads to beside its content has no end.
  if (value instanceof Y.AbstractType) return sorted(value.toJSON())
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, one]) => [key, sorted(one)])
}
