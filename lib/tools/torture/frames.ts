import { type StormFault, stormFrames } from '@/lib/collab/testing/frame-storm'
import { pinnedSeeds } from '@/lib/collab/testing/pinned-seeds'
import type { TortureCommand } from './command'

/** Each storm has an engine and a document of its own, so that a failing one can be replayed by itself. */
const STORM = 20_000
const FAULTS: readonly StormFault[] = ['forget-content', 'stall']

/** Malformed frames, in process: a round is a frame. */
export const frames: TortureCommand = {
  goals: 'R3, FZ2',
  proves:
    'malformed frames in process throw nothing, stall nothing and change no document beyond what was accepted',
  rounds: 50_000,
  plants: FAULTS,
  async run(run) {
    const fault = FAULTS.find((one) => one === run.plant)
    const end = run.minutes === null ? Number.POSITIVE_INFINITY : performance.now() + run.minutes * 60_000
    const problems: string[] = []
    let done = 0
    let accepted = 0
    let worst = 0
    const found = fault ? [] : pinnedSeeds('frames')
    for (let storm = -found.length; done < run.rounds && performance.now() < end; storm++) {
      const again = storm < 0 ? found.at(storm) : undefined
      const seed = again ?? (run.seed + storm) >>> 0
      const report = await stormFrames(seed, storm < 0 ? STORM : Math.min(STORM, run.rounds - done), fault)
      if (storm >= 0) done += report.frames
      accepted += report.accepted
      worst = Math.max(worst, report.worst)
      problems.push(...report.problems.map((problem) => `storm ${seed}: ${problem}`))
      if (fault && problems.length > 0) break
    }
    return {
      rounds: done,
      acknowledged: accepted,
      lost: 0,
      problems,
      figures: { 'worst frame (ms of CPU)': Math.round(worst) },
    }
  },
}
