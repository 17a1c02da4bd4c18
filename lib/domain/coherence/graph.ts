import type { Id } from '@/lib/kit/ids'
import type { Cycle } from '../cycle'
import { slots } from '../serves'
import type { ItemKind } from '../strategy-item'
import { type TraceStation, traceStations, type Verdict } from '../trace'
import { itemsById, measureOfGap, ofCycle, servedBy, type World } from './world'

export interface GraphNode {
  /** `itm_…`, `itm_…/whom`, `act_…`, `mea_…`, or `verdict:` and what it is about. */
  readonly id: string
  readonly station: TraceStation
  readonly label: string
  readonly code: string | null
  /** Of an item. */
  readonly kind: ItemKind | null
  /** Of an activity. */
  readonly departmentId: Id<'dep'> | null
  readonly verdict: Verdict | null
  /** Nothing comes before it where something should: a difficulty nobody works on, an activity that serves nothing. */
  readonly loose: boolean
}

export interface GraphEdge {
  readonly from: string
  readonly to: string
}

/** The throughline drawn: six stations, edges only ever forward. */
export interface Graph {
  readonly nodes: readonly GraphNode[]
  readonly edges: readonly GraphEdge[]
}

/** What the last closed reviews said of activities and measures, by their ids. */
export type Verdicts = ReadonlyMap<string, Verdict>

const difficulties: readonly ItemKind[] = ['pain', 'itch', 'delight', 'gap']

export function graphOf(world: World, verdicts: Verdicts, cycle: Cycle | null = null): Graph {
  const items = itemsById(world)
  const nodes = new Map<string, GraphNode>()
  const edges = new Map<string, GraphEdge>()
  const node = (
    id: string,
    station: TraceStation,
    given: Partial<GraphNode> & { readonly label: string },
  ) => {
    if (!nodes.has(id))
      nodes.set(id, {
        code: null,
        kind: null,
        departmentId: null,
        verdict: null,
        loose: false,
        ...given,
        id,
        station,
      })
  }
  const join = (from: string, to: string) => edges.set(`${from} ${to}`, { from, to })

  for (const item of world.items) {
    const { id, kind, code, title: label } = item
    if (kind === 'segment') node(id, 'segment', { label, code, kind })
    else if (difficulties.includes(kind)) {
      node(id, 'difficulty', { label, code, kind })
      for (const felt of item.fields.feltBy) if (items.get(felt)?.kind === 'segment') join(felt, id)
    } else if (kind === 'positioning')
      for (const slot of slots) node(`${id}/${slot}`, 'slot', { label: slot, kind })
  }
  const live = new Map(world.measures.filter(({ status }) => status === 'active').map((one) => [one.id, one]))
  for (const { id, name } of live.values()) node(id, 'measure', { label: name })
  const gapMeasures = new Map(
    world.items
      .filter(({ kind }) => kind === 'gap')
      .map((gap) => [gap.id, measureOfGap(gap, world.measures)?.id ?? null]),
  )
  const judged = (about: string, from: string) => {
    const verdict = verdicts.get(about)
    if (!verdict) return
    node(`verdict:${about}`, 'verdict', { label: verdict, verdict })
    join(from, `verdict:${about}`)
  }
  const worked = new Set<string>()
  for (const activity of ofCycle(world.activities, cycle)) {
    if (activity.status !== 'active') continue
    const served = servedBy(activity, items)
    const { id, title: label, departmentId } = activity
    node(id, 'activity', { label, departmentId, loose: served.length === 0 })
    const faced = served.filter(({ item }) => difficulties.includes(item.kind))
    const slotIds = served.flatMap(({ item, slot }) =>
      item.kind === 'positioning' && slot ? [`${item.id}/${slot}`] : [],
    )
    const meant = served.filter(({ item }) => item.kind === 'segment')
    if (activity.halt !== 'stopped') for (const { item } of [...faced, ...meant]) worked.add(item.id)
    // Through the words of the positioning where it serves some; else straight, with the slot left out.
    const before = [...(faced.length > 0 ? faced : meant)].map(({ item }) => item.id)
    for (const slot of slotIds) {
      for (const from of before) join(from, slot)
      join(slot, id)
    }
    if (slotIds.length === 0) for (const from of before) join(from, id)
    // A segment it serves itself beside what others feel.
    if (faced.length > 0 && slotIds.length === 0) for (const { item } of meant) join(item.id, id)
    const shown = faced.flatMap(({ item }) => gapMeasures.get(item.id) ?? [])
    const measured = new Set([...activity.measures.filter((one) => live.has(one)), ...shown])
    for (const measure of measured) join(id, measure)
    judged(id, id)
  }
  for (const id of live.keys()) judged(id, id)
  return {
    nodes: [...nodes.values()]
      .map((one) =>
        one.station === 'difficulty' || one.station === 'segment'
          ? { ...one, loose: !worked.has(one.id) && one.station === 'difficulty' }
          : one,
      )
      .sort((a, b) => traceStations.indexOf(a.station) - traceStations.indexOf(b.station)),
    edges: [...edges.values()],
  }
}

/** Everything before and after one point: its line. */
export function lineThrough(graph: Graph, nodeId: string): ReadonlySet<string> {
  const after = new Map<string, string[]>()
  const before = new Map<string, string[]>()
  const add = (map: Map<string, string[]>, key: string, value: string) => {
    const list = map.get(key)
    if (list) list.push(value)
    else map.set(key, [value])
  }
  for (const { from, to } of graph.edges) {
    add(after, from, to)
    add(before, to, from)
  }
  const found = new Set<string>()
  for (const next of [after, before]) {
    const seen = new Set<string>()
    const open = [nodeId]
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (seen.has(at)) continue
      seen.add(at)
      found.add(at)
      open.push(...(next.get(at) ?? []))
    }
  }
  return found
}
