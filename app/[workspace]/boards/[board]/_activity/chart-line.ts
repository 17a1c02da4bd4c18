/** A small chart's geometry, in its own units. */
export interface ChartLine {
  readonly points: readonly { readonly x: number; readonly y: number }[]
  /** Height of the target; null: none. */
  readonly target: number | null
  readonly zero: number
}

export interface ChartBox {
  readonly width: number
  readonly height: number
  /** Room above the highest value. */
  readonly top: number
}

/**
 * Readings by day as a line: the days to their distance, the values between the lowest and the highest of them, the
 * baseline and the target; from zero where that is near. With one value there is a point and no line.
 */
export function chartLine(
  values: readonly { readonly on: string; readonly value: number }[],
  given: { readonly baseline: number | null; readonly target: number | null },
  box: ChartBox,
): ChartLine {
  const numbers = [
    ...values.map(({ value }) => value),
    ...[given.baseline, given.target].flatMap((value) => value ?? []),
  ]
  const high = Math.max(...numbers)
  const least = Math.min(...numbers)
  // From zero where that is near; a line far above it would lie flat under its target.
  const low = least >= 0 && least < high / 2 ? 0 : least - (high - least) * 0.25
  const range = high - low || 1
  const y = (value: number) => round(box.top + (1 - (value - low) / range) * (box.height - box.top))
  const days = values.map(({ on }) => Date.parse(`${on}T12:00:00Z`))
  const first = days[0] ?? 0
  const span = (days.at(-1) ?? first) - first
  return {
    points: values.map(({ value }, i) => ({
      x: span === 0 ? 0 : round((((days[i] ?? first) - first) / span) * box.width),
      y: y(value),
    })),
    target: given.target === null ? null : y(given.target),
    zero: box.height,
  }
}

const round = (value: number) => Math.round(value * 10) / 10
