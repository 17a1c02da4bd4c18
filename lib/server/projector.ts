import type { Store } from '@/db/store'
import { projectItems } from '@/lib/commands/project-items'
import { PROJECTION_VERSION } from '@/lib/document/items/project'
import type { Reading } from '@/lib/document/items/read-projection'
import type { Clock } from '@/lib/kit/clock'
import type { LiveServer } from './live'
import type { Log } from './log'
import { ReadingThread } from './projection/thread'

/** Typing pauses at least this long between two words; milliseconds. */
const PAUSE = 150
/** Whoever types without a pause is not waited for longer than this. */
const LATEST = 500
/** A strategy that takes long to read is read less often: this many times its last reading lies between two. */
const REST = 10

/**
 * Keeps the rows of items true to their documents: after commits, and once at the start for what a crash or an
 * older version of the house left behind. One reading per document at a time. Answers how to end it.
 */
export function startProjecting(given: {
  store: Store
  live: Pick<LiveServer, 'read' | 'edit' | 'publish' | 'onCommitted'>
  clock: Clock
  log: Log
}): () => Promise<void> {
  const { store, live, log } = given
  const thread = new ReadingThread()
  const house = { ...given, readItems: (reading: Reading) => thread.read(reading) }
  const waiting = new Map<string, { timer: ReturnType<typeof setTimeout>; since: number }>()
  const running = new Map<string, Promise<void>>()
  const restUntil = new Map<string, number>()
  let ended = false

  const run = (documentId: string): void => {
    waiting.delete(documentId)
    if (running.has(documentId)) {
      note(documentId)
      return
    }
    const began = Date.now()
    const pass = projectItems(house, documentId)
      .then(() => undefined)
      .catch((error: unknown) => {
        if (!ended)
          log.warn({ err: error, documentId }, 'items were not projected; the next change tries again')
      })
      .finally(() => {
        running.delete(documentId)
        const now = Date.now()
        restUntil.set(documentId, now + (now - began) * REST)
        for (const [id, until] of restUntil) if (until < now) restUntil.delete(id)
      })
    running.set(documentId, pass)
  }
  const note = (documentId: string): void => {
    if (ended) return
    const now = Date.now()
    const known = waiting.get(documentId)
    if (known) clearTimeout(known.timer)
    const since = known?.since ?? now
    const rest = (restUntil.get(documentId) ?? 0) - now
    const wait = Math.max(rest, Math.min(PAUSE, since + LATEST - now), 0)
    waiting.set(documentId, { timer: setTimeout(() => run(documentId), wait), since })
  }
  const stop = live.onCommitted(note)
  const first = (async () => {
    for (const documentId of await store.read.strategyItems.behind(PROJECTION_VERSION)) {
      if (ended) return
      run(documentId)
      await running.get(documentId)
    }
  })().catch((error: unknown) => log.warn({ err: error }, 'items were not read at the start'))

  return async () => {
    ended = true
    stop()
    for (const { timer } of waiting.values()) clearTimeout(timer)
    await Promise.all([first, ...running.values()])
    await thread.end()
  }
}
