import { describe, expect, it } from 'vitest'
import { pinnedSeeds, pinnedStorms } from './pinned-seeds'
import { shrink } from './shrink'
import { classicSchedule, type Mutant, simulate, stormySchedule } from './simulator'

const SCHEDULES = 120
const FIRST = Number(process.env.SEED ?? 1_000)

describe('the simulator', () => {
  it(`CV1, R2, R13: found seeds and ${SCHEDULES} schedules of cuts, partitions, crashes, evictions, database failures, lost bus messages and closed tabs converge and lose nothing`, async () => {
    const sums = { edits: 0, crashes: 0, snapshots: 0, partitions: 0, evictions: 0 }
    const schedules = [
      ...pinnedSeeds('simulate').map(classicSchedule),
      ...pinnedStorms.map((seed) => stormySchedule(seed)),
      ...Array.from({ length: SCHEDULES }, (_, i) => stormySchedule(FIRST + i)),
    ]
    for (const schedule of schedules) {
      const report = await simulate(schedule)
      expect([schedule.seed, report.problems]).toEqual([schedule.seed, []])
      for (const name of Object.keys(sums) as (keyof typeof sums)[]) sums[name] += report[name]
    }
    // A simulator in which nothing happens proves nothing.
    expect(sums.edits).toBeGreaterThan(SCHEDULES * 10)
    expect(sums.crashes).toBeGreaterThan(SCHEDULES)
    expect(sums.partitions).toBeGreaterThan(SCHEDULES)
    expect(sums.evictions).toBeGreaterThan(SCHEDULES)
    expect(sums.snapshots).toBeGreaterThan(10)
  }, 240_000)

  it('CV2: the same seed is the same run', async () => {
    expect(await simulate(classicSchedule(42))).toEqual(await simulate(classicSchedule(42)))
    expect(await simulate(stormySchedule(43))).toEqual(await simulate(stormySchedule(43)))
  })

  const mutants: Mutant[] = [
    'acknowledge-early',
    'forget-last-row',
    'lose-broadcasts',
    'no-anti-entropy',
    'forget-retry',
  ]
  for (const mutant of mutants)
    it(`CV3: notices the planted fault "${mutant}"`, async () => {
      for (let seed = 1; seed <= 80; seed++) {
        const report = await simulate(stormySchedule(seed, mutant))
        if (report.problems.length > 0) return
      }
      expect.fail('80 schedules, nothing noticed')
    }, 120_000)

  it('CV2: a failing schedule becomes a small one that still fails', async () => {
    let large = stormySchedule(0, 'forget-last-row')
    for (let seed = 0; seed < 80; seed++) {
      large = stormySchedule(seed, 'forget-last-row')
      if ((await simulate(large)).problems.length > 0) break
    }
    const small = await shrink(large, 60)
    expect(small.only?.length).toBeLessThan(150)
    expect((await simulate(small)).problems).not.toEqual([])
  }, 120_000)
})
