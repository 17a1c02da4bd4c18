import { describe, expect, it } from 'vitest'
import { arrowPath, changeOf, dayAt, daysOf, moved, scaleOf, shapeOf, ticks, widthOf, xOf } from './timeline'

const today = '2026-08-14'
const dates = (start: string | null, due: string | null) => ({ start, due })

describe('scaleOf', () => {
  it('holds every day and today, begins with a month, and leaves room to drag into', () => {
    const scale = scaleOf([dates('2026-07-06', '2026-09-18')], today, 'months')
    expect(scale.from).toBe('2026-06-01')
    expect(dayAt(scale, widthOf(scale))).toBe('2026-11-02')
  })
  it('begins with a week where days are shown', () => {
    expect(scaleOf([], today, 'weeks', 1).from).toBe('2026-07-27')
    expect(scaleOf([], today, 'weeks', 7).from).toBe('2026-07-26')
  })
  it('is not stretched by a day of another age', () => {
    const scale = scaleOf([dates('1970-01-01', '2199-12-31')], today, 'quarters')
    expect(scale.days).toBeLessThan(100)
  })
})

describe('shapes', () => {
  const scale = scaleOf([dates('2026-07-06', '2026-09-18')], today, 'months')
  it('find the pixel of a day and back, over the change of clocks', () => {
    for (const day of ['2026-06-01', '2026-08-14', '2026-10-24', '2026-10-25', '2026-10-26'])
      expect(dayAt(scale, xOf(scale, day))).toBe(day)
  })
  it('are bars with both days in them, diamonds in the middle of a day, or nothing', () => {
    expect(shapeOf(scale, dates('2026-06-01', '2026-06-01'))).toEqual({
      kind: 'bar',
      x: 0,
      width: 8,
      open: false,
    })
    expect(shapeOf(scale, dates('2026-06-02', '2026-06-11'))).toEqual({
      kind: 'bar',
      x: 8,
      width: 80,
      open: false,
    })
    expect(shapeOf(scale, dates(null, '2026-06-02'))).toEqual({ kind: 'diamond', x: 12 })
    expect(shapeOf(scale, dates('2026-06-02', null))).toEqual({ kind: 'bar', x: 8, width: 56, open: true })
    expect(shapeOf(scale, dates(null, null))).toBeNull()
  })
})

describe('moved', () => {
  it('moves all of it, or one end, and never one end past the other', () => {
    const bar = dates('2026-08-10', '2026-08-20')
    expect(moved(bar, 'all', 3, today)).toEqual(dates('2026-08-13', '2026-08-23'))
    expect(moved(bar, 'start', -2, today)).toEqual(dates('2026-08-08', '2026-08-20'))
    expect(moved(bar, 'start', 40, today)).toEqual(dates('2026-08-20', '2026-08-20'))
    expect(moved(bar, 'due', 5, today)).toEqual(dates('2026-08-10', '2026-08-25'))
    expect(moved(bar, 'due', -40, today)).toEqual(dates('2026-08-10', '2026-08-10'))
  })
  it('takes what is there where the held part is not', () => {
    expect(moved(dates(null, '2026-08-20'), 'start', 2, today)).toEqual(dates(null, '2026-08-22'))
    expect(moved(dates('2026-08-20', null), 'due', 2, today)).toEqual(dates('2026-08-22', null))
  })
  it('gives what has no day a due day, from today', () => {
    expect(moved(dates(null, null), 'all', 7, today)).toEqual(dates(null, '2026-08-21'))
  })
})

describe('changeOf', () => {
  it('names only what differs', () => {
    expect(changeOf(dates('2026-08-10', '2026-08-20'), dates('2026-08-10', '2026-08-21'))).toEqual({
      due: '2026-08-21',
    })
    expect(changeOf(dates('2026-08-10', null), dates('2026-08-10', null))).toBeNull()
  })
})

describe('ticks', () => {
  const scale = scaleOf([dates('2026-07-06', '2026-09-18')], today, 'months')
  it('are months, weeks and the quarters of the company’s own year', () => {
    expect(ticks(scale, 'month').map(({ day }) => day.slice(5, 7))).toEqual([
      '06',
      '07',
      '08',
      '09',
      '10',
      '11',
    ])
    expect(ticks(scale, 'week', 1)[0]?.day).toBe('2026-06-01')
    expect(ticks(scale, 'quarter', 1).map(({ day }) => day)).toEqual([
      '2026-04-01',
      '2026-07-01',
      '2026-10-01',
    ])
    expect(ticks(scale, 'quarter', 2).map(({ day }) => day)).toEqual([
      '2026-05-01',
      '2026-08-01',
      '2026-11-01',
    ])
    expect(ticks(scale, 'quarter', 12).map(({ day }) => day)).toEqual(['2026-06-01', '2026-09-01'])
  })
  it('fill the scale without a gap', () => {
    for (const of of ['day', 'week', 'month', 'quarter'] as const) {
      const list = ticks(scale, of)
      expect(list[0]?.x).toBe(0)
      expect(list.reduce((sum, { width }) => sum + width, 0)).toBeCloseTo(widthOf(scale))
    }
  })
})

describe('arrows', () => {
  it('go straight, by two corners, or around the left', () => {
    expect(arrowPath({ x: 0, y: 10 }, { x: 50, y: 10 })).toBe('M0 10H50')
    expect(arrowPath({ x: 0, y: 10 }, { x: 50, y: 80 })).toBe('M0 10H6q4 0 4 4V76q0 4 4 4H50')
    expect(arrowPath({ x: 60, y: 10 }, { x: 50, y: 80 })).toContain('H44q-4 0 -4 4')
    expect(arrowPath({ x: 60, y: 80 }, { x: 50, y: 10 })).toMatch(/H50$/)
  })
})

it('daysOf rounds to the nearest day', () => {
  const scale = scaleOf([], today, 'months')
  expect([daysOf(scale, 3), daysOf(scale, 5), daysOf(scale, -12)]).toEqual([0, 1, -1])
})
