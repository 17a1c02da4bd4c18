import type { Graph, GraphNode } from '@/lib/domain/coherence/graph'

/** The graph on its way to the browser: edges by the places of their ends, thousands of ids said once. */
export interface PackedGraph {
  readonly nodes: readonly GraphNode[]
  /** From, to, from, to. */
  readonly edges: readonly number[]
}

export function packGraph({ nodes, edges }: Graph): PackedGraph {
  const at = new Map(nodes.map(({ id }, i) => [id, i]))
  return {
    nodes,
    edges: edges.flatMap(({ from, to }) => {
      const [a, b] = [at.get(from), at.get(to)]
      return a === undefined || b === undefined ? [] : [a, b]
    }),
  }
}

export function unpackGraph({ nodes, edges }: PackedGraph): Graph {
  return {
    nodes,
    edges: Array.from({ length: edges.length / 2 }, (_, i) => ({
      from: nodes[edges[i * 2] ?? -1]?.id ?? '',
      to: nodes[edges[i * 2 + 1] ?? -1]?.id ?? '',
    })),
  }
}
