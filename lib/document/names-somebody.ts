import * as Y from 'yjs'
import { PREFACE } from './roots'
import { childrenOf, piecesOf, type YNode } from './walk'

/** Whether a description has a link to this member, as its list of people writes one: `…/settings/members#mem_…`. */
export function namesSomebody(doc: Y.Doc, memberId: string): boolean {
  const open: YNode[] = childrenOf(doc.getXmlFragment(PREFACE))
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next instanceof Y.XmlText) {
      for (const { marks } of piecesOf(next))
        for (const { name, attrs } of marks) if (name === 'link' && leadsTo(attrs, memberId)) return true
    } else open.push(...childrenOf(next))
  }
  return false
}

function leadsTo(attrs: unknown, memberId: string): boolean {
  if (typeof attrs !== 'object' || attrs === null || !('href' in attrs)) return false
  return typeof attrs.href === 'string' && attrs.href.endsWith(`/settings/members#${memberId}`)
}
