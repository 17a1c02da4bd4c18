import { digest } from 'lib0/hash/sha256'
import * as Y from 'yjs'
import { META_ROOT, TEXT_ROOTS } from './roots'

/**
 * SHA-256, in hex, of everything people can see in a document: all roots, elements with their attributes, texts
 * with their marks. Two replicas agree exactly when these are equal; equal state vectors do not say so (a client
 * id used twice leaves two different documents with the same vector). Runs in Node and in any browser, also where
 * the page is not in a secure context.
 */
export function contentHash(doc: Y.Doc): string {
  const bytes = digest(new TextEncoder().encode(canonicalContent(doc)))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** What `contentHash` hashes: canonical JSON, for comparing two documents by eye when the hashes differ. */
export function canonicalContent(doc: Y.Doc): string {
  const roots = TEXT_ROOTS.map((name) => `${JSON.stringify(name)}:${canonicalRoot(doc.getXmlFragment(name))}`)
  return `{${roots.join(',')},${JSON.stringify(META_ROOT)}:${sorted(doc.getMap(META_ROOT).toJSON())}}`
}

/** One root as canonical JSON. Keeps its own stack: a document may be nested deeper than functions can be. */
export function canonicalRoot(root: Y.XmlFragment): string {
  const out: string[] = []
  const open: unknown[] = [...closing(']'), ...list(root.toArray())]
  out.push('[')
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next instanceof Token) out.push(next.text)
    else if (next instanceof Y.XmlText) out.push(canonicalText(next))
    else if (next instanceof Y.XmlElement) {
      out.push(`{"name":${JSON.stringify(next.nodeName)},"attrs":${sorted(next.getAttributes())},"content":[`)
      open.push(...closing(']}'), ...list(next.toArray()))
    } else out.push(sorted(next instanceof Y.AbstractType ? next.toJSON() : next))
  }
  return out.join('')
}

class Token {
  constructor(readonly text: string) {}
}

const closing = (text: string) => [new Token(text)]

/** Children with commas between them, last first, as a stack wants them. */
function list(children: readonly unknown[]): unknown[] {
  const stack: unknown[] = []
  for (let at = children.length - 1; at >= 0; at--) {
    stack.push(children[at])
    if (at > 0) stack.push(new Token(','))
  }
  return stack
}

/**
 * Runs with equal marks as one: where a replica keeps a formatting mark that changes nothing and another has
 * cleaned it away, people see the same.
 */
function canonicalText(text: Y.XmlText): string {
  const delta: Array<{ insert?: unknown; attributes?: Record<string, unknown> }> = text.toDelta()
  const runs: Array<[insert: unknown, marks: string]> = []
  for (const { insert, attributes } of delta) {
    const set = Object.entries(attributes ?? {}).filter(([, value]) => value !== null)
    const marks = sorted(Object.fromEntries(set))
    const last = runs.at(-1)
    if (last && last[1] === marks && typeof last[0] === 'string' && typeof insert === 'string')
      last[0] += insert
    else runs.push([insert, marks])
  }
  return `[${runs.map(([insert, marks]) => `[${sorted(insert)},${marks}]`).join(',')}]`
}

/** JSON with the keys of every object in order. */
function sorted(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sorted).join(',')}]`
  if (value instanceof Y.AbstractType) return sorted(value.toJSON())
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return `{${entries.map(([key, one]) => `${JSON.stringify(key)}:${sorted(one)}`).join(',')}}`
}
