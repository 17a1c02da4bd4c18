import type { Mark, Node as PmNode, Schema } from '@tiptap/pm/model'
import type { absolutePositionToRelativePosition } from '@tiptap/y-tiptap'
import * as Y from 'yjs'

/** Which editor node shows which part (a Yjs type) of the document: one node per element, one list per text. */
export type Mapping = Parameters<typeof absolutePositionToRelativePosition>[2]

/** The name of a mark without the hash that tells two overlapping ones apart. */
const HASH = /--[a-zA-Z0-9+/=]{8}$/

/**
 * The nodes of a root as the editor shows them. What has not changed since the last reading is taken from `mapping`
 * as it is, so that a colleague's keystroke costs one paragraph and not the whole chapter. Reads only: whatever the
 * schema cannot hold is shown as its words (lib/document/schema/tolerance) and stays in the document.
 */
export function readRoot(root: Y.XmlFragment, schema: Schema, mapping: Mapping): PmNode[] {
  const nodes: PmNode[] = []
  for (const child of root.toArray()) {
    if (child instanceof Y.XmlElement) nodes.push(element(child, schema, mapping))
    else if (child instanceof Y.XmlText) nodes.push(strayText(child, schema, mapping))
  }
  return nodes
}

/** The whole document of one editor. An empty root is shown as one empty line, which is not in the document yet. */
export function readDoc(root: Y.XmlFragment, schema: Schema, mapping: Mapping): PmNode {
  const nodes = readRoot(root, schema, mapping)
  return nodes.length === 0
    ? (schema.topNodeType.createAndFill() ?? schema.topNodeType.create())
    : schema.topNodeType.create(null, nodes)
}

function element(from: Y.XmlElement, schema: Schema, mapping: Mapping): PmNode {
  const known = mapping.get(from)
  if (known && !Array.isArray(known)) return known
  const children: PmNode[] = []
  for (const child of from.toArray()) {
    if (child instanceof Y.XmlElement) children.push(element(child, schema, mapping))
    else if (child instanceof Y.XmlText) children.push(...texts(child, schema, mapping))
  }
  const node = schema.node(from.nodeName, from.getAttributes(), children)
  mapping.set(from, node)
  return node
}

/** Text that lies where only blocks may: no editor writes it, and none may choke on it. */
function strayText(from: Y.XmlText, schema: Schema, mapping: Mapping): PmNode {
  const known = mapping.get(from)
  if (known && !Array.isArray(known)) return known
  const node = schema.node('foreign', { name: 'text', text: from.toString() })
  mapping.set(from, node)
  return node
}

function texts(from: Y.XmlText, schema: Schema, mapping: Mapping): PmNode[] {
  const known = mapping.get(from)
  if (Array.isArray(known)) return known
  const nodes: PmNode[] = []
  const delta: { insert?: unknown; attributes?: Record<string, unknown> }[] = from.toDelta()
  for (const { insert, attributes } of delta) {
    if (typeof insert !== 'string' || insert === '') continue
    nodes.push(schema.text(insert, marks(attributes, schema)))
  }
  mapping.set(from, nodes)
  return nodes
}

function marks(attributes: Record<string, unknown> | undefined, schema: Schema): Mark[] {
  const set: Mark[] = []
  for (const name in attributes) {
    const value = attributes[name]
    set.push(schema.mark(name.replace(HASH, ''), isRecord(value) ? value : null))
  }
  return set
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
