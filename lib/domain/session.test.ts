import { expect, test } from 'vitest'
import { SESSION_IDLE, SESSION_MAX, sessionExpiry, touchSession } from './session'

const start = new Date('2026-01-01T08:00:00Z')
const at = (ms: number) => start.getTime() + ms

test('a session used every day ends 30 days after its last use', () => {
  expect(sessionExpiry(start, at(0)).getTime()).toBe(at(SESSION_IDLE))
  expect(sessionExpiry(start, at(86_400_000)).getTime()).toBe(at(SESSION_IDLE + 86_400_000))
})

test('no use carries it past 400 days', () => {
  expect(sessionExpiry(start, at(SESSION_MAX - 1000)).getTime()).toBe(at(SESSION_MAX))
})

test('being seen is written every five minutes at most', () => {
  const session = { createdAt: start, seenAt: start }
  expect(touchSession(session, at(299_999))).toBeNull()
  expect(touchSession(session, at(300_000))).toEqual({
    seenAt: new Date(at(300_000)),
    expiresAt: new Date(at(300_000 + SESSION_IDLE)),
  })
})

test('a clock that jumps back writes nothing', () => {
  expect(touchSession({ createdAt: start, seenAt: start }, at(-3_600_000))).toBeNull()
})
