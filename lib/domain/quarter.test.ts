import { describe, expect, it } from 'vitest'
import { type Day, dayAt, daysBetween } from './calendar'
import { quarterOf, weeksOf } from './quarter'

const day = (text: string): Day => {
  const [year = 0, month = 0, date = 0] = text.split('-').map(Number)
  return { year, month, day: date }
}
const on = (text: string, yearStart = 1) => quarterOf(day(text), yearStart)

describe('quarterOf', () => {
  it('counts the day as people count it', () => {
    expect(on('2026-09-17')).toMatchObject({ quarter: 3, day: 79, days: 92, year: 2026 })
    expect(on('2026-07-01')).toMatchObject({ quarter: 3, day: 1 })
    expect(on('2026-09-30')).toMatchObject({ quarter: 3, day: 92, days: 92 })
    expect(on('2026-10-01')).toMatchObject({ quarter: 4, day: 1, days: 92 })
  })
  it('knows February', () => {
    expect(on('2026-03-31')).toMatchObject({ day: 90, days: 90, last: day('2026-03-31') })
    expect(on('2028-03-31')).toMatchObject({ day: 91, days: 91 })
    expect(on('2028-02-29')).toMatchObject({ day: 60 })
  })
  it('starts the year where the company does', () => {
    expect(on('2026-04-01', 4)).toMatchObject({ quarter: 1, day: 1, year: 2026 })
    expect(on('2026-03-31', 4)).toMatchObject({ quarter: 4, day: 90, year: 2025 })
    expect(on('2026-01-15', 11)).toMatchObject({
      quarter: 1,
      year: 2025,
      first: day('2025-11-01'),
      last: day('2026-01-31'),
    })
    expect(on('2026-12-31', 12)).toMatchObject({ quarter: 1, day: 31, last: day('2027-02-28') })
  })
  it('covers every day of four years once, for every start', () => {
    for (let start = 1; start <= 12; start++) {
      let before = quarterOf(day('2023-12-31'), start)
      for (let i = 0; i < 4 * 366; i++) {
        const date = new Date(Date.UTC(2024, 0, 1 + i))
        const now = quarterOf(
          { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() },
          start,
        )
        if (now.day === 1) {
          expect(before.day).toBe(before.days)
          expect(now.quarter).toBe((before.quarter % 4) + 1)
        } else {
          expect(now.day).toBe(before.day + 1)
          expect(now.first).toEqual(before.first)
        }
        expect(now.days).toBe(daysBetween(now.first, now.last) + 1)
        before = now
      }
    }
  })
})

describe('weeksOf', () => {
  it('names the days that begin another week', () => {
    const weeks = weeksOf(on('2026-09-17'))
    expect(weeks.slice(0, 2)).toEqual([8, 15])
    expect(weeks.at(-1)).toBe(92)
    expect(weeks).toHaveLength(13)
  })
})

describe('dayAt', () => {
  it('asks the calendar of the zone', () => {
    const instant = Date.parse('2026-09-30T17:30:00Z')
    expect(dayAt(instant, 'UTC')).toEqual(day('2026-09-30'))
    expect(dayAt(instant, 'Asia/Shanghai')).toEqual(day('2026-10-01'))
    expect(dayAt(instant, 'America/Los_Angeles')).toEqual(day('2026-09-30'))
  })
})
