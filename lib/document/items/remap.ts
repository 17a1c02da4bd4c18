import { isId } from '@/lib/kit/ids'
import type { Json, NodeJson } from '../json'

/** How a pasted or copied piece is made one of this document. */
export interface Adoption {
  /** A fresh id, never the same twice. */
  readonly newId: () => string
  /** Ids that stand in the document it comes into. */
  readonly standing: ReadonlySet<string>
  /**
   * True: from another strategy, so every id is renewed, what the piece names outside of itself is dropped, and no comment
   * comes along. False: from this one, where an id that no longer stands here is a move and stays.
   */
  readonly foreign: boolean
  /** Threads whose words stand in the document: a second mark would put one thread in two places. */
  readonly threads?: ReadonlySet<string>
  /** Codes are kept, because the piece becomes a strategy of its own. Else a renewed item waits for a new one. */
  readonly keepCodes?: boolean
}

/** Blocks on their way into a document, with ids that are theirs alone there and references that lead to the right items. */
export function adopt(nodes: readonly NodeJson[], into: Adoption): NodeJson[] {
  const renewed = new Map<string, string>()
  const seen = new Set<string>()
  const inside = new Set<string>()
  const open: NodeJson[] = [...nodes].reverse()
  const order: NodeJson[] = []
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.type === 'item') order.push(node)
    open.push(...[...(node.content ?? [])].reverse())
  }
  const ids = new Map<NodeJson, string>()
  for (const item of order) {
    const id = item.attrs?.id
    const known = isId('itm', id)
    const stays = known && !into.foreign && !into.standing.has(id) && !seen.has(id)
    const own = stays ? id : into.newId()
    ids.set(item, own)
    if (!known) continue
    // Of an id that the piece itself holds twice, references mean the first.
    if (!seen.has(id)) renewed.set(id, own)
    seen.add(id)
    inside.add(id)
  }
  const refs = (value: Json | undefined): Json => {
    if (!Array.isArray(value)) return null
    const kept = value.flatMap((id) => {
      if (typeof id !== 'string') return []
      const own = renewed.get(id)
      return own !== undefined ? [own] : into.foreign ? [] : [id]
    })
    return kept.length > 0 ? kept : null
  }
  const made = (node: NodeJson): NodeJson => {
    const content = node.content ? { content: node.content.map(made) } : {}
    if (node.type === 'text') return { ...node, ...withoutThreads(node, into) }
    if (node.type === 'itemPart')
      return { ...node, attrs: { ...node.attrs, refs: refs(node.attrs?.refs) }, ...content }
    if (node.type !== 'item') return { ...node, ...content }
    const id = ids.get(node) ?? into.newId()
    const keepsCode = id === node.attrs?.id || into.keepCodes === true
    return {
      ...node,
      attrs: {
        ...node.attrs,
        id,
        code: keepsCode ? (node.attrs?.code ?? null) : null,
        feltBy: refs(node.attrs?.feltBy),
      },
      ...content,
    }
  }
  return nodes.map(made)
}

function withoutThreads(node: NodeJson, into: Adoption): Pick<NodeJson, 'marks'> {
  if (!node.marks) return {}
  const marks = node.marks.filter(({ type, attrs }) => {
    if (type !== 'comment') return true
    const thread = attrs?.thread
    return !into.foreign && typeof thread === 'string' && into.threads?.has(thread) !== true
  })
  return { marks }
}
