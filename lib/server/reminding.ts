import type { Services } from '@/lib/commands/context'
import { remind } from '@/lib/commands/remind'
import type { Log } from './log'

/** Often enough for a server that slept, and rarely enough to cost nothing, milliseconds. */
const ROUND = 10 * 60_000

/**
 * Looks now and then of what the calendar reminds. Several nodes may do so together, and restart as they like: everybody
 * is reminded once. Answers how to end it.
 */
export function startReminding(
  services: Pick<Services, 'store' | 'live' | 'clock'> & { readonly log: Log },
  round: number = ROUND,
): () => Promise<void> {
  let running: Promise<void> | null = null
  const look = () => {
    running ??= remind(services)
      .then(() => undefined)
      .catch((error: unknown) => {
        services.log.error({ err: error }, 'nobody was reminded; the next round tries again')
      })
      .finally(() => {
        running = null
      })
  }
  const timer = setInterval(look, round)
  timer.unref()
  // A server that restarts every night reminds, too; but not in its first seconds, in which everybody comes back.
  const first = setTimeout(look, Math.min(round, 20_000))
  first.unref()
  return async () => {
    clearInterval(timer)
    clearTimeout(first)
    await running
  }
}
