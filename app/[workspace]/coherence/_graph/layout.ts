import { Graph, layout } from '@dagrejs/dagre'
import { type TraceStation, traceStations } from '@/lib/domain/trace'
import { setText } from '../_parts/set-text'
import type { Drawn, DrawnNode } from './drawn'
import { spread } from './spread'

/** Room for the words of a station, pixels. */
const widths: Readonly<Record<TraceStation, number>> = {
  segment: 160,
  difficulty: 215,
  slot: 118,
  activity: 300,
  measure: 190,
  verdict: 76,
}
const BETWEEN = 58
const LINE = 17
const SIZE = 14
/** Words of the strategy stand in its own face, a little larger. */
const QUOTED_SIZE = 15.5
const quoted: ReadonlySet<TraceStation> = new Set(['segment', 'difficulty', 'slot'])
const MARK = 20
const APART = 8

export interface PlacedNode {
  readonly node: DrawnNode
  readonly lines: readonly string[]
  /** A small line below: that nobody works on it, that it serves nothing. */
  readonly note: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface PlacedEdge {
  readonly from: string
  readonly to: string
  readonly path: string
}

export interface Placed {
  readonly nodes: readonly PlacedNode[]
  readonly edges: readonly PlacedEdge[]
  /** Where each station begins. */
  readonly stations: readonly { readonly station: TraceStation; readonly x: number }[]
  readonly width: number
  readonly height: number
}

/**
 * Where everything stands. dagre finds the order within each station that crosses the fewest lines; the stations
 * themselves are given. How far apart points stand is ours: the fullest station is set close, the others beside what
 * they are joined to.
 */
export function placed(
  drawn: Drawn,
  words: (node: DrawnNode) => string,
  noteOf: (node: DrawnNode) => string = () => '',
): Placed {
  const present = traceStations.filter((station) => drawn.nodes.some((node) => node.station === station))
  const order = orderOf(drawn, present)
  let x = 0
  const columns = present.map((station) => {
    const width = widths[station]
    const size = quoted.has(station) ? QUOTED_SIZE : SIZE
    const at = x
    x += width + BETWEEN
    return drawn.nodes
      .filter((node) => node.station === station)
      .sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0))
      .map((node) => {
        const lines = setText(words(node), size, width - MARK, 3)
        const note = noteOf(node)
        const height = Math.max(1, lines.length + (note === '' ? 0 : 1)) * LINE + 4
        return { node, lines, note, x: at, width, height }
      })
  })
  const tops = spread(
    columns.map((column) => column.map(({ node, height }) => ({ id: node.id, height }))),
    drawn.edges,
    APART,
  )
  const nodes = columns.flat().map((one): PlacedNode => ({ ...one, y: tops.get(one.node.id) ?? 0 }))
  const at = new Map(nodes.map((one) => [one.node.id, one]))
  return {
    nodes,
    edges: drawn.edges.flatMap(({ from, to }) => {
      const [a, b] = [at.get(from), at.get(to)]
      return a && b ? [{ from, to, path: pathOf(a, b) }] : []
    }),
    stations: present.flatMap((station, i) => {
      const first = columns[i]?.[0]
      return first ? [{ station, x: first.x }] : []
    }),
    width: x - BETWEEN,
    height: Math.max(0, ...nodes.map(({ y, height }) => y + height)),
  }
}

/**
 * Ranks are given, for the stations are: whatever ends a line is held by a spine of points without size, so that dagre
 * leaves it in its own column.
 */
function orderOf(drawn: Drawn, present: readonly TraceStation[]): ReadonlyMap<string, number> {
  const column = new Map(present.map((station, i) => [station, i]))
  const graph = new Graph()
  graph.setGraph({ rankdir: 'LR', nodesep: 4, ranksep: 10, edgesep: 1, ranker: 'longest-path' })
  graph.setDefaultEdgeLabel(() => ({}))
  const ends = new Set(drawn.nodes.map(({ id }) => id))
  const rank = new Map(drawn.nodes.map(({ id, station }) => [id, column.get(station) ?? 0]))
  for (const { id } of drawn.nodes) graph.setNode(id, { width: 10, height: 10 })
  for (const { from, to } of drawn.edges) {
    ends.delete(from)
    graph.setEdge(from, to, { minlen: (rank.get(to) ?? 0) - (rank.get(from) ?? 0), weight: 2 })
  }
  present.forEach((_, i) => {
    graph.setNode(`spine:${i + 1}`, { width: 0, height: 0 })
    if (i > 0) graph.setEdge(`spine:${i}`, `spine:${i + 1}`, { minlen: 1, weight: 0 })
  })
  for (const id of ends) graph.setEdge(id, `spine:${(rank.get(id) ?? 0) + 1}`, { minlen: 1, weight: 0 })
  layout(graph)
  return new Map(drawn.nodes.map(({ id }) => [id, graph.node(id).y ?? 0]))
}

function pathOf(from: PlacedNode, to: PlacedNode): string {
  const round = (n: number) => Math.round(n * 10) / 10
  const start = round(from.x + from.width)
  const end = round(to.x - 3)
  const [a, b] = [round(from.y + from.height / 2), round(to.y + to.height / 2)]
  // Past a station in between a line goes straight, and bends before its end.
  const bend = round(Math.max(end - BETWEEN, (start + end) / 2))
  return `M${start} ${a}${start < bend - BETWEEN ? `H${round(bend - BETWEEN / 2)}` : ''}C${bend} ${a} ${bend} ${b} ${end} ${b}`
}
