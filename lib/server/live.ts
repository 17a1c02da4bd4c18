import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { openJournal } from '@/db/repositories/journal'
import type { Store } from '@/db/store'
import { type Bus, type CommittedListener, createEngine, type EngineStats, type Meter } from '@/lib/collab'
import type { Live } from '@/lib/commands/context'
import type { LiveEvent } from '@/lib/domain/live-event'
import { isId } from '@/lib/kit/ids'
import type { Log } from './log'
import type { Runtime } from './runtime'
import { makeAuthorizer } from './socket/authorize'
import { documentLimits, documentRoots } from './socket/documents'
import { createSocketServer } from './socket/socket-server'

/** The sync engine of this process and its door. */
export interface LiveServer extends Live {
  /** Answers an upgrade of `/collab/…`; false: not ours. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean
  /** Calls back after each commit of this node; see lib/collab/room/README.md. Answers what ends it. */
  onCommitted(listener: CommittedListener): () => void
  /** Calls back when the last who may write in a document has left this node. Answers what ends it. */
  onWritersLeft(listener: (documentId: string) => void): () => void
  stats(): EngineStats
  /** Tells every connection to come back, commits what was received, closes. */
  drain(): Promise<void>
}

/** What is told in a strategy's room and concerns those, too, who are in a proposal on it. */
const alsoInBranches: ReadonlySet<LiveEvent['type']> = new Set([
  'threads.changed',
  'versions.changed',
  'signs.changed',
  'strategy.renamed',
])

export function openLive(given: {
  store: Store
  /** To the other nodes; null: there are none. */
  bus: Bus | null
  readSession: Runtime['readSession']
  meter: Meter
  origins: ReadonlySet<string>
  log: Log
}): LiveServer {
  const { log } = given
  const engine = createEngine({
    store: openJournal(given.store.sql),
    authorizer: makeAuthorizer(given.store.sql),
    roots: documentRoots,
    limits: documentLimits,
    log,
    meter: given.meter,
    ...(given.bus && { bus: given.bus }),
  })
  const door = createSocketServer({
    engine,
    origins: given.origins,
    log,
    async readSession(headers) {
      const signedIn = await given.readSession(headers)
      return signedIn && { sessionId: signedIn.sessionId, userId: signedIn.user.id }
    },
  })
  return {
    publish(room, event) {
      engine.publish(room, event)
      // Whoever suggests has the branch's room open and reads the strategy's discussions beside it.
      if (!isId('str', room) || !alsoInBranches.has(event.type)) return
      given.store.read.proposals
        .openIds(room)
        .then((branches) => {
          for (const branch of branches) engine.publish(branch, event)
        })
        .catch((error: unknown) => log.warn({ err: error, room }, 'branches were not told'))
    },
    revoke: (target) => engine.revoke(target),
    readDocument: async (documentId) => (await engine.read(documentId)).update,
    read: (documentId) => engine.read(documentId),
    look: (documentId, work) => engine.look(documentId, work),
    edit: (documentId, author, change, options) => engine.edit(documentId, author, change, options),
    presence: (documentId) => engine.presence(documentId),
    stats: () => engine.stats(),
    onCommitted: (listener) => engine.onCommitted(listener),
    onWritersLeft: (listener) => engine.onWritersLeft(listener),
    upgrade: (request, socket, head) => door.handleUpgrade(request, socket, head),
    async drain() {
      await engine.drain()
      door.close()
    },
  }
}
