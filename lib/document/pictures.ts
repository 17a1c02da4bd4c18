import * as Y from 'yjs'
import type { NodeJson } from './json'
import { readNodes } from './read-nodes'
import { TEXT_ROOTS } from './roots'

/** The ids of the files these nodes show, each once. What is no id of a file is no picture. */
export function picturesIn(nodes: readonly NodeJson[]): string[] {
  const found = new Set<string>()
  const look = (node: NodeJson) => {
    const fileId = node.type === 'image' ? node.attrs?.fileId : null
    if (typeof fileId === 'string') found.add(fileId)
    node.content?.forEach(look)
  }
  nodes.forEach(look)
  return [...found]
}

/** The ids of the files a document shows. @param state the whole state as an update (V1), from our own journal */
export function picturesOf(state: Uint8Array): string[] {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, state)
  return picturesIn(TEXT_ROOTS.flatMap((root) => readNodes(doc.getXmlFragment(root))))
}

/** The nodes with other pictures, by file id; those the map does not name stay. */
export function withPictures(nodes: readonly NodeJson[], other: ReadonlyMap<string, string>): NodeJson[] {
  return nodes.map((node) => {
    const fileId = node.type === 'image' ? node.attrs?.fileId : null
    const instead = typeof fileId === 'string' ? other.get(fileId) : undefined
    return {
      ...node,
      ...(instead !== undefined && { attrs: { ...node.attrs, fileId: instead } }),
      ...(node.content && { content: withPictures(node.content, other) }),
    }
  })
}
