import * as Y from 'yjs'
import { CollabClient } from '../client/collab-client'
import { readServerFrame, type ServerFrame } from '../client/server-frame'
import type { Limits } from '../limits'
import { clientHello, syncFrame } from '../protocol/write-frame'
import { createEngine, type Engine } from '../room/engine'
import type { JournalStore } from '../room/ports'
import { buildDoc, found } from '../room/stored-document'
import { contentHash } from './content-hash'
import { MemoryPersistence } from './memory-persistence'
import { MemoryStore } from './memory-store'
import { Pipe, pipesTo } from './pipe'
import { rng } from './rng'
import { quietLog, SIM_ROOTS } from './simulator'
import { VirtualTime } from './virtual-time'

/** A socket of somebody, with every frame it was sent. */
export interface Guest {
  readonly pipe: Pipe
  readonly heard: ServerFrame[]
  /** Sends frames and lets the server handle them. */
  say(...frames: Uint8Array[]): void
  /** Takes what the server has sent meanwhile. */
  listen(): void
}

/** One engine in memory with documents `str_<id>`; everybody reads or writes as `modeOf` says. */
export class SmallHouse {
  readonly store = new MemoryStore()
  readonly time: VirtualTime
  readonly engine: Engine
  readonly pipes = new Set<Pipe>()
  /** Errors the engine has logged. */
  readonly errors: string[] = []

  constructor(given: {
    readonly seed: number
    readonly documents: readonly string[]
    readonly modeOf?: (userId: string) => 'read' | 'write'
    readonly nameOf?: (userId: string) => string
    readonly limits?: Partial<Limits>
    readonly wrap?: (store: JournalStore) => JournalStore
  }) {
    const {
      modeOf = () => 'write',
      nameOf = (userId) => `Name of ${userId}`,
      wrap = (store) => store,
    } = given
    this.time = new VirtualTime(rng(given.seed).fork('time'))
    for (const id of given.documents) this.store.add(id)
    const ids = rng(given.seed).fork('ids')
    this.engine = createEngine({
      store: wrap(this.store),
      roots: SIM_ROOTS,
      log: {
        ...quietLog,
        error: (fields, message) => {
          this.errors.push(`${message} ${String(fields.err ?? '')}`)
        },
      },
      time: this.time,
      newBatchId: () => `${ids.next()}`,
      newClientId: () => 1 + ids.below(2 ** 32 - 2),
      limits: { socketsPerUser: 1e9, socketsPerUserAndRoom: 1e9, ...given.limits },
      authorizer: {
        resolve: async (room, { userId }) => ({
          kind: 'document',
          documentId: room.slice('str_'.length),
          workspaceId: 'ws',
          mode: modeOf(userId),
          grant: { memberId: `mem_${userId}`, memberRevision: 1, sessionId: null, documentAccessRevision: 1 },
          identity: { userId, memberId: `mem_${userId}`, name: nameOf(userId), color: '#000000' },
        }),
      },
    })
  }

  /** A bare socket that has said hello and asked for the document. */
  async guest(userId: string, documentId: string): Promise<Guest> {
    const heard: ServerFrame[] = []
    const pipe = new Pipe(this.engine, { sessionId: `ses_${userId}`, userId }, `str_${documentId}`, {
      opened() {},
      received: (bytes) => heard.push(readServerFrame(bytes.slice())),
      closed() {},
    })
    pipe.move(true)
    await this.time.settle()
    const listen = () => {
      while (pipe.move(true));
    }
    const say = (...frames: Uint8Array[]) => {
      pipe.toServer.push(...frames)
      listen()
    }
    say(clientHello(1, 'guest'), syncFrame('step1', Uint8Array.of(0)))
    return { pipe, heard, say, listen }
  }

  /** The real client. */
  client(userId: string, documentId: string, disk = new MemoryPersistence()) {
    const doc = new Y.Doc()
    const open = pipesTo(() => this.engine, { sessionId: `ses_${userId}`, userId }, this.pipes)
    const client = new CollabClient({
      url: 'house',
      room: `str_${documentId}`,
      doc,
      schema: 1,
      build: 'house',
      persistence: disk,
      time: this.time,
      openLink: open,
    })
    return { doc, client, disk }
  }

  /** Moves everything that can move, and lets so much time pass. */
  async pass(ms: number): Promise<void> {
    await this.time.pass(ms)
    for (let moved = true; moved; ) {
      moved = false
      await this.time.settle()
      for (const pipe of [...this.pipes]) while (pipe.move(true)) moved = true
    }
  }

  /** The document as it lies in the store, from snapshot and journal. */
  async stored(documentId: string): Promise<Y.Doc> {
    return buildDoc(found(documentId, await this.store.load(documentId, false)), SIM_ROOTS)
  }

  async storedHash(documentId: string): Promise<string> {
    const doc = await this.stored(documentId)
    const hash = contentHash(doc, SIM_ROOTS)
    doc.destroy()
    return hash
  }
}
