import { type Graph, type GraphEdge, type GraphNode, lineThrough } from '@/lib/domain/coherence/graph'
import { type TraceStation, traceStations } from '@/lib/domain/trace'

/** More points than this are no picture any more; a focus is needed, or points are gathered. */
export const MOST_POINTS = 150
/** Points of one station, where points are gathered. */
export const MOST_IN_STATION = 22

export interface DrawnNode extends GraphNode {
  /** Of a gathering: whom it stands for; null: it stands for itself. */
  readonly members: readonly string[] | null
}

export interface Drawn {
  readonly nodes: readonly DrawnNode[]
  readonly edges: readonly GraphEdge[]
  /** The line of the focus among what is drawn; empty without a focus. */
  readonly line: ReadonlySet<string>
  /** Whether anything stands for several. */
  readonly gathered: boolean
  /** Whether only the line of the focus is drawn. */
  readonly alone: boolean
}

/**
 * What can be read at once. A graph of a company's size is drawn whole, with the line of the focus upon it. A larger one
 * is drawn one line at a time, and stations with too many points gather them: activities by department, the others by
 * what they are. The focus itself always stands for itself.
 */
export function drawnOf(graph: Graph, focus: string | null): Drawn {
  const known = focus !== null && graph.nodes.some(({ id }) => id === focus)
  const line = known ? lineThrough(graph, focus) : new Set<string>()
  const alone = graph.nodes.length > MOST_POINTS && known
  const nodes = alone ? graph.nodes.filter(({ id }) => line.has(id)) : graph.nodes
  if (nodes.length <= MOST_POINTS) {
    const here = new Set(nodes.map(({ id }) => id))
    return {
      nodes: nodes.map((node) => ({ ...node, members: null })),
      edges: graph.edges.filter(({ from, to }) => here.has(from) && here.has(to)),
      line,
      gathered: false,
      alone,
    }
  }
  const place = new Map<string, string>()
  const drawn = new Map<string, DrawnNode & { readonly members: string[] | null }>()
  for (const station of traceStations) {
    const own = nodes.filter((node) => node.station === station)
    const many = own.length > MOST_IN_STATION
    for (const node of own) {
      const key = many && node.id !== focus ? groupOf(node) : node.id
      place.set(node.id, key)
      const group = drawn.get(key)
      if (group) group.members?.push(node.id)
      else drawn.set(key, { ...node, id: key, members: key === node.id ? null : [node.id] })
    }
  }
  const edges = new Map<string, GraphEdge>()
  for (const edge of graph.edges) {
    const [from, to] = [place.get(edge.from), place.get(edge.to)]
    if (from !== undefined && to !== undefined) edges.set(`${from} ${to}`, { from, to })
  }
  return {
    nodes: [...drawn.values()],
    edges: [...edges.values()],
    line: new Set([...line].flatMap((id) => place.get(id) ?? [])),
    gathered: true,
    alone,
  }
}

function groupOf({ station, departmentId, kind, verdict, loose }: GraphNode): string {
  return `group:${station}:${departmentId ?? kind ?? verdict ?? ''}${loose ? ':loose' : ''}`
}

/** One way from left to right through an activity, or a difficulty nobody works on. */
export interface Way {
  /** What the row is about. */
  readonly id: string
  readonly stations: Readonly<Record<TraceStation, readonly string[]>>
}

/**
 * The rows of the graph as a list: each activity, and each difficulty nobody works on. `focus` leaves only those whose way
 * leads through it.
 */
export function rowsOf(graph: Graph, focus: string | null): readonly string[] {
  const line = focus === null ? null : lineThrough(graph, focus)
  return graph.nodes
    .filter(({ station, loose }) => station === 'activity' || (station === 'difficulty' && loose))
    .filter(({ id }) => line === null || line.has(id))
    .map(({ id }) => id)
}

/** Reads the way of a row: everything before and after it. Of thousands of rows only those in sight are asked for. */
export function wayReader(graph: Graph): (id: string) => Way {
  const station = new Map(graph.nodes.map((node) => [node.id, node.station]))
  const before = new Map<string, string[]>()
  const after = new Map<string, string[]>()
  for (const { from, to } of graph.edges) {
    if (before.has(to)) before.get(to)?.push(from)
    else before.set(to, [from])
    if (after.has(from)) after.get(from)?.push(to)
    else after.set(from, [to])
  }
  return (row) => {
    const found: Record<TraceStation, string[]> = {
      segment: [],
      difficulty: [],
      slot: [],
      activity: [],
      measure: [],
      verdict: [],
    }
    const seen = new Set<string>()
    const walk = (id: string, next: ReadonlyMap<string, readonly string[]>) => {
      if (seen.has(id)) return
      seen.add(id)
      const at = station.get(id)
      if (at) found[at].push(id)
      // A slot is served by many: what others serve it for is not why this one does.
      for (const other of next.get(id) ?? []) walk(other, next)
    }
    walk(row, before)
    for (const other of after.get(row) ?? []) walk(other, after)
    return { id: row, stations: found }
  }
}
