import { assumptionsOf } from '@/lib/domain/coherence/assumptions'
import { auditEffort } from '@/lib/domain/coherence/effort-audit'
import { trackGaps } from '@/lib/domain/coherence/gap-tracker'
import { graphOf, lineThrough } from '@/lib/domain/coherence/graph'
import { impactOf } from '@/lib/domain/coherence/impact'
import { matrixOf } from '@/lib/domain/coherence/matrix'
import { largeWorld } from '@/lib/testing/large-world'
import type { Figure } from './figures'

/** Milliseconds of processor time of the slowest of twenty runs: what a page would wait for. */
function slowest(work: () => unknown): number {
  let most = 0
  for (let run = 0; run < 20; run++) {
    const before = process.cpuUsage()
    work()
    const { user, system } = process.cpuUsage(before)
    most = Math.max(most, (user + system) / 1000)
  }
  return most
}

/** The pure reads over a strategy of 500 items and boards of 2,000 activities: processor time of the slowest of 20. */
export async function coherence(): Promise<Figure[]> {
  const world = largeWorld(500, 2_000)
  const graph = graphOf(world, new Map())
  const segment = world.items.find(({ kind }) => kind === 'segment')
  const figure = (name: string, work: () => unknown): Figure => ({
    name,
    value: slowest(work),
    unit: 'ms',
    aim: 100,
  })
  return [
    figure('matrix', () => matrixOf(world)),
    figure('throughline graph', () => graphOf(world, new Map())),
    figure('line through a segment', () => lineThrough(graph, segment?.id ?? '')),
    figure('impact of a segment', () => (segment ? impactOf(world, segment.id) : null)),
    figure('gap tracker', () => trackGaps(world)),
    figure('effort audit', () => auditEffort(world)),
    figure('assumption ledger', () => assumptionsOf(world, '2026-09-30')),
  ]
}
