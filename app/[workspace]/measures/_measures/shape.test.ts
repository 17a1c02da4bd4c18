import { expect, test } from 'vitest'
import { shapeOf, sparkOf } from './shape'

const frame = { width: 800, height: 300, top: 20, right: 40, bottom: 30, left: 50 }
const base = { targets: [], baseline: null, baselineOn: null, today: '2026-08-14', yearStart: 1, frame }

test('readings lie in time from left to right, higher values higher', () => {
  const { points, path, today } = shapeOf({
    ...base,
    readings: [
      { on: '2026-07-01', value: 10 },
      { on: '2026-07-31', value: 30 },
      { on: '2026-08-10', value: 20 },
    ],
  })
  expect(points[0]?.x).toBe(frame.left)
  const [a, b, c] = points
  expect(a && b && c && a.x < b.x && b.x < c.x && a.y > c.y && c.y > b.y).toBe(true)
  // Thirty days are three times ten, whatever month they lie in.
  expect(((b?.x ?? 0) - (a?.x ?? 0)) / ((c?.x ?? 0) - (b?.x ?? 0))).toBeCloseTo(3, 1)
  expect(path.match(/[ML]/g)).toHaveLength(3)
  expect(today).toBeGreaterThan(c?.x ?? 0)
})

test('the target is one step per quarter; a quarter without one keeps the last', () => {
  const { targets, quarters } = shapeOf({
    ...base,
    readings: [{ on: '2026-01-04', value: 10 }],
    targets: [
      { cycle: '2026-Q1', value: 12 },
      { cycle: '2026-Q3', value: 20 },
    ],
  })
  expect(targets.map(({ cycle, value }) => [cycle, value])).toEqual([
    ['2026-Q1', 12],
    ['2026-Q2', 12],
    ['2026-Q3', 20],
  ])
  expect(targets[2]?.x2).toBe(frame.width - frame.right)
  expect(quarters.map(({ cycle }) => cycle)).toEqual(['2026-Q1', '2026-Q2', '2026-Q3'])
})

test('a fiscal year that begins in April has its quarters there', () => {
  const { quarters } = shapeOf({ ...base, yearStart: 4, readings: [{ on: '2026-03-20', value: 1 }] })
  expect(quarters.map(({ cycle }) => cycle)).toEqual(['2025-Q4', '2026-Q1', '2026-Q2'])
})

test('nothing, one value and a flat line are drawn inside the frame', () => {
  for (const readings of [
    [],
    [{ on: '2026-08-01', value: 7 }],
    [
      { on: '2026-08-01', value: 0 },
      { on: '2026-08-08', value: 0 },
    ],
  ]) {
    const { points, yTicks, path } = shapeOf({ ...base, readings })
    expect(yTicks.length).toBeGreaterThan(1)
    for (const { x, y } of points)
      expect(x >= frame.left && x <= 760 && y >= frame.top && y <= 270).toBe(true)
    expect(path).not.toContain('NaN')
  }
})

test('ten years of readings have few marks of time', () => {
  const readings = Array.from({ length: 120 }, (_, n) => ({
    on: `${2016 + Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, '0')}-01`,
    value: n,
  }))
  const { months } = shapeOf({ ...base, readings })
  expect(months.length).toBeLessThanOrEqual(12)
  expect(months.every(({ at }) => new Date(at).getUTCMonth() === 0)).toBe(true)
})

test('a sparkline ends in its last value and keeps target and values inside', () => {
  const spark = sparkOf(
    [
      { on: '2026-08-01', value: 1 },
      { on: '2026-08-08', value: 3 },
    ],
    9,
    { width: 72, height: 22 },
  )
  expect(spark).toMatchObject({ end: { x: 68 }, target: 3 })
  expect(sparkOf([], null, { width: 72, height: 22 })).toBeNull()
  expect(sparkOf([{ on: '2026-08-01', value: 5 }], null, { width: 72, height: 22 })).toMatchObject({
    path: '',
    end: { x: 68, y: 11 },
  })
})
