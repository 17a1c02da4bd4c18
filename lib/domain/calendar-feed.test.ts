import { expect, test } from 'vitest'
import { type FeedEvent, writeCalendar } from './calendar-feed'

const event = (over: Partial<FeedEvent> = {}): FeedEvent => ({
  id: 'rev_1',
  on: '2026-12-31',
  title: 'Review of Q4',
  about: '',
  link: 'https://example.com/w/reviews/rev_1',
  revision: 3,
  ...over,
})
const write = (...events: FeedEvent[]) =>
  writeCalendar({ name: 'Ladleworks', host: 'example.com', now: '2026-08-14T09:00:00.000Z' }, events)

test('a whole day ends the day after, at the turn of the year too', () => {
  const text = write(event())
  expect(text).toContain('DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n')
  expect(text).toContain('DTSTAMP:20260814T090000Z\r\n')
  expect(text).toContain('UID:rev_1@example.com\r\n')
  expect(text.startsWith('BEGIN:VCALENDAR\r\nVERSION:2.0\r\n')).toBe(true)
  expect(text.endsWith('END:VEVENT\r\nEND:VCALENDAR\r\n')).toBe(true)
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
})

test('what would end a value is escaped, and nothing else can get in', () => {
  const text = write(event({ title: 'a, b; c\\d', about: 'one\r\nEND:VCALENDAR\u0007' }))
  expect(text).toContain('SUMMARY:a\\, b\\; c\\\\d\r\n')
  expect(text).toContain('DESCRIPTION:one\\nEND:VCALENDAR \r\n')
})

test('no line is longer than 75 octets, no sign is cut, and unfolding gives the text back', () => {
  const title = '勺知科技的季度复盘：'.repeat(12) + '😀'.repeat(30)
  const text = write(event({ title }))
  for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
  expect(text).not.toContain('\ufffd')
  expect(text.replaceAll('\r\n ', '')).toContain(`SUMMARY:${title}\r\n`)
})
