import { describe, expect, it } from 'vitest'
import { ago, formatBytes, formatList, formatMoment, formatNumber } from './time'

const now = Date.parse('2026-09-17T12:00:00Z')
const at = (iso: string) => Date.parse(iso)
const near = (language: 'en' | 'zh', iso: string, zone = 'UTC') =>
  formatMoment(language, 'near', at(iso), { now, zone })

describe('formatMoment', () => {
  it('writes the near past by what helps most', () => {
    expect(near('en', '2026-09-17T11:05:00Z')).toBe('11:05')
    expect(near('en', '2026-09-16T23:59:00Z')).toBe('yesterday')
    expect(near('en', '2026-09-15T08:00:00Z')).toBe('Tue')
    expect(near('en', '2026-07-02T08:00:00Z')).toBe('2 Jul')
    expect(near('en', '2025-07-02T08:00:00Z')).toBe('2 Jul 2025')
    expect(near('zh', '2026-09-17T11:05:00Z')).toBe('11:05')
    expect(near('zh', '2026-09-16T08:00:00Z')).toBe('昨天')
    expect(near('zh', '2026-09-15T08:00:00Z')).toBe('周二')
    expect(near('zh', '2026-07-02T08:00:00Z')).toBe('7月2日')
    expect(near('zh', '2025-07-02T08:00:00Z')).toBe('2025年7月2日')
  })
  it('counts days on the calendar of the reader', () => {
    expect(near('en', '2026-09-16T17:00:00Z', 'Asia/Shanghai')).toBe('01:00')
    expect(near('en', '2026-09-17T01:00:00Z', 'America/Los_Angeles')).toBe('yesterday')
  })
  it('writes midnight as 00', () => {
    expect(formatMoment('en', 'time', at('2026-09-17T00:05:00Z'), { now, zone: 'UTC' })).toBe('00:05')
    expect(formatMoment('zh', 'time', at('2026-09-17T00:05:00Z'), { now, zone: 'UTC' })).toBe('00:05')
  })
  it('writes whole dates', () => {
    expect(formatMoment('en', 'date', now, { now, zone: 'UTC' })).toBe('17 September 2026')
    expect(formatMoment('zh', 'date', now, { now, zone: 'UTC' })).toBe('2026年9月17日')
    expect(formatMoment('en', 'day', now, { now, zone: 'UTC' })).toBe('17 September')
  })
})

describe('ago', () => {
  it('grows coarser with time', () => {
    expect(ago('en', now - 20_000, now)).toBe('just now')
    expect(ago('zh', now - 20_000, now)).toBe('刚刚')
    expect(ago('en', now - 5 * 60_000, now)).toBe('5 minutes ago')
    expect(ago('zh', now - 5 * 60_000, now)).toBe('5分钟前')
    expect(ago('en', now - 26 * 3_600_000, now)).toBe('yesterday')
    expect(ago('zh', now - 26 * 3_600_000, now)).toBe('昨天')
    expect(ago('en', now - 45 * 86_400_000, now)).toBe('last month')
    expect(ago('en', now - 400 * 86_400_000, now)).toBe('last year')
  })
  it('does not tell the future when another clock is ahead', () => {
    expect(ago('en', now + 90_000, now)).toBe('just now')
  })
})

describe('numbers and lists', () => {
  it('follows the language', () => {
    expect(formatNumber('en', 12345.6)).toBe('12,345.6')
    expect(formatNumber('zh', 0.92, { style: 'percent' })).toBe('92%')
    expect(formatList('en', ['Ines', 'Tomás', 'Priya'])).toBe('Ines, Tomás, and Priya')
    expect(formatList('zh', ['沈知行', '梁溪', '周予安'])).toBe('沈知行、梁溪和周予安')
    expect(formatBytes('en', 900)).toBe('900 byte')
    expect(formatBytes('en', 12_700)).toBe('12 kB')
    expect(formatBytes('en', 1_500_000)).toBe('1.4 MB')
  })
})
