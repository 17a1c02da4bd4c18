import * as Y from 'yjs'
import { defaultLimits } from '../limits'
import { clientHello, syncFrame } from '../protocol/write-frame'
import { createEngine, type Engine } from '../room/engine'
import { contentHash } from './content-hash'
import { bombs, honestFrames, honestUpdates, mutate } from './frame-corpus'
import { MemoryStore } from './memory-store'
import { Pipe } from './pipe'
import { type Rng, rng } from './rng'
import { quietLog, SIM_ROOTS } from './simulator'
import { VirtualTime } from './virtual-time'

/** A fault put in on purpose: a row whose content is not stored; a third of a second in which nothing else happens. */
export type StormFault = 'forget-content' | 'stall'

export interface StormReport {
  readonly frames: number
  /** Rows the journal took: what was valid in spite of everything. */
  readonly accepted: number
  /** Most processor time one frame cost, milliseconds. Not the clock's: this machine may be busy with others. */
  readonly worst: number
  readonly problems: readonly string[]
}

const ATTACKER = 4_711
const STALL = 200

/**
 * Frames of every kind, broken in every way, handed to one engine. What it then holds must be exactly what it has
 * committed, another document must be untouched, nothing may throw or stall, and an honest person must still be able to write.
 */
export async function stormFrames(seed: number, frames: number, fault?: StormFault): Promise<StormReport> {
  const chance = rng(seed).fork('frames')
  const problems: string[] = []
  const time = new VirtualTime(chance.fork('time'))
  const store = new MemoryStore()
  for (const id of ['doc', 'bystander']) store.add(id)
  store.begin('bystander', bystander())
  const engine = openEngine(store, time, fault, (problem) => problems.push(problem))
  const join = async (userId: string, room: string): Promise<Pipe> => {
    const pipe = new Pipe(engine, { sessionId: userId, userId }, room, {
      opened() {},
      received() {},
      closed() {},
    })
    pipe.move(true)
    await time.settle()
    pipe.toServer.push(clientHello(1, 'storm'), syncFrame('step2', Uint8Array.of(0, 0)))
    while (pipe.move(true));
    return pipe
  }
  const hash = async (id: string) => {
    const doc = new Y.Doc()
    const reading = engine.read(id)
    await time.settle()
    Y.applyUpdate(doc, (await reading).update)
    return { doc, hash: contentHash(doc, SIM_ROOTS) }
  }
  const untouched = (await hash('bystander')).hash
  const seeds = honestFrames(honestUpdates(chance, ATTACKER))
  const crafted = bombs(ATTACKER)
  let attacker = await join('attacker', 'str_doc')
  let worst = 0
  for (let i = 0; i < frames; i++) {
    const frame = pickFrame(i, seeds, crafted, chance)
    const before = process.cpuUsage()
    if (attacker.isOver || attacker.closed) attacker = await join('attacker', 'str_doc')
    try {
      attacker.toServer.push(frame)
      while (attacker.move(true));
      if (i % 50 === 0) await time.settle()
    } catch (error) {
      problems.push(`frame ${i} threw: ${String(error)}`)
    }
    const { user, system } = process.cpuUsage(before)
    worst = Math.max(worst, (user + system) / 1_000)
  }
  // RM9: what a busy node has gathered leaves by then.
  await time.pass(defaultLimits.pace)
  if (worst > STALL) problems.push(`a frame cost ${Math.round(worst)} ms`)
  // The shadow gets only what was committed.
  const shadow = new Y.Doc()
  const rows = (await store.read('doc', 0)) ?? []
  for (const row of rows) Y.applyUpdate(shadow, row.bytes)
  if (shadow.store.pendingStructs) problems.push('the journal has holes')
  const held = await hash('doc')
  if (held.hash !== contentHash(shadow, SIM_ROOTS)) problems.push('the engine holds what is not committed')
  if ((await hash('bystander')).hash !== untouched) problems.push("another room's document has changed")
  if (!(await stillWrites(held.doc, store, () => join('honest', 'str_doc'), time)))
    problems.push('an honest person cannot write any more')
  engine.stop()
  return { frames, accepted: rows.length, worst, problems }
}

function pickFrame(
  i: number,
  seeds: readonly Uint8Array[],
  crafted: readonly Uint8Array[],
  chance: Rng,
): Uint8Array {
  if (i % 10 === 0) return chance.pick(seeds)
  if (i % 10 === 1) return chance.pick(crafted)
  if (i % 10 === 2) return mutate(chance.pick(crafted), chance.pick(seeds), chance)
  return mutate(chance.pick(seeds), chance.pick(seeds), chance)
}

async function stillWrites(
  held: Y.Doc,
  store: MemoryStore,
  join: () => Promise<Pipe>,
  time: VirtualTime,
): Promise<boolean> {
  const honest = await join()
  const before = store.documents.get('doc')?.seq ?? 0
  const state = Y.encodeStateVector(held)
  held.getText('text').insert(0, 'still here')
  honest.toServer.push(syncFrame('update', Y.encodeStateAsUpdate(held, state)))
  while (honest.move(true));
  // RM9: after such a storm the node counts as busy.
  await time.pass(defaultLimits.pace)
  return store.documents.get('doc')?.seq === before + 1
}

function bystander(): Uint8Array {
  const doc = new Y.Doc()
  doc.clientID = 1
  doc.getText('text').insert(0, 'What stands here stays.')
  return Y.encodeStateAsUpdate(doc)
}

function openEngine(
  store: MemoryStore,
  time: VirtualTime,
  fault: StormFault | undefined,
  problem: (words: string) => void,
): Engine {
  let rows = 0
  return createEngine({
    store: {
      load: (id, take) => store.load(id, take),
      read: (id, after) => store.read(id, after),
      heads: (ids) => store.heads(ids),
      saveSnapshot: (snapshot) => store.saveSnapshot(snapshot),
      append: (batch, given) => {
        rows += given.length
        if (fault === 'stall' && rows === given.length) for (const end = cpu() + 300; cpu() < end; );
        const forgets = fault === 'forget-content'
        return store.append(
          batch,
          forgets ? given.map((row) => ({ ...row, bytes: Uint8Array.of(0, 0) })) : given,
        )
      },
    },
    roots: SIM_ROOTS,
    log: {
      ...quietLog,
      error: (fields, message) => problem(`${message}: ${String(fields.err)}`),
    },
    time,
    // Attackers here are as many as frames; what is under test is what one frame can do.
    limits: {
      framesPerSecond: 1e9,
      framesBurst: 1e9,
      socketsPerUser: 1e9,
      socketsPerUserAndRoom: 1e9,
      liveBytesPerSecond: 1e9,
      liveBytesBurst: 1e9,
      fullReplies: 1e9,
      snapshotTailRows: 1e9,
      snapshotTailBytes: 1e9,
    },
    authorizer: {
      resolve: async (room, session) => ({
        kind: 'document',
        documentId: room.slice('str_'.length),
        workspaceId: 'ws',
        mode: 'write',
        grant: { memberId: 'm', memberRevision: 1, sessionId: null, documentAccessRevision: 1 },
        identity: { userId: session.userId, memberId: 'm', name: 'n', color: '#000000' },
      }),
    },
  })
}

/** Processor time of this process, milliseconds. */
function cpu(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}
