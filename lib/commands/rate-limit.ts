import { createHash } from 'node:crypto'
import type { Store } from '@/db/store'
import { Refusal } from '@/lib/domain/refusal'

/** At most `max` times in a window of `seconds`, which opens with the first time. */
export interface RateLimit {
  readonly max: number
  readonly seconds: number
}

/**
 * Counts one try under `key` and answers how many are left. Throws `rate_limited` with the `seconds` until the
 * window closes.
 *
 * Call it before the command's own transaction, with the store: counted inside, a try that is refused later would
 * be rolled back and cost nothing.
 */
export async function limit(store: Store, key: string, rate: RateLimit, now: number): Promise<number> {
  const [left] = await limitAll(store, [[key, rate]], now)
  return left ?? 0
}

/** Several limits at once. All are counted, also when one of them refuses. Answers what is left of each. */
export async function limitAll(
  store: Store,
  limits: readonly (readonly [key: string, rate: RateLimit])[],
  now: number,
): Promise<number[]> {
  // In the order of their keys: two requests that count the same keys can never wait for each other in a circle.
  const ordered = limits
    .map(([key, rate], index) => ({ key, rate, index }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
  const left: number[] = []
  let wait = 0
  await store.transact(async (tx) => {
    for (const { key, rate, index } of ordered) {
      const counted = await tx.rateLimits.count(key, rate.seconds, rate.max + 1, new Date(now))
      left[index] = rate.max - counted.count
      if (counted.count > rate.max) {
        wait = Math.max(wait, counted.windowStart.getTime() + rate.seconds * 1000 - now)
      }
    }
  })
  if (wait > 0) throw new Refusal('rate_limited', { seconds: Math.ceil(wait / 1000) })
  return left
}

/** A key that names people or networks without keeping their addresses in the table. */
export function limitKey(what: string, ...who: string[]): string {
  return `${what}:${createHash('sha256').update(who.join('\n')).digest('base64url')}`
}
