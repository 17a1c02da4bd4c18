import { expect, test } from 'vitest'
import { thirteenWeeks, twoLines } from './thirteen-weeks'

const quarter = { first: '2026-07-01', last: '2026-09-30' }

test('a measure begins where it came from and ends at its last value of the quarter', () => {
  const drawn = thirteenWeeks({
    ...quarter,
    readings: [
      { on: '2026-06-20', value: 23 },
      { on: '2026-08-15', value: 20 },
      { on: '2026-09-30', value: 18 },
      { on: '2026-10-05', value: 3 },
    ],
    sealed: 14,
    moved: 18,
  })
  expect(drawn?.values.map(({ value }) => value)).toEqual([23, 20, 18])
  expect(drawn?.path).toMatch(/^M0 5L/)
  expect(drawn?.end).toEqual({ x: 180, y: drawn?.moved })
  // The lowest level lies at the foot.
  expect(drawn?.sealed).toBe(39)
})

test('one value is a dot, a level line lies in the middle, nothing at all is no picture', () => {
  const one = thirteenWeeks({
    ...quarter,
    readings: [{ on: '2026-08-15', value: 5 }],
    sealed: null,
    moved: null,
  })
  expect(one?.path).toBe('')
  expect(one?.end?.y).toBe(22)
  expect(thirteenWeeks({ ...quarter, readings: [], sealed: null, moved: null })).toBeNull()
})

test('two lines part: work rises, the gap stays', () => {
  const lines = twoLines(
    [
      { on: '2026-07-01', work: 0, closed: 0 },
      { on: '2026-09-30', work: 0.92, closed: -0.1 },
    ],
    { width: 200, height: 100 },
  )
  expect(lines?.work).toBe('M0 100L200 8')
  expect(lines?.closed).toBe('M0 100L200 100')
  expect(twoLines([{ on: '2026-07-01', work: 0, closed: 0 }], { width: 1, height: 1 })).toBeNull()
})
