import { expect, test } from 'vitest'
import { cycleDays } from './cycle'
import { type Standing, stale, standingOf } from './measure'

const base = { direction: 'up', start: 10, target: 20, value: 15, gone: 0.5 } as const

test('a measure stands by how far it has come on the way its quarter asks for', () => {
  const cases: [Partial<Parameters<typeof standingOf>[0]>, Standing][] = [
    [{}, 'on_track'],
    [{ value: 13 }, 'behind'],
    // Four fifths of the pace is enough.
    [{ value: 14 }, 'on_track'],
    [{ value: 9 }, 'away'],
    [{ value: 20 }, 'reached'],
    [{ value: null }, 'unread'],
    [{ target: null }, 'no_target'],
    [{ start: null }, 'behind'],
    // It began beyond the target and lost it: not "away", for there was no way to go.
    [{ start: 25, value: 19 }, 'behind'],
    [{ direction: 'down', start: 30, target: 20, value: 24 }, 'on_track'],
    [{ direction: 'down', start: 30, target: 20, value: 31 }, 'away'],
    [{ direction: 'down', start: 30, target: 20, value: 19 }, 'reached'],
  ]
  for (const [given, standing] of cases)
    expect(standingOf({ ...base, ...given }), JSON.stringify(given)).toBe(standing)
})

test('a quarter has its first and last day, in any fiscal year', () => {
  expect(cycleDays('2026-Q3', 1)).toEqual({ first: '2026-07-01', last: '2026-09-30' })
  expect(cycleDays('2026-Q4', 4)).toEqual({ first: '2027-01-01', last: '2027-03-31' })
  expect(cycleDays('2027-Q4', 12)).toEqual({ first: '2028-09-01', last: '2028-11-30' })
})

test('a weekly measure is forgotten after ten days', () => {
  expect(stale('weekly', '2026-08-04', '2026-08-14')).toBe(false)
  expect(stale('weekly', '2026-08-03', '2026-08-14')).toBe(true)
  expect(stale('quarterly', '2026-05-14', '2026-08-14')).toBe(false)
})
