import { expect, test } from 'vitest'
import type { Graph } from '@/lib/domain/coherence/graph'
import { graphOf } from '@/lib/domain/coherence/graph'
import { exampleWorld } from '@/lib/testing/example-world'
import { largeWorld } from '@/lib/testing/large-world'
import { drawnOf, MOST_IN_STATION, MOST_POINTS, rowsOf, wayReader } from './drawn'

const world = exampleWorld()
const small = graphOf(world, new Map())
const large = graphOf(largeWorld(500, 2_000), new Map())
const waysOf = (graph: Graph, focus: string | null) => rowsOf(graph, focus).map(wayReader(graph))

test('a company is drawn whole, with the line of the focus upon it', () => {
  const drawn = drawnOf(small, world.item('G2'))
  expect(drawn.nodes).toHaveLength(small.nodes.length)
  expect(drawn).toMatchObject({ gathered: false, alone: false })
  expect(drawn.line.has('act_02') && drawn.line.has('mea_02')).toBe(true)
  expect(drawn.line.has(world.item('G1'))).toBe(false)
})

test('500 items and 2,000 activities are few points that stand for all of them', () => {
  const drawn = drawnOf(large, null)
  expect(drawn.nodes.length).toBeLessThan(MOST_POINTS)
  const counted = drawn.nodes.reduce((sum, { members }) => sum + (members?.length ?? 1), 0)
  expect(counted).toBe(large.nodes.length)
  const here = new Set(drawn.nodes.map(({ id }) => id))
  for (const { from, to } of drawn.edges) expect(here.has(from) && here.has(to)).toBe(true)
})

test.each(['pain', 'gap', 'segment'] as const)('of a large one only the line of a %s is drawn', (kind) => {
  const focus = large.nodes.find((node) => node.kind === kind)?.id ?? ''
  const drawn = drawnOf(large, focus)
  expect(drawn.alone).toBe(true)
  expect(drawn.nodes.find(({ id }) => id === focus)?.members).toBeNull()
  expect(drawn.nodes.length).toBeLessThanOrEqual(MOST_POINTS)
  for (const { id } of drawn.nodes) expect(drawn.line.has(id)).toBe(true)
  if (drawn.gathered)
    expect(drawn.nodes.filter(({ station }) => station === 'measure').length).toBeLessThanOrEqual(
      MOST_IN_STATION,
    )
})

test('a focus that is not there is none', () => {
  expect(drawnOf(small, 'act_gone').line.size).toBe(0)
})

test('the list has every activity once, and the difficulty nobody works on', () => {
  const ways = waysOf(small, null)
  expect(ways.filter(({ id }) => id.startsWith('act_'))).toHaveLength(48)
  expect(world.codes(ways.map(({ id }) => id))).toContain('P6')
  const way = ways.find(({ id }) => id === 'act_02')
  expect(world.codes(way?.stations.difficulty ?? [])).toEqual(expect.arrayContaining(['G2']))
  expect(way?.stations.measure).toContain('mea_02')
})

test('with a focus only the ways that lead through it', () => {
  const ways = waysOf(small, 'mea_02')
  expect(ways.length).toBeGreaterThan(0)
  for (const { stations } of ways) expect(stations.measure).toContain('mea_02')
})

test('the line through a point has the rows whose way it lies on, and no other', () => {
  for (const { id } of small.nodes) {
    const led = waysOf(small, null).filter(({ stations }) => Object.values(stations).flat().includes(id))
    expect(rowsOf(small, id)).toEqual(led.map((way) => way.id))
  }
})
