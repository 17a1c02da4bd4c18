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
  if (type instanceof Y.Text) return { text: type.toDelta() }
  if (type instanceof Y.Map) return sorted(type.toJSON())
  if (type instanceof Y.XmlElement)
    return {
      name: type.nodeName,
      attributes: sorted(type.getAttributes()),
      children: type.toArray().map((c) => describe(c)),
    }
  if (type instanceof Y.XmlFragment) return type.toArray().map((child) => describe(child))
  return type instanceof Y.AbstractType ? type.toJSON() : type
}

function sorted(value: object): unknown {
  return Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
}
