import { pinnedSeeds, pinnedStorms } from '@/lib/collab/testing/pinned-seeds'
import { shrink } from '@/lib/collab/testing/shrink'
import {
  classicSchedule,
  type Mutant,
  type Schedule,
  simulate,
  stormySchedule,
} from '@/lib/collab/testing/simulator'
import type { TortureCommand } from './command'

const MUTANTS: readonly Mutant[] = [
  'acknowledge-early',
  'forget-last-row',
  'lose-broadcasts',
  'no-anti-entropy',
  'forget-retry',
]

/** The deterministic simulator: time, net, store and bus are all made up, and everything follows from the seed. */
export const simulateSchedules: TortureCommand = {
  goals: 'R2, R13, CV1',
  proves:
    'under cuts, partitions, crashes, evictions, database failures and a lossy bus all clients, nodes and the database end equal, and nothing promised is lost',
  rounds: 500,
  plants: MUTANTS,
  async run(run) {
    const mutant = MUTANTS.find((one) => one === run.plant)
    const problems: string[] = []
    const sums = { edits: 0, crashes: 0, partitions: 0, evictions: 0, snapshots: 0 }
    let acknowledged = 0
    let lost = 0
    const schedules: Schedule[] = [
      ...(mutant ? [] : pinnedSeeds('simulate').map(classicSchedule)),
      ...(mutant ? [] : pinnedStorms.map((seed) => stormySchedule(seed))),
      ...Array.from({ length: run.rounds }, (_, i) => stormySchedule((run.seed + i) >>> 0, mutant)),
    ]
    const end = run.minutes === null ? Number.POSITIVE_INFINITY : performance.now() + run.minutes * 60_000
    let rounds = 0
    for (const schedule of schedules) {
      if (performance.now() > end) break
      rounds += 1
      const report = await simulate(schedule)
      acknowledged += report.acknowledged
      for (const name of Object.keys(sums) as (keyof typeof sums)[]) sums[name] += report[name]
      if (report.problems.length === 0) continue
      lost += report.problems.filter((problem) => problem.startsWith('lost')).length
      problems.push(...report.problems.map((problem) => `seed ${schedule.seed}: ${problem}`))
      if (mutant) break
      run.say(`seed ${schedule.seed} fails: ${report.problems.join('; ')}`)
      const small = await shrink(schedule)
      run.say(`  steps that suffice: ${JSON.stringify(small.only ?? 'all')}`)
    }
    return { rounds, acknowledged, lost, problems, figures: sums }
  },
}
