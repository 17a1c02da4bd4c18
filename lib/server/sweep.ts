import type { Store } from '@/db/store'
import { sweepExpired } from '@/lib/commands/sweep-expired'
import type { Clock } from '@/lib/kit/clock'
import type { Log } from './log'

const HOUR = 3_600_000

/**
 * Removes expired windows, links and sessions every hour. Several nodes may do so together: removing twice is removing
 * once. Answers how to end it.
 */
export function startSweeping(given: { store: Store; clock: Clock; log: Log }): () => Promise<void> {
  let running = Promise.resolve()
  const timer = setInterval(() => {
    running = sweepExpired(given.store, given.clock.now()).catch((error: unknown) => {
      given.log.error({ err: error }, 'expired rows could not be removed; the next hour tries again')
    })
  }, HOUR)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await running
  }
}
