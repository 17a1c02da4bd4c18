import type { Store } from '@/db/store'
import type { Services } from '@/lib/commands/context'
import { keepVersion } from '@/lib/commands/keep-version'
import type { Clock } from '@/lib/kit/clock'
import type { Id } from '@/lib/kit/ids'
import type { LiveServer } from './live'
import type { Log } from './log'

/** A text nobody has touched for so long: the session is over, though its page may still be open. */
const QUIET = 10 * 60_000
/** How often quiet texts are looked for. */
const ROUND = 60_000
/** After the last editor left: a reload comes back within this time, and is no end of a session. */
const GRACE = 5_000

/**
 * Makes a version at the end of each editing session: when the last editor has left, or after ten quiet minutes. Several
 * nodes may do so at once: equal content is one version. What a crash swallowed is found in the next round, for the
 * rows say what has moved on since its last version.
 */
export function startKeepingVersions(given: {
  store: Store
  live: Pick<LiveServer, 'onWritersLeft'> & Services['live']
  clock: Clock
  log: Pick<Log, 'error'>
  /** Milliseconds, for tests. */
  times?: { readonly quiet: number; readonly round: number; readonly grace: number }
}): () => Promise<void> {
  const { store, live, clock, log } = given
  const { quiet, round, grace } = given.times ?? { quiet: QUIET, round: ROUND, grace: GRACE }
  const house = { store, live, clock }
  /** Documents found unchanged at a seq, though their journal has moved on: not read again until it moves further. */
  const judged = new Map<string, number>()
  const leaving = new Map<string, NodeJS.Timeout>()
  let running: Promise<unknown> = Promise.resolve()

  const one = async (strategyId: Id<'str'>, documentId: string) => {
    const seq = await store.read.documents.seq(documentId)
    const before = await store.read.versions.latest(strategyId)
    if (seq === null || seq <= 1 || seq === before?.seq || judged.get(documentId) === seq) return
    // The mark of a comment, an id that was healed: the server alone wrote, and nobody would see a difference.
    if ((await store.read.versions.writers(documentId, before?.seq ?? 1, seq)).length === 0) {
      judged.set(documentId, seq)
      return
    }
    const version = await keepVersion(house, {
      strategyId,
      documentId,
      kind: 'session',
      name: null,
      by: null,
    })
    if (version.id === before?.id) judged.set(documentId, seq)
    else live.publish(strategyId, { type: 'versions.changed', strategyId, number: version.number })
    if (judged.size > 10_000) judged.clear()
  }
  // One after the other: a hundred sessions that end in the same minute are no reason to hold up the typing of others.
  const later = (work: () => Promise<unknown>) => {
    running = running.then(work).catch((error: unknown) => {
      log.error({ err: error }, 'a version could not be kept; the next round tries again')
    })
  }

  const stopHearing = live.onWritersLeft((documentId) => {
    clearTimeout(leaving.get(documentId))
    const timer = setTimeout(() => {
      leaving.delete(documentId)
      later(async () => {
        if (live.presence(documentId).some((person) => person.mayWrite)) return
        const strategyId = await store.read.versions.strategyOf(documentId)
        if (strategyId) await one(strategyId, documentId)
      })
    }, grace)
    timer.unref()
    leaving.set(documentId, timer)
  })
  const timer = setInterval(() => {
    later(async () => {
      for (const { strategyId, documentId } of await store.read.versions.unkept(new Date(Date.now() - quiet)))
        await one(strategyId, documentId)
    })
  }, round)
  timer.unref()
  return async () => {
    stopHearing()
    clearInterval(timer)
    for (const one of leaving.values()) clearTimeout(one)
    await running
  }
}
