import { scaleLinear, scaleUtc } from 'd3-scale'
import { line } from 'd3-shape'
import { type Cycle, cycleDays, cycleOf, nextCycle } from '@/lib/domain/cycle'
import { addDays, type DayText } from '@/lib/domain/day-text'
import { type Target, targetFor } from '@/lib/domain/measure'

export interface Value {
  readonly on: DayText
  readonly value: number
}

export interface Frame {
  readonly width: number
  readonly height: number
  readonly top: number
  readonly right: number
  readonly bottom: number
  readonly left: number
}

/** One step of the target line: a quarter, and where it lies in the picture. */
export interface TargetStep {
  readonly cycle: Cycle
  readonly value: number
  readonly x1: number
  readonly x2: number
  readonly y: number
}

export interface Shape {
  /** The readings as the `d` of a path; empty for fewer than two. */
  readonly path: string
  readonly points: readonly (Value & { readonly x: number; readonly y: number })[]
  readonly targets: readonly TargetStep[]
  readonly yTicks: readonly { readonly value: number; readonly y: number }[]
  /** First days of months. */
  readonly months: readonly { readonly at: number; readonly x: number }[]
  /** Where quarters begin. */
  readonly quarters: readonly { readonly cycle: Cycle; readonly x: number; readonly width: number }[]
  readonly baseline: { readonly value: number; readonly x: number; readonly y: number } | null
  readonly today: number | null
}

/** Two quarters ahead say enough of where it should go. */
const MOST_QUARTERS = 40

/**
 * A measure as a picture: pure numbers, so that the server draws it and a test reads it. Days lie at their noon, so
 * that no zone moves them.
 */
export function shapeOf(given: {
  readonly readings: readonly Value[]
  readonly targets: readonly Target[]
  readonly baseline: number | null
  readonly baselineOn: DayText | null
  readonly today: DayText
  readonly yearStart: number
  readonly frame: Frame
}): Shape {
  const { readings, baseline, baselineOn, today, yearStart, frame } = given
  const now = cycleDays(cycleOf(today, yearStart), yearStart)
  const days = [
    now.first,
    now.last,
    ...readings.map(({ on }) => on),
    ...(baseline === null || baselineOn === null ? [] : [baselineOn]),
  ].sort()
  const [first = now.first, last = now.last] = [days[0], days.at(-1)]
  const x = scaleUtc()
    .domain([noon(first), noon(last)])
    .range([frame.left, frame.width - frame.right])
  const quarters = quartersFrom(first, last, yearStart)
  const steps = quarters.flatMap((cycle) => {
    const value = targetFor(given, cycle)
    return value === null ? [] : [{ cycle, value, days: cycleDays(cycle, yearStart) }]
  })
  const values = [
    ...readings.map(({ value }) => value),
    ...steps.map(({ value }) => value),
    ...(baseline === null ? [] : [baseline]),
  ]
  const [low, high] = [Math.min(...values), Math.max(...values)]
  // A line that never moves lies in the middle; nothing at all has an axis of its own.
  const pad = high === low ? Math.abs(high) * 0.1 || 1 : (high - low) * 0.06
  const y = scaleLinear()
    .domain(values.length === 0 ? [0, 1] : [low - pad, high + pad])
    .nice(4)
    .range([frame.height - frame.bottom, frame.top])
  const points = readings.map(({ on, value }) => ({ on, value, x: round(x(noon(on))), y: round(y(value)) }))
  const inside = (day: DayText) => round(Math.min(x.range()[1] ?? 0, Math.max(frame.left, x(noon(day)))))
  return {
    path:
      points.length < 2
        ? ''
        : (line<{ x: number; y: number }>()
            .x((point) => point.x)
            .y((point) => point.y)(points) ?? ''),
    points,
    targets: steps.map(({ cycle, value, days }) => ({
      cycle,
      value,
      x1: inside(days.first),
      x2: inside(days.last),
      y: round(y(value)),
    })),
    yTicks: y.ticks(4).map((value) => ({ value, y: round(y(value)) })),
    months: monthsFrom(first, last).map((day) => ({ at: noon(day), x: round(x(noon(day))) })),
    quarters: quarters.map((cycle) => {
      const days = cycleDays(cycle, yearStart)
      return { cycle, x: inside(days.first), width: round(inside(days.last) - inside(days.first)) }
    }),
    baseline:
      baseline === null ? null : { value: baseline, x: inside(baselineOn ?? first), y: round(y(baseline)) },
    today: today >= first && today <= last ? round(x(noon(today))) : null,
  }
}

/** The last values small, as a card or a row carries them; the target is a level. Null: nothing to draw. */
export function sparkOf(
  values: readonly Value[],
  target: number | null,
  { width, height }: { readonly width: number; readonly height: number },
): {
  readonly path: string
  readonly end: { readonly x: number; readonly y: number } | null
  readonly target: number | null
} | null {
  if (values.length === 0 && target === null) return null
  const all = [...values.map(({ value }) => value), ...(target === null ? [] : [target])]
  const y = scaleLinear()
    .domain([Math.min(...all), Math.max(...all)])
    .range([height - 3, 3])
  const at = (value: number) => round(Math.min(...all) === Math.max(...all) ? height / 2 : y(value))
  const x = scaleUtc()
    .domain([noon(values[0]?.on ?? '1970-01-01'), noon(values.at(-1)?.on ?? '1970-01-02')])
    .range([1, width - 4])
  const points = values.map(({ on, value }): [number, number] => [
    values.length === 1 ? width - 4 : round(x(noon(on))),
    at(value),
  ])
  const end = points.at(-1)
  return {
    path: points.length < 2 ? '' : (line()(points) ?? ''),
    end: end ? { x: end[0], y: end[1] } : null,
    target: target === null ? null : at(target),
  }
}

function quartersFrom(first: DayText, last: DayText, yearStart: number): Cycle[] {
  const cycles = [cycleOf(first, yearStart)]
  const until = cycleOf(last, yearStart)
  for (let at = cycles[0] ?? until; at < until && cycles.length < MOST_QUARTERS; ) {
    at = nextCycle(at)
    cycles.push(at)
  }
  return cycles
}

/** First days of months, at most about ten: every one, every third, or every year's. */
function monthsFrom(first: DayText, last: DayText): DayText[] {
  const all: DayText[] = []
  let [year = 0, month = 1] = first.split('-').map(Number)
  for (;;) {
    month += 1
    if (month > 12) {
      month = 1
      year += 1
    }
    const day = `${year}-${String(month).padStart(2, '0')}-01`
    // The name needs room to the right of its mark.
    if (addDays(day, 8) > last) break
    all.push(day)
  }
  const step = all.length <= 12 ? 1 : all.length <= 36 ? 3 : 12
  return all.filter((day) => (Number(day.slice(5, 7)) - 1) % step === 0)
}

const noon = (day: DayText) => Date.parse(`${day}T12:00:00Z`)

/** Tenths of a pixel: more is only more to send. */
const round = (n: number) => Math.round(n * 10) / 10
