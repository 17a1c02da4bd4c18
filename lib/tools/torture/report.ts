import type { Outcome } from './command'

/** The one line a run ends with. `ms`: how long it took. */
export function summary(name: string, seed: number, outcome: Outcome, ms: number): string {
  const figures = Object.entries(outcome.figures ?? {}).map(([label, value]) => `${label} ${value}`)
  return [
    `torture ${name}`,
    `seed ${seed}`,
    `rounds ${outcome.rounds}`,
    `acknowledged ${outcome.acknowledged}`,
    `lost ${outcome.lost}`,
    ...figures,
    `${(ms / 1_000).toFixed(1)} s`,
    outcome.problems.length === 0 ? 'passed' : `FAILED (${outcome.problems.length})`,
  ].join('  ')
}
