/** One measured figure beside what it should be. */
export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: 'ms' | 'KB' | 'MB' | 'count'
  /** At most this much, where the product set itself a limit. */
  readonly aim?: number
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
  const aim =
    figure.aim === undefined
      ? ''
      : `aim ${figure.aim} ${figure.unit}, ${(figure.value / figure.aim).toFixed(2)} of it`
  return `  ${figure.name.padEnd(56)} ${value.padStart(12)}   ${aim}`
}

export function round(value: number): number {
  return Math.abs(value) >= 100 ? Math.round(value) : Math.round(value * 10) / 10
}
