import type { NodeJson } from '../json'

/** The same nodes without any thread: what is copied elsewhere leaves its discussions behind. */
export function withoutComments(nodes: readonly NodeJson[]): NodeJson[] {
  return nodes.map(({ marks, content, ...node }) => {
    const kept = marks?.filter((mark) => mark.type !== 'comment')
    return {
      ...node,
      ...(kept && kept.length > 0 && { marks: kept }),
      ...(content && { content: withoutComments(content) }),
    }
  })
}
