import { expect, test } from 'vitest'
import { graphOf } from '@/lib/domain/coherence/graph'
import { exampleWorld } from '@/lib/testing/example-world'
import { largeWorld } from '@/lib/testing/large-world'
import { drawnOf } from './drawn'
import { placed } from './layout'

const world = exampleWorld()
const verdicts = new Map([['act_32', 'keep'] as const, ['mea_02', 'adjust'] as const])

test.each([
  ['the example company', graphOf(world, verdicts), null],
  ['one line of a large one', graphOf(largeWorld(500, 2_000), verdicts), 'itm_00000000000000000000000002'],
])('%s: stations are columns, and no two points cover each other', (_, graph, focus) => {
  const drawn = drawnOf(graph, focus)
  const picture = placed(drawn, ({ label }) => label)
  expect(picture.nodes).toHaveLength(drawn.nodes.length)
  expect(picture.edges).toHaveLength(drawn.edges.length)
  let before = Number.NEGATIVE_INFINITY
  for (const { station, x } of picture.stations) {
    expect(x).toBeGreaterThan(before)
    before = x
    const column = picture.nodes.filter(({ node }) => node.station === station).sort((a, b) => a.y - b.y)
    for (const one of column) expect(Math.abs(one.x - x), `${station} ${one.node.label}`).toBeLessThan(1)
    column.forEach((one, i) => {
      const next = column[i + 1]
      if (next) expect(one.y + one.height).toBeLessThanOrEqual(next.y + 0.5)
    })
  }
  for (const { y, height } of picture.nodes) {
    expect(y).toBeGreaterThanOrEqual(0)
    expect(y + height).toBeLessThanOrEqual(picture.height + 0.5)
  }
})
