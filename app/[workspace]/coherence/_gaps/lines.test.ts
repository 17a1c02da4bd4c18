import { expect, test } from 'vitest'
import { apart, linesOf } from './lines'

const frame = { width: 200, height: 100, top: 10, right: 20, bottom: 10, left: 20 }

test('draws work in steps and what has closed as a line, within the frame', () => {
  const lines = linesOf(
    [
      { on: '2026-07-01', work: 0, closed: 0 },
      { on: '2026-08-01', work: 0.5, closed: 0.05 },
      { on: '2026-09-01', work: 1, closed: 0.1 },
    ],
    frame,
  )
  expect(lines?.ends).toEqual({ x: 180, work: 10, closed: 82 })
  expect(lines?.work.match(/L/g)?.length).toBeGreaterThanOrEqual(4)
  expect(lines?.levels.map(({ y }) => y)).toEqual([90, 50, 10])
})

test('what went the wrong way or far beyond stays in the frame', () => {
  const lines = linesOf(
    [
      { on: '2026-07-01', work: 0, closed: -9 },
      { on: '2026-08-01', work: 1, closed: 9 },
    ],
    frame,
  )
  expect(lines?.ends.closed).toBe(10)
  expect(lines?.closed).toMatch(/^M20,90/)
})

test('one reading is no line', () => {
  expect(linesOf([{ on: '2026-07-01', work: 0, closed: 0 }], frame)).toBeNull()
  expect(linesOf([], frame)).toBeNull()
})

test.each([
  [10, 50, [10, 50]],
  [10, 12, [4, 18]],
  [12, 10, [18, 4]],
])('labels at %d and %d', (one, other, to) => {
  expect(apart(one, other, 14)).toEqual(to)
})
