import { eq, lt, sql } from 'drizzle-orm'
import type { Db } from '../database'
import { rateLimits } from '../schema'

/** How often a key was counted in the window that is open, this time included. */
export interface Counted {
  readonly count: number
  readonly windowStart: Date
}

export function rateLimitWriter(db: Db) {
  return {
    /**
     * Counts one. A window opens with its first count and is `seconds` long. One statement, so that requests at the
     * same moment, on any node, are all counted; the count stops at `ceiling`, a flood cannot overflow it.
     */
    async count(key: string, seconds: number, ceiling: number, now: Date): Promise<Counted> {
      const over = sql`${rateLimits.windowStart} <= ${new Date(now.getTime() - seconds * 1000).toISOString()}::timestamptz`
      const [row] = await db
        .insert(rateLimits)
        .values({ key, windowStart: now, count: 1 })
        .onConflictDoUpdate({
          target: rateLimits.key,
          set: {
            count: sql`case when ${over} then 1 else least(${rateLimits.count} + 1, ${ceiling}) end`,
            windowStart: sql`case when ${over} then excluded.window_start else ${rateLimits.windowStart} end`,
          },
        })
        .returning({ count: rateLimits.count, windowStart: rateLimits.windowStart })
      if (!row) throw new Error('assertion failed: an upsert returns its row')
      return row
    },
    /** Closes the window of a key: what was counted is forgiven. */
    async forget(key: string): Promise<void> {
      await db.delete(rateLimits).where(eq(rateLimits.key, key))
    },
    /** Removes windows opened before `moment`. */
    async sweep(moment: Date): Promise<void> {
      await db.delete(rateLimits).where(lt(rateLimits.windowStart, moment))
    },
  }
}
