import { setTimeout as delay } from 'node:timers/promises'
import { type LaunchPlan, launch, type Postmaster } from './postmaster'
import { isAlive } from './process-identity'

export interface Supervision {
  readonly pid: number
  /** No restart after this; waits for one that is under way. */
  end(): Promise<void>
}

/** How long the app may be without its database before anybody notices that it is gone. */
const LOOK_EVERY_MS = 500
const LONGEST_PAUSE_MS = 10_000

/**
 * Starts the server again, on the port everybody already knows, when it dies (out of memory, a stray kill).
 * The app's pool reconnects by itself. An adopted server is not our child, so we look instead of being told.
 */
export function supervise(plan: LaunchPlan, first: Postmaster, log: (line: string) => void): Supervision {
  const ending = new AbortController()
  let current = first
  const watching = watch()

  async function watch(): Promise<void> {
    let pause = 100
    while (!ending.signal.aborted) {
      if (await isAlive(current.pid)) {
        await wait(LOOK_EVERY_MS)
        continue
      }
      if (ending.signal.aborted) return
      log(`the database server (process ${current.pid}) died; starting it again`)
      try {
        current = await launch(plan, first.port)
        pause = 100
        log(`the database server is back (process ${current.pid})`)
      } catch (error) {
        log(`the database server does not start: ${error instanceof Error ? error.message : String(error)}`)
        await wait(pause)
        pause = Math.min(pause * 2, LONGEST_PAUSE_MS)
      }
    }
  }

  function wait(ms: number): Promise<void> {
    return delay(ms, undefined, { ref: false, signal: ending.signal }).catch(() => {})
  }

  return {
    get pid() {
      return current.pid
    },
    async end() {
      ending.abort()
      await watching
    },
  }
}
