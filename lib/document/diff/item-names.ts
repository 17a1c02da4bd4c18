import type * as Y from 'yjs'
import { TEXT_ROOTS } from '../roots'
import { type PaperNode, readPaper, wordsOf } from './read'

/** What items are called where they are cited: code and title, of the later state that has them. */
export function itemNames(before: Y.Doc, after: Y.Doc): (id: string) => string | null {
  let names: Map<string, string> | null = null
  const collect = (nodes: readonly PaperNode[], into: Map<string, string>) => {
    for (const node of nodes) {
      if (node.name === 'item' && typeof node.attrs.id === 'string') {
        const title = node.children.find(({ attrs }) => attrs.name === 'title') ?? node.children[0]
        const words = title ? wordsOf(title).trim().slice(0, 60) : ''
        const code = typeof node.attrs.code === 'string' ? node.attrs.code : ''
        into.set(node.attrs.id, [code, words].filter((part) => part !== '').join(' '))
      } else collect(node.children, into)
    }
  }
  return (id) => {
    // Read only when something is cited.
    if (!names) {
      names = new Map()
      for (const doc of [before, after])
        for (const root of TEXT_ROOTS) collect(readPaper(doc.getXmlFragment(root)), names)
    }
    return names.get(id) || null
  }
}
