import { type DayText, daysFromTo } from '@/lib/domain/day-text'

interface Value {
  readonly on: DayText
  readonly value: number
}

const SIZE = { width: 190, height: 44, right: 10, pad: 5 }

/** A quarter of a measure as a small picture: its line, where it ends, the sealed target and the one that moved. */
export function thirteenWeeks(given: {
  readonly first: DayText
  readonly last: DayText
  readonly readings: readonly Value[]
  readonly sealed: number | null
  readonly moved: number | null
}): {
  readonly width: number
  readonly height: number
  readonly path: string
  readonly end: { readonly x: number; readonly y: number } | null
  readonly sealed: number | null
  readonly moved: number | null
  readonly values: readonly Value[]
} | null {
  const { first, last, readings, sealed, moved } = given
  const inside = readings.filter(({ on }) => on >= first && on <= last)
  const before = readings.filter(({ on }) => on < first).at(-1)
  // Where it came from: without it a quarter with one value is a dot.
  const values = before ? [{ on: first, value: before.value }, ...inside] : inside
  const levels = [...values.map(({ value }) => value), sealed, moved].filter((one) => one !== null)
  if (levels.length === 0) return null
  const [low, high] = [Math.min(...levels), Math.max(...levels)]
  const y = (value: number) =>
    high === low
      ? SIZE.height / 2
      : tenth(SIZE.height - SIZE.pad - ((value - low) / (high - low)) * (SIZE.height - 2 * SIZE.pad))
  const days = Math.max(1, daysFromTo(first, last))
  const x = (on: DayText) => tenth((daysFromTo(first, on) / days) * (SIZE.width - SIZE.right))
  const points = values.map(({ on, value }) => ({ x: x(on), y: y(value) }))
  return {
    width: SIZE.width,
    height: SIZE.height,
    path: points.length < 2 ? '' : points.map((at, i) => `${i === 0 ? 'M' : 'L'}${at.x} ${at.y}`).join(''),
    end: points.at(-1) ?? null,
    sealed: sealed === null ? null : y(sealed),
    moved: moved === null ? null : y(moved),
    values,
  }
}

const tenth = (n: number) => Math.round(n * 10) / 10

/** Work done and gap closed over time, as two lines from the left to the right of a picture. */
export function twoLines(
  series: readonly { readonly on: DayText; readonly work: number; readonly closed: number }[],
  { width, height }: { readonly width: number; readonly height: number },
): { readonly work: string; readonly closed: string; readonly from: DayText; readonly to: DayText } | null {
  const [first, last] = [series[0], series.at(-1)]
  if (!first || !last || first === last) return null
  const days = Math.max(1, daysFromTo(first.on, last.on))
  const draw = (share: (point: (typeof series)[number]) => number) =>
    series
      .map((point, i) => {
        const x = tenth((daysFromTo(first.on, point.on) / days) * width)
        // What went the wrong way, or beyond, stays in the picture.
        const y = tenth(height - Math.min(1, Math.max(0, share(point))) * height)
        return `${i === 0 ? 'M' : 'L'}${x} ${y}`
      })
      .join('')
  return { work: draw(({ work }) => work), closed: draw(({ closed }) => closed), from: first.on, to: last.on }
}
