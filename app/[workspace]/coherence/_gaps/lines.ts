import { scaleLinear, scaleUtc } from 'd3-scale'
import { curveStepAfter, line } from 'd3-shape'
import type { GapPoint } from '@/lib/domain/coherence/gap-tracker'
import type { DayText } from '@/lib/domain/day-text'

export interface Frame {
  readonly width: number
  readonly height: number
  readonly top: number
  readonly right: number
  readonly bottom: number
  readonly left: number
}

export interface Lines {
  /** Work rises in steps: an activity is done or it is not. */
  readonly work: string
  readonly closed: string
  /** Between the two, closed. */
  readonly between: string
  readonly ends: { readonly x: number; readonly work: number; readonly closed: number }
  readonly levels: readonly { readonly share: number; readonly y: number }[]
  readonly days: readonly { readonly on: DayText; readonly x: number }[]
}

const noon = (day: DayText) => Date.parse(`${day}T12:00:00Z`)
const round = (n: number) => Math.round(n * 10) / 10

/** Work done against gap closed as two lines. Null: too few readings for a line. */
export function linesOf(series: readonly GapPoint[], frame: Frame): Lines | null {
  const [first, last] = [series[0], series.at(-1)]
  if (!first || !last || first === last) return null
  const lowest = Math.min(0, ...series.map(({ closed }) => closed))
  const highest = Math.max(1, ...series.map(({ closed }) => closed))
  const x = scaleUtc()
    .domain([noon(first.on), noon(last.on)])
    .range([frame.left, frame.width - frame.right])
  // Beyond 150 % it does not matter how far: the other line would be flat.
  const y = scaleLinear()
    .domain([Math.max(-0.5, lowest), Math.min(1.5, highest)])
    .range([frame.height - frame.bottom, frame.top])
    .clamp(true)
  const points = series.map(({ on, work, closed }) => ({
    x: round(x(noon(on))),
    work: round(y(work)),
    closed: round(y(closed)),
  }))
  const stepped = points.flatMap((point, i): [number, number][] => {
    const before = points[i - 1]
    return before
      ? [
          [point.x, before.work],
          [point.x, point.work],
        ]
      : [[point.x, point.work]]
  })
  const back = points.map((point): [number, number] => [point.x, point.closed]).reverse()
  const end = points.at(-1) ?? { x: 0, work: 0, closed: 0 }
  return {
    work:
      line<(typeof points)[number]>()
        .x((point) => point.x)
        .y((point) => point.work)
        .curve(curveStepAfter)(points) ?? '',
    closed:
      line<(typeof points)[number]>()
        .x((point) => point.x)
        .y((point) => point.closed)(points) ?? '',
    between: `${line()([...stepped, ...back]) ?? ''}Z`,
    ends: end,
    levels: [0, 0.5, 1].map((share) => ({ share, y: round(y(share)) })),
    days: [
      { on: first.on, x: frame.left },
      { on: last.on, x: frame.width - frame.right },
    ],
  }
}

/** Where two labels stand so that neither covers the other. */
export function apart(one: number, other: number, least: number): readonly [number, number] {
  const gap = Math.abs(one - other)
  if (gap >= least) return [one, other]
  const push = (least - gap) / 2
  return one <= other ? [one - push, other + push] : [one + push, other - push]
}
