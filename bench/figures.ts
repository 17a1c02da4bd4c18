/** One measured figure beside what it should be. */
export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: 'ms' | 's' | 'KB' | 'MB' | 'count' | 'per s' | 'x relay'
  /** At most this much, where the product set itself a limit. */
  readonly aim?: number
  /** At least this much, where more is better. */
  readonly atLeast?: number
}

/** The value below which a share of the samples lies, by the nearest rank. `share` from 0 to 1. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? Number.NaN
}

export const median = (samples: readonly number[]): number => quantile(samples, 0.5)

/** A line a person can read: value, aim, and how they compare. */
export function line(figure: Figure): string {
  const value = `${round(figure.value)} ${figure.unit}`
  const wish = figure.aim ?? figure.atLeast
  const way = figure.atLeast === undefined ? 'aim' : 'at least'
  const aim =
    wish === undefined ? '' : `${way} ${wish} ${figure.unit}, ${(figure.value / wish).toFixed(2)} of it`
  return `  ${figure.name.padEnd(56)} ${value.padStart(12)}   ${aim}`
}

export function round(value: number): number {
  if (Math.abs(value) >= 100) return Math.round(value)
  return Math.abs(value) >= 10 ? Math.round(value * 10) / 10 : Math.round(value * 100) / 100
}
