import type { Placed, PlacedNode } from './layout'

/** The point a key leads to: left and right along the lines, up and down within a station. Null: there is none. */
export function neighbour(
  { nodes, edges }: Pick<Placed, 'nodes' | 'edges'>,
  from: PlacedNode,
  key: string,
): PlacedNode | null {
  const { id, station } = from.node
  switch (key) {
    case 'ArrowRight':
    case 'ArrowLeft': {
      const right = key === 'ArrowRight'
      const ids = new Set(
        edges.flatMap((edge) => {
          if (right) return edge.from === id ? [edge.to] : []
          return edge.to === id ? [edge.from] : []
        }),
      )
      return nearest(
        nodes.filter(({ node }) => ids.has(node.id)),
        from,
      )
    }
    case 'ArrowDown':
    case 'ArrowUp': {
      const column = nodes.filter(({ node }) => node.station === station).sort((a, b) => a.y - b.y)
      return column[column.indexOf(from) + (key === 'ArrowDown' ? 1 : -1)] ?? null
    }
    case 'Home':
      return nodes.filter(({ node }) => node.station === station).sort((a, b) => a.y - b.y)[0] ?? null
    case 'End':
      return nodes.filter(({ node }) => node.station === station).sort((a, b) => b.y - a.y)[0] ?? null
    default:
      return null
  }
}

function nearest(nodes: readonly PlacedNode[], { y }: PlacedNode): PlacedNode | null {
  return nodes.reduce<PlacedNode | null>(
    (best, one) => (best === null || Math.abs(one.y - y) < Math.abs(best.y - y) ? one : best),
    null,
  )
}
