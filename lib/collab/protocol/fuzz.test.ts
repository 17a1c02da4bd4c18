import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { createEngine } from '../room/engine'
import { contentHash } from '../testing/content-hash'
import { MemoryStore } from '../testing/memory-store'
import { Pipe } from '../testing/pipe'
import { type Rng, rng } from '../testing/rng'
import { quietLog, SIM_ROOTS } from '../testing/simulator'
import { VirtualTime } from '../testing/virtual-time'
import { BadFrame } from './byte-reader'
import { readClientFrame } from './read-frame'
import { scanUpdate } from './scan-update'
import { awarenessFrame, clientHello, syncFrame } from './write-frame'

const SEED = Number(process.env.SEED ?? 31)

/** Updates as an editor makes them, of every kind of content. */
function corpus(chance: Rng): Uint8Array[] {
  const doc = new Y.Doc()
  doc.clientID = 4711
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  const text = doc.getText('text')
  const page = doc.getXmlFragment('page')
  for (let i = 0; i < 150; i++) {
    const dice = chance.below(8)
    if (dice < 3)
      text.insert(chance.below(text.length + 1), chance.pick(['a', 'word ', '词', '🀄', 'e\u0301']))
    else if (dice === 3 && text.length > 2) text.delete(chance.below(text.length - 1), 1)
    else if (dice === 4 && text.length > 2)
      text.format(0, 1 + chance.below(text.length - 1), { bold: true, link: { href: 'x' } })
    else if (dice === 5) {
      const element = new Y.XmlElement('p')
      element.setAttribute('id', `n${i}`)
      page.insert(chance.below(page.length + 1), [element])
      element.insert(0, [new Y.XmlText('inner')])
    } else if (dice === 6)
      doc
        .getMap('meta')
        .set('k', chance.pick<unknown>([1, -1.5, null, [1, { a: true }], new Uint8Array(3), 2 ** 50]))
    else if (page.length > 1) page.delete(0, 1)
  }
  return [...updates, Y.encodeStateAsUpdate(doc), Y.mergeUpdates(updates.slice(0, 40))]
}

function mutate(bytes: Uint8Array, other: Uint8Array, chance: Rng): Uint8Array {
  const out = [...bytes]
  const at = chance.below(Math.max(1, out.length))
  switch (chance.below(8)) {
    case 0:
      out[at] = (out[at] ?? 0) ^ (1 << chance.below(8))
      break
    case 1:
      out.splice(at, 0, chance.below(256))
      break
    case 2:
      out.splice(at, 1)
      break
    case 3:
      return bytes.slice(0, at)
    case 4:
      return Uint8Array.from([...bytes.slice(0, at), ...other.slice(chance.below(Math.max(1, other.length)))])
    case 5:
      out.splice(
        at,
        1,
        ...chance.pick([
          [255, 255, 255, 255, 15],
          [128, 128, 0],
          [255, 255, 255, 255, 255, 255, 255, 15],
        ]),
      )
      break
    case 6:
      out.push(...out.slice(at))
      break
    default:
      return Uint8Array.from({ length: 1 + chance.below(60) }, () => chance.below(256))
  }
  return Uint8Array.from(out)
}

describe('fuzzing', () => {
  it('FZ1: whatever the scanner accepts decodes in Yjs to the same structs, clocks and deletes', () => {
    const chance = rng(SEED).fork('scan')
    const updates = corpus(chance)
    let accepted = 0
    for (let i = 0; i < 30_000; i++) {
      const original = chance.pick(updates)
      const bytes =
        i < updates.length ? (updates[i] ?? original) : mutate(original, chance.pick(updates), chance)
      let scanned: ReturnType<typeof scanUpdate>
      try {
        scanned = scanUpdate(bytes)
      } catch (error) {
        expect(error).toBeInstanceOf(BadFrame)
        continue
      }
      accepted += 1
      const decoded = Y.decodeUpdate(bytes)
      const ends = new Map<number, number>()
      for (const struct of decoded.structs) ends.set(struct.id.client, struct.id.clock + struct.length)
      expect(new Map(scanned.sections.map((section) => [section.client, section.to]))).toEqual(ends)
      expect(scanned.structs).toBe(decoded.structs.length)
      expect([...scanned.deletes].filter(([, end]) => end > 0).map(([client]) => client)).toEqual([
        ...decoded.ds.clients.keys(),
      ])
    }
    // The corpus itself is honest: a scanner that refuses everything must not pass.
    for (const update of updates) scanUpdate(update)
    expect(accepted).toBeGreaterThan(2_000)
  }, 60_000)

  it('FZ2: frames of every kind, broken in every way: no throw, no stall, and the document is what was accepted', async () => {
    const chance = rng(SEED).fork('frames')
    const time = new VirtualTime(chance.fork('time'))
    const store = new MemoryStore()
    store.add('doc')
    const engine = createEngine({
      store,
      roots: SIM_ROOTS,
      log: {
        ...quietLog,
        error: (fields, message) => {
          throw new Error(`${message}: ${String(fields.err)}`)
        },
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
        resolve: async (_room, session) => ({
          kind: 'document',
          documentId: 'doc',
          workspaceId: 'ws',
          mode: 'write',
          grant: { memberId: 'm', memberRevision: 1, sessionId: null, documentAccessRevision: 1 },
          identity: { userId: session.userId, memberId: 'm', name: 'n', color: '#000000' },
        }),
      },
    })
    const join = async (userId: string): Promise<Pipe> => {
      const pipe = new Pipe(engine, { sessionId: userId, userId }, 'str_x', {
        opened() {},
        received() {},
        closed() {},
      })
      pipe.move(true)
      await time.settle()
      pipe.toServer.push(clientHello(1, 'fuzz'), syncFrame('step2', Uint8Array.of(0, 0)))
      while (pipe.move(true));
      return pipe
    }
    const updates = corpus(chance)
    const seeds = [
      ...updates.map((update) => syncFrame('update', update)),
      syncFrame('step1', Uint8Array.of(0)),
      syncFrame('step2', updates.at(-1) ?? new Uint8Array(0)),
      awarenessFrame([{ id: 5, clock: 1, state: '{"cursor":{"anchor":1}}' }]),
      clientHello(1, 'x'),
      Uint8Array.of(3),
    ]
    let attacker = await join('attacker')
    let worst = 0
    for (let i = 0; i < 20_000; i++) {
      if (attacker.isOver || attacker.closed) attacker = await join('attacker')
      const frame = i % 10 === 0 ? chance.pick(seeds) : mutate(chance.pick(seeds), chance.pick(seeds), chance)
      const began = performance.now()
      attacker.toServer.push(frame)
      while (attacker.move(true));
      worst = Math.max(worst, performance.now() - began)
      if (i % 50 === 0) await time.settle()
    }
    await time.settle()
    // The shadow gets only what was committed: what the engine holds must be exactly that.
    const shadow = new Y.Doc()
    const rows = (await store.read('doc', 0)) ?? []
    for (const row of rows) Y.applyUpdate(shadow, row.bytes)
    const doc = new Y.Doc()
    const reading = engine.read('doc')
    await time.settle()
    Y.applyUpdate(doc, (await reading).update)
    expect(rows.length).toBeGreaterThan(50)
    expect(contentHash(doc, SIM_ROOTS)).toBe(contentHash(shadow, SIM_ROOTS))
    expect(shadow.store.pendingStructs).toBeNull()
    expect(worst).toBeLessThan(500)
    // And an honest person still writes.
    const honest = await join('honest')
    const own = new Y.Doc()
    Y.applyUpdate(own, Y.encodeStateAsUpdate(doc))
    const before = Y.encodeStateVector(own)
    own.getText('text').insert(0, 'still here')
    honest.toServer.push(syncFrame('update', Y.encodeStateAsUpdate(own, before)))
    while (honest.move(true));
    await time.settle()
    expect((await store.read('doc', 0))?.length).toBe(rows.length + 1)
    engine.stop()
  }, 60_000)

  it('FZ3: client frames are read to their last byte or refused', () => {
    const chance = rng(SEED).fork('read')
    for (let i = 0; i < 5_000; i++) {
      const junk = Uint8Array.from({ length: chance.below(40) }, () => chance.below(256))
      try {
        readClientFrame(junk)
      } catch (error) {
        expect(error).toBeInstanceOf(BadFrame)
      }
    }
    expect(() => readClientFrame(Uint8Array.of(3, 0))).toThrow('after the end')
  })
})
