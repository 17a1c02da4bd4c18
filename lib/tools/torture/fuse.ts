import { setTimeout as delay } from 'node:timers/promises'
import { armFailpoints, FAILPOINTS, type Failpoint } from '@/lib/kit/failpoint'

export const ACTIONS = ['kill', 'throw', 'stall'] as const
export type FailpointAction = (typeof ACTIONS)[number]

/** Asked for where nobody can wait: there the whole process stands still instead. */
const WITHOUT_WAITING: ReadonlySet<Failpoint> = new Set(['recv', 'afterGuard', 'afterAckBeforeFanout'])

/**
 * Arms this process: `name:nth:action`, the nth time from now. `stall`: milliseconds. `fired` is told before it happens,
 * once; for a kill nobody hears of it.
 */
export function armFuse(spec: string, stall: number, fired: () => void): void {
  const [name, nth, action] = spec.split(':')
  const place = FAILPOINTS.find((one) => one === name)
  const does = ACTIONS.find((one) => one === action)
  if (!place || !does || !(Number(nth) > 0)) throw new Error(`not a failpoint: ${spec}`)
  let left = Number(nth)
  armFailpoints((here) => {
    if (here !== place || --left > 0) return undefined
    // A statement is on its way only after this turn.
    if (here === 'afterInsertBeforeCommit') {
      armFailpoints(null)
      return delay(1).then(() => act(does, here, stall, fired))
    }
    armFailpoints(null)
    return act(does, here, stall, fired)
  })
}

function act(
  action: FailpointAction,
  here: Failpoint,
  stall: number,
  fired: () => void,
): Promise<void> | undefined {
  if (action === 'kill') process.kill(process.pid, 'SIGKILL')
  fired()
  if (action === 'throw') throw new Error(`thrown at ${here}`)
  if (!WITHOUT_WAITING.has(here)) return delay(stall)
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, stall)
  return undefined
}
