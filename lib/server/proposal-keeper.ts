import type { Store } from '@/db/store'
import { followStrategy } from '@/lib/commands/lead-branch'
import type { LiveServer } from './live'
import type { Log } from './log'

/** Typing pauses at least this long between two words; milliseconds. */
const PAUSE = 250
/** Whoever types without a pause is not waited for longer than this. */
const LATEST = 1_000

/**
 * Tells pages when what is proposed has changed, and brings the strategy's news into the branches somebody is writing
 * in. Branches nobody has open are brought up to date when they are opened or decided. Answers how to end it.
 */
export function startKeepingProposals(given: {
  store: Store
  live: LiveServer
  log: Log
}): () => Promise<void> {
  const { store, live, log } = given
  const waiting = new Map<string, { timer: ReturnType<typeof setTimeout>; since: number }>()
  let running: Promise<void> = Promise.resolve()
  let ended = false

  const tell = (strategyId: string, proposalId: string | null) => {
    live.publish(strategyId, { type: 'proposals.changed', strategyId })
    if (proposalId) live.publish(proposalId, { type: 'proposals.changed', strategyId })
  }
  const one = async (documentId: string): Promise<void> => {
    if (ended) return
    const branch = await store.read.proposals.ofDocument(documentId)
    if (branch) {
      if (branch.state === 'open') tell(branch.strategyId, branch.id)
      return
    }
    const open = await store.read.proposals.openOfDocument(documentId)
    const [first] = open
    if (!first) return
    for (const proposal of open)
      if (live.presence(proposal.documentId).length > 0) await followStrategy(given, proposal.id, documentId)
    tell(first.strategyId, null)
  }
  const stop = live.onCommitted((documentId) => {
    const known = waiting.get(documentId)
    const now = Date.now()
    if (known) clearTimeout(known.timer)
    const since = known?.since ?? now
    const timer = setTimeout(
      () => {
        waiting.delete(documentId)
        running = running
          .then(() => one(documentId))
          .catch((error: unknown) => {
            if (!ended) log.warn({ err: error, documentId }, 'proposals were not followed')
          })
      },
      Math.max(0, Math.min(PAUSE, since + LATEST - now)),
    )
    timer.unref()
    waiting.set(documentId, { timer, since })
  })
  return async () => {
    ended = true
    stop()
    for (const { timer } of waiting.values()) clearTimeout(timer)
    await running
  }
}
