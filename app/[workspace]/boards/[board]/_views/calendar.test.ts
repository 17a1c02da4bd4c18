import { describe, expect, it } from 'vitest'
import { entriesOf, onward, putOn, shownDay, weeksOf } from './calendar'
import { blank } from './card-for-tests'
import { weekday, weekOf, weekStart } from './say-days'

describe('weeks', () => {
  it('cover a month, from Monday or from Sunday', () => {
    const monday = weeksOf('2026-08-14', 'month', 1)
    expect(monday).toHaveLength(6)
    expect(monday[0]?.[0]).toBe('2026-07-27')
    expect(monday.at(-1)?.at(-1)).toBe('2026-09-06')
    const sunday = weeksOf('2026-08-14', 'month', 7)
    expect(sunday[0]?.[0]).toBe('2026-07-26')
    expect(sunday.at(-1)?.at(-1)).toBe('2026-09-05')
  })
  it('are four where February fits', () => expect(weeksOf('2027-02-10', 'month', 1)).toHaveLength(4))
  it('turn the year', () => {
    const weeks = weeksOf('2026-12-31', 'month', 1)
    expect(weeks[0]?.[0]).toBe('2026-11-30')
    expect(weeks.at(-1)?.at(-1)).toBe('2027-01-03')
  })
  it('are one for a week', () =>
    expect(weeksOf('2026-08-14', 'week', 1)).toEqual([
      ['2026-08-10', '2026-08-11', '2026-08-12', '2026-08-13', '2026-08-14', '2026-08-15', '2026-08-16'],
    ]))
  it('begin where the reader’s region begins them', () => {
    expect(weekStart('zh-CN')).toBe(1)
    expect(weekStart('de-DE')).toBe(1)
    expect(weekStart('en')).toBe(1)
    expect(weekStart(undefined)).toBe(1)
    expect(weekStart('not a locale')).toBe(1)
    expect(weekStart('en-US')).toBe(7)
    expect(weekday('2026-08-16')).toBe(7)
    expect(weekOf('2026-08-16', 7)).toBe('2026-08-16')
    expect(weekOf('2026-08-16', 1)).toBe('2026-08-10')
  })
})

describe('the day shown', () => {
  it('is what the address says, or today', () => {
    expect(shownDay('2026-05-01', '2026-08-14')).toBe('2026-05-01')
    expect(shownDay('2026-02-31', '2026-08-14')).toBe('2026-08-14')
    expect(shownDay(null, '2026-08-14')).toBe('2026-08-14')
  })
  it('goes on by months or weeks, never into the month after next', () => {
    expect(onward('2026-01-31', 'month', 1)).toBe('2026-02-01')
    expect(onward('2026-03-31', 'month', -1)).toBe('2026-02-01')
    expect(onward('2026-12-30', 'week', 1)).toBe('2027-01-06')
  })
})

describe('entries', () => {
  const cards = [
    blank({ id: 'act_1', start: '2026-08-10', due: '2026-08-14' }),
    blank({ id: 'act_2', start: '2026-08-14', due: '2026-08-14' }),
    blank({ id: 'act_3' }),
    blank({ id: 'act_4', start: '2026-08-14' }),
  ]
  const on = (starts: boolean, day: string) => (entriesOf(cards, starts).get(day) ?? []).map(({ key }) => key)
  it('are what is due, and what begins when asked for', () => {
    expect(on(false, '2026-08-14')).toEqual(['due act_1', 'due act_2'])
    expect(on(true, '2026-08-14')).toEqual(['due act_1', 'due act_2', 'start act_4'])
    expect(on(false, '2026-08-10')).toEqual([])
    expect(on(true, '2026-08-10')).toEqual(['start act_1'])
  })
})

describe('putOn', () => {
  const dates = { start: '2026-08-10', due: '2026-08-14' }
  it('moves the day that was taken', () => {
    expect(putOn(dates, 'due', 3, '2026-08-01')).toEqual({ start: '2026-08-10', due: '2026-08-17' })
    expect(putOn(dates, 'start', -3, '2026-08-01')).toEqual({ start: '2026-08-07', due: '2026-08-14' })
  })
  it('takes the other end along rather than stop at it', () => {
    expect(putOn(dates, 'due', -6, '2026-08-01')).toEqual({ start: '2026-08-04', due: '2026-08-08' })
    expect(putOn(dates, 'start', 6, '2026-08-01')).toEqual({ start: '2026-08-16', due: '2026-08-20' })
  })
})
