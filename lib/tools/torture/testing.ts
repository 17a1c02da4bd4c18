import type { Run } from './command'

/**
 * What went wrong, apart from how long something took: here other tests run beside it, and that is the command's to judge.
 * What never came took "Infinity ms", and stays.
 */
export function apartFromTime(problems: readonly string[]): string[] {
  return problems.filter((problem) => !/\d ms/.test(problem))
}

/** A run as the tests ask for it: few rounds, nobody watching. */
export function quietRun(asked: { rounds: number; seed: number } & Partial<Run>): Run {
  return { plant: null, minutes: null, external: null, other: null, say: () => {}, ...asked }
}
