import type { Services } from '@/lib/commands/context'
import { mailNotifications } from '@/lib/commands/mail-notifications'
import { mailRecaps } from '@/lib/commands/mail-recap'
import type { Log } from './log'

/**
 * Looks for due letters now and then. Several nodes may do so together: what one has taken, the others do not get.
 * `quiet`: milliseconds without news before a letter leaves. Answers how to end it.
 */
export function startNotificationMail(
  services: Pick<Services, 'store' | 'mailer' | 'clock' | 'appUrl'> & { log: Log },
  quiet: number,
): () => Promise<void> {
  if (!services.mailer.delivers) return async () => undefined
  let running: Promise<void> | null = null
  const timer = setInterval(
    () => {
      running ??= mailNotifications(services, quiet)
        // Recaps of reviews that closed on a node which died before it could mail them.
        .then(() => mailRecaps(services))
        .then(() => undefined)
        .catch((error: unknown) => {
          services.log.error(
            { err: error },
            'letters about comments were not sent; the next round tries again',
          )
        })
        .finally(() => {
          running = null
        })
    },
    Math.min(30_000, Math.max(500, quiet / 4)),
  )
  timer.unref()
  return async () => {
    clearInterval(timer)
    await running
  }
}
