import type { Store } from '@/db/store'
import { followAnchors } from '@/lib/commands/follow-anchors'
import type { LiveServer } from './live'
import type { Log } from './log'

/** Typing pauses at least this long between two words; milliseconds. */
const PAUSE = 150
/** Whoever types without a pause is not waited for longer than this: "within a second" is promised. */
const LATEST = 600

/**
 * Keeps the rows of threads true to the text: after commits, once typing pauses, and once at the start for what a
 * crash swallowed. One pass per document at a time. Answers how to end it.
 */
export function startAnchors(given: {
  store: Store
  live: Pick<LiveServer, 'edit' | 'publish' | 'onCommitted'>
  log: Log
}): () => Promise<void> {
  const { store, live, log } = given
  const waiting = new Map<string, { timer: ReturnType<typeof setTimeout>; since: number }>()
  const running = new Map<string, Promise<void>>()
  const again = new Set<string>()
  let ended = false

  const run = (documentId: string): void => {
    waiting.delete(documentId)
    if (running.has(documentId)) {
      again.add(documentId)
      return
    }
    const pass = followAnchors(given, documentId)
      .then(() => undefined)
      .catch((error: unknown) => {
        if (!ended) log.warn({ err: error, documentId }, 'anchors of threads were not followed')
      })
      .finally(() => {
        running.delete(documentId)
        if (again.delete(documentId) && !ended) run(documentId)
      })
    running.set(documentId, pass)
  }
  const note = (documentId: string): void => {
    const known = waiting.get(documentId)
    const now = Date.now()
    if (known) clearTimeout(known.timer)
    const since = known?.since ?? now
    const timer = setTimeout(() => run(documentId), Math.max(0, Math.min(PAUSE, since + LATEST - now)))
    waiting.set(documentId, { timer, since })
  }
  const stop = live.onCommitted(note)
  const first = (async () => {
    for (const documentId of await store.read.threads.documentsWithThreads()) {
      if (ended) return
      run(documentId)
      await running.get(documentId)
    }
  })().catch((error: unknown) => log.warn({ err: error }, 'anchors of threads were not read at the start'))

  return async () => {
    ended = true
    stop()
    for (const { timer } of waiting.values()) clearTimeout(timer)
    await Promise.all([first, ...running.values()])
  }
}
