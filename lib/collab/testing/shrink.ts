import { type Schedule, simulate } from './simulator'

/** Runs of the simulator one search may cost. */
const MOST_RUNS = 80

/**
 * A failing schedule made smaller: leaves out halves, then quarters and so on to single steps, as long as something
 * still goes wrong. Answers the schedule as it came when it does not fail.
 */
export async function shrink(schedule: Schedule, mostRuns = MOST_RUNS): Promise<Schedule> {
  let runs = 0
  const fails = async (only: readonly number[]) => {
    runs += 1
    return (await simulate({ ...schedule, only })).problems.length > 0
  }
  let steps: readonly number[] = schedule.only ?? Array.from({ length: schedule.steps }, (_, i) => i)
  if (!(await fails(steps))) return schedule
  for (let size = Math.ceil(steps.length / 2); size >= 1 && runs < mostRuns; ) {
    let smaller: readonly number[] | null = null
    for (let at = 0; at < steps.length && runs < mostRuns; at += size) {
      const rest = [...steps.slice(0, at), ...steps.slice(at + size)]
      if (await fails(rest)) {
        smaller = rest
        break
      }
    }
    if (smaller) steps = smaller
    else if (size === 1) break
    size = smaller ? Math.min(size, Math.max(1, Math.ceil(steps.length / 2))) : Math.floor(size / 2)
  }
  return { ...schedule, only: steps }
}
