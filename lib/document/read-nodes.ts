import * as Y from 'yjs'
import { cleanMarks } from './clean-marks'
import type { MarkJson, NodeJson } from './json'
import { cleanAttrs, MAX_DEPTH, mayHold, NODES } from './schema/spec'
import { childrenOf, piecesOf, textBelow, type YNode } from './walk'

/**
 * The content of a root as nodes of the schema: what `fillRoot` takes. Whatever the schema has no place for is a
 * paragraph (or a text) with its words, exactly as the page shows it.
 */
export function readNodes(root: Y.XmlFragment): NodeJson[] {
  return below(childrenOf(root), null, 0)
}

function below(children: readonly YNode[], parent: string | null, depth: number): NodeJson[] {
  return children.flatMap((child) => {
    if (child instanceof Y.XmlText)
      return mayHold(parent, 'text') ? texts(child, parent) : wordsOf(child, parent)
    const name = child.nodeName
    const spec = NODES[name]
    if (!spec || depth >= MAX_DEPTH || !mayHold(parent, name)) return wordsOf(child, parent)
    const attrs = cleanAttrs(spec.attrs, child.getAttributes())
    return {
      type: name,
      ...(Object.keys(attrs).length > 0 ? { attrs } : {}),
      ...(spec.holds.length > 0 ? { content: below(childrenOf(child), name, depth + 1) } : {}),
    }
  })
}

function wordsOf(node: YNode, parent: string | null): NodeJson[] {
  const text = textBelow(node)
  if (text === '') return []
  const words: NodeJson = { type: 'text', text }
  if (mayHold(parent, 'text')) return [words]
  const line: NodeJson = { type: 'paragraph', content: [words] }
  if (mayHold(parent, 'paragraph')) return [line]
  // Lists, tables and rows hold only their own parts.
  const part = parent === null ? undefined : NODES[parent]?.holds[0]
  if (part === undefined) return []
  const spec = NODES[part]
  if (!spec) return []
  const attrs = cleanAttrs(spec.attrs, null)
  const inside = part === 'tableRow' ? wordsOf(node, 'tableRow') : mayHold(part, 'text') ? [words] : [line]
  return [{ type: part, ...(Object.keys(attrs).length > 0 ? { attrs } : {}), content: inside }]
}

function texts(text: Y.XmlText, parent: string | null): NodeJson[] {
  return piecesOf(text).map((piece) => {
    const marks: MarkJson[] = []
    for (const { name, attrs } of cleanMarks(piece)) {
      // Code has no looks, but it may be discussed.
      if (parent === 'codeBlock' && name !== 'comment') continue
      marks.push({ type: name, ...(Object.keys(attrs).length > 0 ? { attrs } : {}) })
    }
    return { type: 'text', text: piece.text, ...(marks.length > 0 ? { marks } : {}) }
  })
}
