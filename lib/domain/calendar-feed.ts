import type { DayText } from './day-text'
import { addDays } from './day-text'

/** A whole day in somebody's calendar. */
export interface FeedEvent {
  /** Stable, so that a calendar moves the entry instead of adding one. */
  readonly id: string
  readonly on: DayText
  readonly title: string
  readonly about: string
  readonly link: string
  /** Goes up when the event changes. */
  readonly revision: number
}

/** Calendars read a feed now and then, and show what they read until then. */
export const FEED_REFRESH = 'PT1H'

/**
 * A calendar as RFC 5545 wants it: CRLF, lines of at most 75 octets, text escaped, whole days without a zone. `now`: when
 * it was written, ISO.
 */
export function writeCalendar(
  calendar: { readonly name: string; readonly host: string; readonly now: string },
  events: readonly FeedEvent[],
): string {
  const stamp = calendar.now.replace(/[-:]/g, '').replace(/\.\d+/, '')
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Throughline//Reviews and due days//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `NAME:${escaped(calendar.name)}`,
    `X-WR-CALNAME:${escaped(calendar.name)}`,
    `REFRESH-INTERVAL;VALUE=DURATION:${FEED_REFRESH}`,
    `X-PUBLISHED-TTL:${FEED_REFRESH}`,
    ...events.flatMap((event) => [
      'BEGIN:VEVENT',
      `UID:${event.id}@${calendar.host}`,
      `DTSTAMP:${stamp}`,
      `DTSTART;VALUE=DATE:${compact(event.on)}`,
      // The end of a whole day is the day after: it is not part of it.
      `DTEND;VALUE=DATE:${compact(addDays(event.on, 1))}`,
      `SUMMARY:${escaped(event.title)}`,
      ...(event.about === '' ? [] : [`DESCRIPTION:${escaped(event.about)}`]),
      `URL:${event.link}`,
      `SEQUENCE:${event.revision}`,
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ]
  return `${lines.map(folded).join('\r\n')}\r\n`
}

const compact = (day: DayText) => day.replaceAll('-', '')

function escaped(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/\p{Cc}/gu, (sign) => (sign === '\n' ? sign : ' '))
    .replace(/[\\;,]/g, (sign) => `\\${sign}`)
    .replaceAll('\n', '\\n')
}

/** Longer lines go on in the next one behind a space. Octets are counted, and no sign is cut in two. */
function folded(line: string): string {
  const encoder = new TextEncoder()
  let out = ''
  let octets = 0
  for (const sign of line) {
    const size = encoder.encode(sign).length
    if (octets + size > 75) {
      out += '\r\n '
      octets = 1
    }
    out += sign
    octets += size
  }
  return out
}
