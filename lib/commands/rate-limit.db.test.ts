import { afterAll, beforeAll, expect, test } from 'vitest'
import { Refusal } from '@/lib/domain/refusal'
import { type House, house } from '@/lib/testing/builders'
import { limit, limitAll, limitKey } from './rate-limit'
import { sweepExpired } from './sweep-expired'

let at: House
beforeAll(async () => {
  at = await house()
})
afterAll(() => at.close())

const three = { max: 3, seconds: 60 }

async function seconds(work: Promise<unknown>): Promise<unknown> {
  const refused = await work.then(
    () => null,
    (error: unknown) => error,
  )
  if (!(refused instanceof Refusal)) throw refused ?? new Error('was not refused')
  expect(refused.code).toBe('rate_limited')
  return refused.detail.seconds
}

test('counts down, refuses with the seconds that are left, and opens again', async () => {
  const now = Date.UTC(2026, 0, 1)
  expect(await limit(at.store, 'a', three, now)).toBe(2)
  expect(await limit(at.store, 'a', three, now + 10_000)).toBe(1)
  expect(await limit(at.store, 'a', three, now + 20_000)).toBe(0)
  expect(await seconds(limit(at.store, 'a', three, now + 20_500))).toBe(40)
  expect(await seconds(limit(at.store, 'a', three, now + 59_999))).toBe(1)
  expect(await limit(at.store, 'a', three, now + 60_000)).toBe(2)
})

test('keys do not touch each other', async () => {
  const now = Date.UTC(2026, 0, 2)
  for (let i = 0; i < 3; i++) await limit(at.store, 'b', three, now)
  expect(await limit(at.store, 'c', three, now)).toBe(2)
})

test('forty at once on several connections: exactly three pass', async () => {
  const now = Date.UTC(2026, 0, 3)
  const tries = await Promise.allSettled(Array.from({ length: 40 }, () => limit(at.store, 'd', three, now)))
  expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(3)
})

test('the same keys in another order never wait for each other in a circle', async () => {
  const now = Date.UTC(2026, 0, 4)
  const wide = { max: 1000, seconds: 60 }
  const tries = Array.from({ length: 40 }, (_, i) => {
    const keys = i % 2 ? ['x', 'y', 'z'] : ['z', 'y', 'x']
    return limitAll(
      at.store,
      keys.map((key) => [key, wide] as const),
      now,
    )
  })
  await Promise.all(tries)
  expect(await limitAll(at.store, [['x', wide]], now)).toEqual([1000 - 41])
})

test('all are counted, also when one refuses; the longest wait is said', async () => {
  const now = Date.UTC(2026, 0, 5)
  const one = { max: 1, seconds: 30 }
  const hour = { max: 1, seconds: 3600 }
  expect(
    await limitAll(
      at.store,
      [
        ['e', one],
        ['f', hour],
      ],
      now,
    ),
  ).toEqual([0, 0])
  expect(
    await seconds(
      limitAll(
        at.store,
        [
          ['e', one],
          ['f', hour],
        ],
        now,
      ),
    ),
  ).toBe(3600)
  // The minute's window has closed and counts again; the hour's refuses all the same.
  expect(
    await seconds(
      limitAll(
        at.store,
        [
          ['e', one],
          ['f', hour],
        ],
        now + 31_000,
      ),
    ),
  ).toBe(3569)
  expect(await seconds(limit(at.store, 'e', one, now + 31_000))).toBe(30)
})

test('keys keep nobody’s address', () => {
  const key = limitKey('sign-in', 'ines@parstock.example', '192.0.2.1')
  expect(key).toMatch(/^sign-in:[\w-]{43}$/)
  expect(limitKey('sign-in', 'a', 'b')).not.toBe(limitKey('sign-in', 'ab'))
})

test('windows long closed are swept, open ones stay', async () => {
  const now = Date.UTC(2026, 0, 10)
  await limit(at.store, 'old', three, now - 86_400_001)
  await limit(at.store, 'open', three, now - 1000)
  await sweepExpired(at.store, now)
  const rows = await at.store.sql<{ key: string }[]>`select key from rate_limits`
  expect(rows.map((row) => row.key)).toEqual(['open'])
})
