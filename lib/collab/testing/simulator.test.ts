import { describe, expect, it } from 'vitest'
import { type Mutant, simulate } from './simulator'

/** Seeds that once found a mistake; always run first. */
const FOUND = [
  // Another node trimmed rows this one had not read.
  219, 293,
  // Yjs tidied up formatting in the server's memory, which no journal knew.
  77, 395, 575,
  // Two step 1 in a row got one answer.
  499,
]
const SCHEDULES = 240
const FIRST = Number(process.env.SEED ?? 1_000)

async function run(seed: number, mutant?: Mutant) {
  return simulate({
    seed,
    steps: 300,
    clients: 3 + (seed % 3),
    nodes: 1 + (seed % 2),
    ...(mutant ? { mutant } : {}),
  })
}

describe('the simulator', () => {
  it(`CV1: ${SCHEDULES} schedules of cuts, crashes, restarts, lost bus messages and closed tabs converge and lose nothing`, async () => {
    let edits = 0
    let crashes = 0
    let snapshots = 0
    for (const seed of [...FOUND, ...Array.from({ length: SCHEDULES }, (_, i) => FIRST + i)]) {
      const report = await run(seed)
      expect([seed, report.problems]).toEqual([seed, []])
      edits += report.edits
      crashes += report.crashes
      snapshots += report.snapshots
    }
    // A simulator in which nothing happens proves nothing.
    expect(edits).toBeGreaterThan(SCHEDULES * 10)
    expect(crashes).toBeGreaterThan(SCHEDULES)
    expect(snapshots).toBeGreaterThan(10)
  }, 240_000)

  it('CV2: the same seed is the same run', async () => {
    expect(await run(42)).toEqual(await run(42))
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
        const report = await run(seed, mutant)
        if (report.problems.length > 0) return
      }
      expect.fail('80 schedules, nothing noticed')
    }, 120_000)
})
