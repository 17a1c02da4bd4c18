import * as Y from 'yjs'
import type { Json, MarkJson, NodeJson } from './json'
import { markKey } from './mark-names'
import { cleanAttrs, MARKS, NODES } from './schema/spec'

/**
 * Puts nodes at the end of a root, lying in Yjs exactly as the editor's binding would write them: neighbouring
 * texts in one Y.XmlText, marks as formatting, every attribute that has a value. Runs in one transaction; the
 * same nodes and the same client id give the same bytes.
 * @throws an error (our bug) when a node or mark is not in the schema
 */
export function fillRoot(root: Y.XmlFragment, nodes: readonly NodeJson[]): void {
  const insert = () => root.insert(root.length, childrenOf(nodes))
  if (root.doc) root.doc.transact(insert)
  else insert()
}

/** The same inside an element: inline content of a line, parts of an item. Belongs into a transaction. */
export function fillElement(parent: Y.XmlElement, nodes: readonly NodeJson[]): void {
  parent.insert(parent.length, childrenOf(nodes))
}

type Child = Y.XmlElement | Y.XmlText

function childrenOf(nodes: readonly NodeJson[]): Child[] {
  const children: Child[] = []
  let run: Array<{ insert: string; attributes: Record<string, Json> }> = []
  const endRun = () => {
    if (run.length === 0) return
    const text = new Y.XmlText()
    text.applyDelta(run)
    children.push(text)
    run = []
  }
  for (const node of nodes) {
    if (node.type === 'text') {
      if (node.text) run.push({ insert: node.text, attributes: formatOf(node.marks ?? []) })
      continue
    }
    endRun()
    children.push(element(node))
  }
  endRun()
  return children
}

function element(node: NodeJson): Y.XmlElement {
  const spec = NODES[node.type]
  if (!spec) throw new Error(`no node of this name in the schema: ${node.type}`)
  const made = new Y.XmlElement<Record<string, Json>>(node.type)
  for (const [name, value] of Object.entries(cleanAttrs(spec.attrs, node.attrs))) {
    if (value !== null) made.setAttribute(name, value)
  }
  if (node.content && node.content.length > 0) made.insert(0, childrenOf(node.content))
  // Yjs's types know attributes as strings only; it stores any JSON, and the editor relies on that.
  return made as Y.XmlElement
}

function formatOf(marks: readonly MarkJson[]): Record<string, Json> {
  const format: Record<string, Json> = {}
  for (const mark of marks) {
    const spec = MARKS[mark.type]
    if (!spec) throw new Error(`no mark of this name in the schema: ${mark.type}`)
    const attrs = cleanAttrs(spec.attrs, mark.attrs)
    format[markKey(mark.type, attrs)] = attrs
  }
  return format
}
