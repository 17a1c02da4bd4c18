/** A day on the calendar, without a time or a zone. */
export interface Day {
  readonly year: number
  /** 1 to 12. */
  readonly month: number
  readonly day: number
}

/** The day it is at an instant (milliseconds since 1970) for somebody in a time zone. */
export function dayAt(instant: number, zone: string): Day {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(instant)
  const read = (type: string) => Number(parts.find((part) => part.type === type)?.value)
  return { year: read('year'), month: read('month'), day: read('day') }
}

/** Noon of the day in UTC, for writing it with `timeZone: 'UTC'`: no zone's midnight is near. */
export function noonOf({ year, month, day }: Day): number {
  return Date.UTC(year, month - 1, day, 12)
}

/** Whole days from one day to another. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((noonOf(to) - noonOf(from)) / 86_400_000)
}
