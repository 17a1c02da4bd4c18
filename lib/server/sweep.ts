import type { Store } from '@/db/store'
import type { Services } from '@/lib/commands/context'
import { eraseDeletedComments } from '@/lib/commands/erase-deleted-comments'
import { raiseRecurring } from '@/lib/commands/raise-recurring'
import { sweepExpired } from '@/lib/commands/sweep-expired'
import { sweepFiles } from '@/lib/commands/sweep-files'
import type { Clock } from '@/lib/kit/clock'
import type { Log } from './log'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/**
 * Every hour removes expired windows, links and sessions, erases deleted comments, and writes the recurring activities that are due; every day
 * deletes files that nothing names. Several nodes may do so together: removing twice is removing once, and a template
 * is held while it is written from. Answers how to end it.
 */
export function startSweeping(given: {
  store: Store
  live: Services['live']
  files: Services['files']
  clock: Clock
  log: Log
}): () => Promise<void> {
  let running = Promise.resolve()
  let nextFiles = 0
  const timer = setInterval(() => {
    const now = given.clock.now()
    // The day begins when it begins in UTC: a board has people in many zones, and an activity appears once.
    const today = new Date(now).toISOString().slice(0, 10)
    running = Promise.all([
      sweepExpired(given.store, now).catch((error: unknown) => {
        given.log.error({ err: error }, 'expired rows could not be removed; the next hour tries again')
      }),
      eraseDeletedComments(given, now).catch((error: unknown) => {
        given.log.error({ err: error }, 'deleted comments could not be erased; the next hour tries again')
      }),
      filesAt(now),
      raiseRecurring(given, today).catch((error: unknown) => {
        given.log.error(
          { err: error },
          'recurring activities could not be written; the next hour tries again',
        )
      }),
    ]).then(() => {})
  }, HOUR)
  timer.unref()

  async function filesAt(now: number): Promise<void> {
    // Every file is looked at: once a day is often enough.
    if (now < nextFiles) return
    nextFiles = now + DAY
    try {
      const { removed } = await sweepFiles(given, now)
      if (removed > 0) given.log.info({ removed }, 'files that nothing names any more were deleted')
    } catch (error) {
      given.log.error({ err: error }, 'files could not be swept; the next day tries again')
    }
  }
  return async () => {
    clearInterval(timer)
    await running
  }
}
