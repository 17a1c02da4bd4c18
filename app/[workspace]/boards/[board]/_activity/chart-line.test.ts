import { expect, test } from 'vitest'
import { chartLine } from './chart-line'

const box = { width: 100, height: 100, top: 0 }
const day = (on: string, value: number) => ({ on, value })

test('days keep their distance, values stand between zero and the target', () => {
  const line = chartLine(
    [day('2026-07-01', 0), day('2026-07-02', 5), day('2026-07-11', 10)],
    { baseline: 0, target: 20 },
    box,
  )
  expect(line.points).toEqual([
    { x: 0, y: 100 },
    { x: 10, y: 75 },
    { x: 100, y: 50 },
  ])
  expect(line.target).toBe(0)
})

test('far above zero the line does not begin there, and below zero it may go', () => {
  const far = chartLine(
    [day('2026-07-01', 90), day('2026-07-02', 100)],
    { baseline: null, target: null },
    box,
  )
  expect(far.points[0]?.y).toBeLessThan(100)
  expect(far.target).toBeNull()
  const below = chartLine(
    [day('2026-07-01', -10), day('2026-07-02', 10)],
    { baseline: null, target: null },
    box,
  )
  expect(below.points.map(({ y }) => y)).toEqual([80, 0])
})

test('one reading is a point, and equal ones are a level line', () => {
  expect(chartLine([day('2026-07-01', 7)], { baseline: null, target: null }, box).points).toHaveLength(1)
  const level = chartLine([day('2026-07-01', 7), day('2026-07-01', 7)], { baseline: 7, target: 7 }, box)
  for (const { x, y } of level.points) expect([Number.isFinite(x), Number.isFinite(y)]).toEqual([true, true])
})
