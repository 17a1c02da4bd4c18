import { afterEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { must } from '@/lib/kit/assert'
import { CollabClient } from '../client/collab-client'
import { readServerFrame, type ServerFrame } from '../client/server-frame'
import type { Limits } from '../limits'
import { Close, LIVE_UPDATE_BYTES } from '../protocol/numbers'
import { scanUpdate } from '../protocol/scan-update'
import { awarenessFrame, clientHello, syncFrame } from '../protocol/write-frame'
import { MemoryWire } from '../testing/memory-bus'
import { MemoryPersistence } from '../testing/memory-persistence'
import { MemoryStore } from '../testing/memory-store'
import { type Pipe, pipesTo } from '../testing/pipe'
import { rng } from '../testing/rng'
import { quietLog, SIM_ROOTS } from '../testing/simulator'
import { VirtualTime } from '../testing/virtual-time'
import { createEngine, type Engine, type SocketEnd } from './engine'
import type { Authorizer, Bus } from './ports'
import { EditRefused } from './server-edit'
import { NoSuchDocument, StoredDocumentBroken } from './stored-document'

const ROOM = 'str_room'

/** A gate a test closes and opens: whatever passes it waits meanwhile. */
class Gate {
  private waiting: ((error?: Error) => void)[] = []
  shut = false

  pass(): Promise<void> {
    if (!this.shut) return Promise.resolve()
    return new Promise((resolve, reject) =>
      this.waiting.push((error) => {
        if (error) reject(error)
        else resolve()
      }),
    )
  }

  get queue(): number {
    return this.waiting.length
  }

  /** Lets the first one through; whoever comes later still waits. */
  step(): void {
    this.waiting.shift()?.()
  }

  open(error?: Error): void {
    this.shut = false
    for (const go of this.waiting.splice(0)) go(error)
  }
}

interface Person {
  readonly doc: Y.Doc
  readonly client: CollabClient
  readonly disk: MemoryPersistence
  readonly words: () => string
}

interface RawConnection {
  readonly end: SocketEnd
  /** Update frames acknowledged. */
  saved(): number
  /** How it was closed; 0: it was not. */
  code(): number
}

/** An update of a fresh client. */
function change(work: (doc: Y.Doc) => void): Uint8Array {
  const doc = new Y.Doc()
  work(doc)
  return Y.encodeStateAsUpdate(doc)
}

/** An update whose beginning is missing. */
function gapped(): Uint8Array {
  const doc = new Y.Doc()
  doc.getText('text').insert(0, 'missing')
  const before = Y.encodeStateVector(doc)
  doc.getText('text').insert(7, ' rest')
  return Y.encodeStateAsUpdate(doc, before)
}

class Stage {
  readonly time = new VirtualTime(rng(1))
  readonly store = new MemoryStore()
  readonly gates = {
    load: new Gate(),
    append: new Gate(),
    heads: new Gate(),
    read: new Gate(),
    saveSnapshot: new Gate(),
  }
  readonly after = {
    load: new Gate(),
    append: new Gate(),
    heads: new Gate(),
    read: new Gate(),
    saveSnapshot: new Gate(),
  }
  readonly pipes = new Set<Pipe>()
  readonly closed: number[] = []
  readonly appended: number[] = []
  readers = new Set<string>()
  engine: Engine
  /** One more process on the same store. */
  readonly node: (bus?: Bus) => Engine
  private readonly people: Person[] = []

  constructor(limits: Partial<Limits> = {}) {
    this.store.add(ROOM)
    this.store.before = (call) => this.gates[call].pass()
    this.store.after = (call) => this.after[call].pass()
    const append = this.store.append.bind(this.store)
    this.store.append = (batch, rows) => {
      this.appended.push(rows.length)
      return append(batch, rows)
    }
    const authorizer: Authorizer = {
      resolve: async (room, session) => ({
        kind: 'document',
        documentId: room,
        workspaceId: 'ws',
        mode: this.readers.has(session.userId) ? 'read' : 'write',
        grant: { memberId: session.userId, memberRevision: 1, sessionId: null, documentAccessRevision: 1 },
        identity: {
          userId: session.userId,
          memberId: session.userId,
          name: session.userId,
          color: '#000000',
        },
      }),
    }
    this.node = (bus) =>
      createEngine({
        store: this.store,
        authorizer,
        roots: SIM_ROOTS,
        log: quietLog,
        time: this.time,
        limits,
        ...(bus ? { bus } : {}),
      })
    this.engine = this.node()
  }

  person(name: string, options: { room?: string; disk?: MemoryPersistence } = {}): Person {
    const doc = new Y.Doc()
    const disk = options.disk ?? new MemoryPersistence()
    const open = pipesTo(() => this.engine, { sessionId: name, userId: name }, this.pipes)
    const client = new CollabClient({
      url: 'x',
      room: options.room ?? ROOM,
      doc,
      schema: 1,
      build: 'test',
      persistence: disk,
      time: this.time,
      openLink: (url, events) =>
        open(url, {
          ...events,
          closed: (code) => {
            this.closed.push(code)
            events.closed(code)
          },
        }),
    })
    const person = { doc, client, disk, words: () => doc.getText('text').toString() }
    this.people.push(person)
    return person
  }

  /** A connection without a client behind it: what it sends is up to the test. */
  async raw(name: string, handshake = true): Promise<RawConnection> {
    const frames: ServerFrame[] = []
    let closed = 0
    const end = this.engine.connect({ sessionId: name, userId: name }, ROOM, {
      send: (frame) => frames.push(readServerFrame(frame)),
      unread: () => 0,
      pause() {},
      resume() {},
      close: (code) => {
        closed = code
      },
    })
    await this.settle()
    end.receive(clientHello(1, 'raw'))
    if (handshake) end.receive(syncFrame('step2', Uint8Array.of(0, 0)))
    await this.settle()
    return {
      end,
      code: () => closed,
      saved: () =>
        frames.reduce((most, frame) => (frame.kind === 'saved' ? Math.max(most, frame.frames) : most), 0),
    }
  }

  /** Moves everything that can move, without letting time pass. */
  async settle(): Promise<void> {
    for (let moved = true; moved; ) {
      moved = false
      await this.time.settle()
      for (const pipe of [...this.pipes]) while (pipe.move(true)) moved = true
    }
  }

  async pass(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= 10) {
      await this.settle()
      await this.time.pass(Math.min(10, left))
    }
    await this.settle()
  }

  end(): void {
    for (const person of this.people) person.client.destroy()
    this.engine.stop()
  }
}

let stage: Stage
afterEach(() => stage.end())

describe('a room', () => {
  it('RM1: sends an update to others, and acknowledges it, only after its commit - and never back to its author', async () => {
    stage = new Stage()
    const [ann, ben] = [stage.person('ann'), stage.person('ben')]
    await stage.settle()
    stage.after.append.shut = true
    ann.doc.getText('text').insert(0, 'hello')
    await stage.pass(500)
    expect(stage.store.documents.get(ROOM)?.seq).toBe(1)
    expect(ben.words()).toBe('')
    expect(ann.client.saveState).toMatchObject({ kind: 'saving', pending: 1 })
    stage.after.append.open()
    let echoes = 0
    ann.doc.on('update', (_update: Uint8Array, origin: unknown) => {
      if (origin === ann.client) echoes += 1
    })
    await stage.settle()
    expect(ben.words()).toBe('hello')
    expect(ann.client.saveState).toEqual({ kind: 'saved' })
    expect(echoes).toBe(0)
  })

  it('RM2: a joiner is answered from committed state, and others wait only as long as that takes', async () => {
    stage = new Stage()
    const ann = stage.person('ann')
    await stage.settle()
    stage.gates.append.shut = true
    ann.doc.getText('text').insert(0, 'uncommitted ')
    await stage.settle()
    const ben = stage.person('ben')
    await stage.pass(200)
    ann.doc.getText('text').insert(0, 'later ')
    await stage.pass(200)
    expect(ben.client.ready).toBe('no')
    expect(ben.words()).toBe('')
    // One commit later Ben is in, although Ann has not paused for a moment - with what is committed, not with the rest.
    stage.gates.append.step()
    await stage.pass(200)
    expect(ben.client.ready).toBe('server')
    expect(ben.words()).toBe('uncommitted ')
    stage.gates.append.open()
    await stage.pass(100)
    expect(ben.words()).toBe('later uncommitted ')
    expect(ann.client.saveState.kind).toBe('saved')
  })

  it('RM3: is let go when nobody is left, not while somebody came back, and the words are there again', async () => {
    stage = new Stage({ linger: 1_000 })
    const ann = stage.person('ann')
    await stage.settle()
    ann.doc.getText('text').insert(0, 'stays')
    await stage.pass(100)
    ann.client.destroy()
    await stage.pass(500)
    const ben = stage.person('ben')
    await stage.pass(3_000)
    expect(stage.engine.stats()).toMatchObject({ rooms: 1, loads: 1 })
    ben.client.destroy()
    await stage.pass(2_000)
    expect(stage.engine.stats().rooms).toBe(0)
    const cat = stage.person('cat')
    await stage.settle()
    expect(cat.words()).toBe('stays')
    expect(stage.engine.stats().loads).toBe(2)
  })

  it('RM3 (H1, H3): is not let go while a commit is on its way', async () => {
    stage = new Stage({ linger: 100 })
    const ann = stage.person('ann')
    await stage.settle()
    stage.gates.append.shut = true
    ann.doc.getText('text').insert(0, 'last word')
    await stage.settle()
    ann.client.destroy()
    await stage.pass(5_000)
    expect(stage.engine.stats().rooms).toBe(1)
    stage.gates.append.open()
    await stage.pass(1_000)
    expect(stage.engine.stats().rooms).toBe(0)
    expect(stage.store.documents.get(ROOM)?.seq).toBe(1)
  })

  it('RM3: somebody who joins while the room is storing its last snapshot keeps it', async () => {
    stage = new Stage({ linger: 100, snapshotOnUnloadRows: 0 })
    const ann = stage.person('ann')
    await stage.settle()
    ann.doc.getText('text').insert(0, 'x')
    await stage.pass(100)
    stage.gates.saveSnapshot.shut = true
    ann.client.destroy()
    await stage.pass(500)
    expect(stage.gates.saveSnapshot.queue).toBe(1)
    const ben = stage.person('ben')
    await stage.settle()
    stage.gates.saveSnapshot.open()
    await stage.pass(500)
    expect(stage.engine.stats()).toMatchObject({ rooms: 1, loads: 1 })
    ben.doc.getText('text').insert(1, 'y')
    await stage.pass(200)
    expect(ben.client.saveState.kind).toBe('saved')
  })

  it('RM4 (H1): a failed load stores nothing, closes who waited, and the next join loads', async () => {
    stage = new Stage()
    const ann = stage.person('ann')
    await stage.settle()
    ann.doc.getText('text').insert(0, 'kept')
    await stage.pass(100)
    ann.client.destroy()
    await stage.pass(20_000)
    stage.gates.load.shut = true
    const [ben, cat] = [stage.person('ben'), stage.person('cat')]
    await stage.settle()
    stage.gates.load.open(new Error('away'))
    await stage.settle()
    expect(stage.closed.slice(-2)).toEqual([Close.failure, Close.failure])
    expect(stage.engine.stats().rooms).toBe(0)
    await stage.pass(3_000)
    expect([ben.words(), cat.words()]).toEqual(['kept', 'kept'])
    expect(stage.store.documents.get(ROOM)?.seq).toBe(1)
  })

  it('RM4: a document with a hole in it is not opened at all', async () => {
    stage = new Stage()
    const ann = stage.person('ann')
    await stage.settle()
    for (const word of ['a', 'b', 'c']) {
      ann.doc.getText('text').insert(0, word)
      await stage.pass(100)
    }
    ann.client.destroy()
    await stage.pass(20_000)
    stage.store.documents.get(ROOM)?.journal.splice(1, 1)
    await expect(stage.engine.read(ROOM)).rejects.toThrow(StoredDocumentBroken)
    stage.person('ben')
    await stage.settle()
    expect(stage.closed.at(-1)).toBe(Close.failure)
  })

  it('RM20: who comes, looks and goes is answered from what is stored; it is built for the first who writes', async () => {
    stage = new Stage({ linger: 100, snapshotOnUnloadRows: 0 })
    const ann = stage.person('ann')
    await stage.settle()
    ann.doc.getText('text').insert(0, 'one two three')
    ann.doc.getText('text').delete(3, 4)
    await stage.pass(200)
    const built = () => stage.engine.describe(ROOM)?.built
    expect(built()).toBe(true)
    const device = new MemoryPersistence()
    const eve = stage.person('eve', { disk: device })
    await stage.settle()
    eve.client.destroy()
    ann.client.destroy()
    await stage.pass(1_000)
    expect(stage.engine.stats().rooms).toBe(0)
    // With nothing, with everything, and for the server itself.
    stage.readers.add('ben')
    const [ben, back] = [stage.person('ben'), stage.person('eve', { disk: device })]
    await stage.settle()
    expect([ben.words(), back.words()]).toEqual(['one three', 'one three'])
    expect([ben.client.ready, back.client.saveState.kind]).toEqual(['server', 'saved'])
    const read = new Y.Doc()
    Y.applyUpdate(read, (await stage.engine.read(ROOM)).update)
    expect(read.getText('text').toString()).toBe('one three')
    expect(built()).toBe(false)
    back.doc.getText('text').insert(9, ' four')
    await stage.pass(200)
    expect(built()).toBe(true)
    expect([ben.words(), back.client.saveState.kind]).toEqual(['one three four', 'saved'])
    // Who knows a part of it only the document can answer.
    const cat = stage.person('cat', { disk: device })
    await stage.settle()
    expect(cat.words()).toBe('one three four')
  })

  it('RM20: what a row has deleted since the last snapshot is not in what a joiner is told', async () => {
    stage = new Stage({ linger: 100 })
    const ann = stage.person('ann')
    await stage.settle()
    ann.doc.getText('text').insert(0, 'kept secret')
    await stage.pass(200)
    ann.doc.getText('text').delete(4, 7)
    await stage.pass(200)
    ann.client.destroy()
    await stage.pass(1_000)
    expect(stage.store.documents.get(ROOM)).toMatchObject({ seq: 2, snapshot: null })
    const lies = (bytes: Uint8Array) => new TextDecoder().decode(bytes).includes('secret')
    expect(lies((await stage.engine.read(ROOM)).update)).toBe(false)
    const told: Uint8Array[] = []
    const end = stage.engine.connect({ sessionId: 'eve', userId: 'eve' }, ROOM, {
      send: (frame) => told.push(frame),
      unread: () => 0,
      pause() {},
      resume() {},
      close() {},
    })
    await stage.settle()
    end.receive(clientHello(1, 'raw'))
    end.receive(syncFrame('step1', Uint8Array.of(0)))
    expect(told.map((frame) => readServerFrame(frame).kind)).toContain('step2')
    expect(told.some(lies)).toBe(false)
  })

  it('RM20, GU3, GU4: an update is judged against the bytes as it would be against the document', async () => {
    stage = new Stage({ linger: 100 })
    const ann = stage.person('ann')
    await stage.settle()
    ann.doc.getText('text').insert(0, 'hers')
    await stage.pass(200)
    ann.client.destroy()
    await stage.pass(1_000)
    const eve = await stage.raw('eve')
    eve.end.receive(syncFrame('update', gapped()))
    expect(eve.code()).toBe(Close.resync)
    const forged = new Y.Doc()
    forged.clientID = ann.doc.clientID
    forged.getText('text').insert(0, 'not hers')
    const forger = await stage.raw('eve')
    forger.end.receive(syncFrame('update', Y.encodeStateAsUpdate(forged)))
    expect(forger.code()).toBe(Close.notAllowed)
    expect(stage.engine.describe(ROOM)?.built).toBe(false)
    expect(stage.store.documents.get(ROOM)?.seq).toBe(1)
  })

  it('RM20, RM4: what reads whole and cannot be built closes everybody once, and nothing is stored', async () => {
    stage = new Stage()
    // Two letters, each of which says it stands behind the other.
    stage.store.begin(ROOM, Uint8Array.of(2, 1, 9, 0, 132, 8, 0, 1, 120, 1, 8, 0, 132, 9, 0, 1, 121, 0))
    const [ann, ben] = [await stage.raw('ann'), await stage.raw('ben')]
    expect([ann.code(), ben.code()]).toEqual([0, 0])
    ann.end.receive(
      syncFrame(
        'update',
        change((doc) => doc.getText('text').insert(0, 'x')),
      ),
    )
    await stage.settle()
    expect([ann.code(), ben.code()]).toEqual([Close.failure, Close.failure])
    expect(stage.engine.stats()).toMatchObject({ rooms: 0, reloads: 1 })
    expect(stage.store.documents.get(ROOM)?.seq).toBe(1)
  })

  it('RM5, RM6: a refused row closes its author; everybody else goes on from committed state and loses nothing', async () => {
    stage = new Stage()
    const [ann, ben, cat] = [stage.person('ann'), stage.person('ben'), stage.person('cat')]
    await stage.settle()
    cat.doc.getText('text').insert(0, 'before ')
    await stage.pass(100)
    stage.gates.append.shut = true
    ann.doc.getText('text').insert(0, 'refused ')
    ben.doc.getText('text').insert(0, 'with it ')
    await stage.settle()
    cat.doc.getText('text').insert(0, 'behind it ')
    await stage.settle()
    stage.store.permits = (row) => row.userId !== 'ann'
    stage.gates.append.open()
    await stage.settle()
    expect(stage.closed).toEqual([Close.notAllowed])
    await stage.pass(100)
    expect(stage.engine.stats().reloads).toBe(1)
    expect(ben.words()).toBe(cat.words())
    expect(ben.words()).toContain('behind it ')
    expect(ben.words()).toContain('with it ')
    expect(ben.words()).not.toContain('refused')
    expect([ben.client.saveState.kind, cat.client.saveState.kind]).toEqual(['saved', 'saved'])
  })

  it('RM6: nothing is acknowledged between a dropped frame and the sync that brings it again', async () => {
    stage = new Stage()
    const [ann, ben] = [stage.person('ann'), stage.person('ben')]
    await stage.settle()
    stage.gates.append.shut = true
    ann.doc.getText('text').insert(0, 'refused')
    await stage.settle()
    ben.doc.getText('text').insert(0, 'dropped')
    await stage.settle()
    stage.store.permits = (row) => row.userId !== 'ann'
    stage.gates.load.shut = true
    stage.gates.append.open()
    await stage.settle()
    ben.doc.getText('text').insert(0, 'and more ')
    await stage.pass(200)
    expect(ben.client.saveState).toMatchObject({ kind: 'saving', pending: 2 })
    stage.gates.load.open()
    await stage.pass(200)
    expect(ben.client.saveState.kind).toBe('saved')
    expect(stage.store.documents.get(ROOM)?.clients.size).toBe(1)
  })

  it('RM8: a repeated update is safe no sooner than the original', async () => {
    stage = new Stage()
    const ann = stage.person('ann')
    await stage.settle()
    stage.gates.append.shut = true
    ann.doc.getText('text').insert(0, 'once')
    await stage.pass(50)
    // The connection breaks with the commit on its way; the new one offers the same words.
    for (const pipe of [...stage.pipes]) pipe.cut()
    await stage.pass(1_000)
    expect(ann.client.saveState).toMatchObject({ pending: 1 })
    stage.gates.append.open()
    await stage.pass(1_000)
    expect(ann.client.saveState.kind).toBe('saved')
    expect(stage.store.documents.get(ROOM)?.seq).toBe(1)
  })

  it('RM8: an update sent twice is acknowledged once it is committed, not because it is known', async () => {
    stage = new Stage()
    const ann = await stage.raw('ann')
    const update = change((doc) => doc.getText('text').insert(0, 'twice'))
    stage.gates.append.shut = true
    ann.end.receive(syncFrame('update', update))
    ann.end.receive(syncFrame('update', update))
    await stage.settle()
    expect(ann.saved()).toBe(1)
    stage.gates.append.open()
    await stage.settle()
    expect(ann.saved()).toBe(3)
    expect(stage.store.documents.get(ROOM)?.seq).toBe(1)
  })

  it('RM6: a dropped frame is not acknowledged by what comes after it, only by a step 2 that brings it again', async () => {
    stage = new Stage()
    const [ann, ben] = [await stage.raw('ann'), await stage.raw('ben')]
    const words = change((doc) => doc.getText('text').insert(0, 'dropped'))
    stage.gates.append.shut = true
    ann.end.receive(
      syncFrame(
        'update',
        change((doc) => doc.getText('text').insert(0, 'refused')),
      ),
    )
    await stage.settle()
    ben.end.receive(syncFrame('update', words))
    await stage.settle()
    stage.store.permits = (row) => row.userId !== 'ann'
    stage.gates.append.open()
    await stage.settle()
    // Sent before Ben's client read that it must sync again.
    ben.end.receive(syncFrame('update', Uint8Array.of(0, 0)))
    ben.end.receive(
      syncFrame(
        'update',
        change((doc) => doc.getMap('meta').set('k', 1)),
      ),
    )
    await stage.settle()
    expect(ben.saved()).toBe(1)
    ben.end.receive(syncFrame('step2', words))
    await stage.settle()
    expect(ben.saved()).toBe(5)
    const doc = new Y.Doc()
    Y.applyUpdate(doc, (await runs(stage.engine.read(ROOM))).update)
    expect([doc.getText('text').toString(), doc.getMap('meta').get('k')]).toEqual(['dropped', 1])
  })

  it('RM7: what cannot be placed yet is passed over before the first step 2, and acknowledged with it', async () => {
    stage = new Stage()
    const ann = await stage.raw('ann', false)
    const own = new Y.Doc()
    own.getText('text').insert(0, 'offline')
    const before = Y.encodeStateVector(own)
    own.getText('text').insert(7, ', then live')
    ann.end.receive(syncFrame('update', Y.encodeStateAsUpdate(own, before)))
    await stage.settle()
    expect([ann.saved(), ann.code()]).toEqual([0, 0])
    ann.end.receive(syncFrame('step2', Y.encodeStateAsUpdate(own)))
    await stage.settle()
    expect(ann.saved()).toBe(2)
    ann.end.receive(syncFrame('update', gapped()))
    expect(ann.code()).toBe(Close.resync)
  })

  it('RM9 (H4, H5): while one batch is on its way the next gathers; one author beside nobody is one row', async () => {
    stage = new Stage()
    const [ann, ben] = [stage.person('ann'), stage.person('ben')]
    await stage.settle()
    stage.gates.append.shut = true
    ann.doc.getText('text').insert(0, 'a')
    await stage.settle()
    for (let i = 0; i < 10; i++) {
      ann.doc.getText('text').insert(0, 'a')
      await stage.pass(50)
    }
    ben.doc.getText('text').insert(0, 'b')
    await stage.settle()
    expect(stage.gates.append.queue).toBe(1)
    stage.gates.append.open()
    await stage.settle()
    expect(stage.appended).toEqual([1, 2])
  })

  it('RM9: letters that go on where their author was join them past what others say; anything else comes behind it', async () => {
    stage = new Stage()
    const ben = stage.person('ben')
    const raws = { ann: await stage.raw('ann'), cay: await stage.raw('cay') }
    const docs = { ann: new Y.Doc(), cay: new Y.Doc() }
    for (const who of ['ann', 'cay'] as const)
      docs[who].on('update', (update: Uint8Array) => raws[who].end.receive(syncFrame('update', update)))
    const [ann, cay] = [docs.ann.getText('text'), docs.cay.getText('text')]
    stage.gates.append.shut = true
    ben.doc.getText('text').insert(0, '.')
    await stage.pass(100)
    const committed = stage.appended.length
    for (const letter of 'together') {
      ann.insert(ann.length, letter)
      cay.insert(cay.length, letter.toUpperCase())
    }
    // Of Ann two letters away from there, then at the end again; of Cay what is known already, then one more.
    ann.insert(0, '1')
    ann.insert(0, '2')
    ann.insert(ann.length, '!')
    raws.cay.end.receive(syncFrame('update', Y.encodeStateAsUpdate(docs.cay)))
    cay.insert(cay.length, '?')
    await stage.settle()
    expect([raws.ann.saved(), raws.cay.saved()]).toEqual([1, 1])
    stage.gates.append.open()
    await stage.settle()
    const rows = stage.store.documents.get(ROOM)?.journal.slice(-4) ?? []
    expect(rows.map(({ userId }) => userId)).toEqual(['ann', 'cay', 'ann', 'cay'])
    // Behind each other and of one author: one struct.
    expect(rows.slice(0, 2).map(({ bytes }) => scanUpdate(bytes).structs)).toEqual([1, 1])
    expect(stage.appended.slice(committed).reduce((sum, rows) => sum + rows, 0)).toBe(4)
    expect([raws.ann.saved(), raws.cay.saved()]).toEqual([12, 11])
    for (const words of ['together!', 'TOGETHER?', '21', '.']) expect(ben.words()).toContain(words)
  })

  it('RM9, property: whoever writes whatever while a batch gathers, no row builds on one behind it, and nothing is missing', async () => {
    for (let seed = 1; seed <= 20; seed++) {
      stage = new Stage({ framesBurst: 1_000 })
      const chance = rng(seed)
      const docs: Y.Doc[] = []
      const codes: (() => number)[] = []
      for (const name of ['ann', 'ben', 'cay']) {
        const { end, code } = await stage.raw(name)
        codes.push(code)
        const doc = new Y.Doc()
        doc.on('update', (update: Uint8Array, origin: unknown) => {
          if (origin === 'heard') return
          end.receive(syncFrame('update', update))
          // Tabs of one browser hear each other sooner than the server tells them.
          if (name !== 'cay') for (const other of docs.slice(0, 2)) Y.applyUpdate(other, update, 'heard')
        })
        docs.push(doc)
      }
      for (let i = 0; i < 12; i++) {
        stage.gates.append.shut = true
        const people = docs.map((doc) => {
          const text = doc.getText('text')
          return { text, at: chance.below(text.length + 1) }
        })
        for (let step = 0; step < 20; step++) {
          const person = chance.pick(people)
          const { text } = person
          if (chance.below(10) === 0) person.at = chance.below(text.length + 1)
          if (chance.below(12) === 0 && person.at > 0) text.delete(--person.at, 1)
          else text.insert(person.at++, chance.pick(['x', 'yy', '纲']))
        }
        await stage.settle()
        stage.gates.append.open()
        await stage.pass(50)
        const rows = stage.store.documents.get(ROOM)?.journal ?? []
        for (const doc of docs) for (const { bytes } of rows) Y.applyUpdate(doc, bytes, 'heard')
      }
      const rebuilt = new Y.Doc()
      for (const { bytes } of stage.store.documents.get(ROOM)?.journal ?? []) {
        Y.applyUpdate(rebuilt, bytes)
        expect([rebuilt.store.pendingStructs, rebuilt.store.pendingDs]).toEqual([null, null])
      }
      expect(codes.map((code) => code())).toEqual([0, 0, 0])
      for (const doc of docs) expect(doc.getText('text').toString()).toBe(rebuilt.getText('text').toString())
      stage.end()
    }
  })

  it('RM9: on a busy node letters gather for a while, and a newcomer, the server or the end do not wait for it', async () => {
    const [lettersAtOnce, pace] = [5, 40]
    stage = new Stage({ lettersAtOnce, pace })
    const ann = await stage.raw('ann')
    const doc = new Y.Doc()
    doc.on('update', (update: Uint8Array) => ann.end.receive(syncFrame('update', update)))
    const letters = async (count: number) => {
      for (let i = 0; i < count; i++) {
        doc.getText('text').insert(0, 'a')
        stage.time.jump(1)
        await stage.settle()
      }
      return stage.appended.length
    }
    expect(await letters(lettersAtOnce)).toBe(5)
    expect(await letters(4)).toBe(5)
    await stage.pass(pace)
    expect(stage.appended.length).toBe(6)
    await letters(1)
    const ben = stage.person('ben')
    await stage.settle()
    expect([ben.words().length, stage.appended.length]).toEqual([10, 7])
    await letters(1)
    const by = { userId: 'ann', sessionId: null }
    await runs(stage.engine.edit(ROOM, by, (live) => live.getMap('meta').set('k', 1)))
    expect(stage.appended.length).toBe(9)
    await letters(1)
    await runs(stage.engine.flush())
    expect(stage.appended.length).toBe(10)
  })

  it('RM10: a batch that can never be stored is taken apart, and only the row at fault is refused', async () => {
    stage = new Stage()
    const [ann, ben] = [stage.person('ann'), stage.person('ben')]
    await stage.settle()
    const append = stage.store.append.bind(stage.store)
    const refuse = (rows: readonly { userId: string | null }[]) => rows.some((row) => row.userId === 'ann')
    Object.assign(stage.store, {
      append: async (batch: string, rows: Parameters<typeof append>[1]) =>
        refuse(rows) ? { impossible: 'never' } : append(batch, rows),
    })
    stage.gates.append.shut = true
    ben.doc.getText('text').insert(0, 'first')
    await stage.settle()
    ann.doc.getText('text').insert(0, 'impossible')
    ben.doc.getText('text').insert(0, 'fine ')
    await stage.settle()
    stage.gates.append.open()
    await stage.settle()
    expect(stage.closed).toEqual([Close.notAllowed])
    await stage.pass(200)
    expect(ben.client.saveState.kind).toBe('saved')
    expect(ben.words()).toContain('fine ')
  })

  it('RM10: an answer that was lost is asked for again, and the row is there once', async () => {
    stage = new Stage()
    const ann = stage.person('ann')
    await stage.settle()
    stage.after.append.shut = true
    ann.doc.getText('text').insert(0, 'once')
    await stage.settle()
    stage.after.append.open(new Error('connection lost after commit'))
    await stage.pass(1_000)
    expect(ann.client.saveState.kind).toBe('saved')
    expect(stage.store.documents.get(ROOM)?.journal.length).toBe(1)
    expect(stage.engine.stats().retries).toBe(1)
  })

  it('RM11: the server writes through the live room, is seen by everybody, and its id is nobody else’s', async () => {
    stage = new Stage()
    const ann = stage.person('ann')
    await stage.settle()
    ann.doc.getText('text').insert(0, 'text')
    await stage.pass(100)
    const { seq } = await runs(
      stage.engine.edit(ROOM, { userId: 'ann', sessionId: null }, (doc) =>
        doc.getText('text').format(0, 4, { comment: 'thr_1' }),
      ),
    )
    expect(seq).toBe(2)
    await stage.settle()
    expect(ann.doc.getText('text').toDelta()).toEqual([{ insert: 'text', attributes: { comment: 'thr_1' } }])
    expect(stage.store.documents.get(ROOM)?.journal.at(-1)?.userId).toBe('ann')
    await expect(
      runs(
        stage.engine.edit(ROOM, { userId: null, sessionId: null }, () => {
          throw new Error('changed its mind')
        }),
      ),
    ).rejects.toThrow('changed its mind')
    await stage.pass(100)
    ann.doc.getText('text').insert(4, ' goes on')
    await stage.pass(200)
    expect(ann.client.saveState.kind).toBe('saved')
  })

  it('RM11: an edit answers what its change answered, at the commit; one that throws or has holes leaves nothing', async () => {
    stage = new Stage()
    const ann = stage.person('ann')
    await stage.settle()
    ann.doc.getText('text').insert(0, 'four words stand here')
    await stage.pass(100)
    stage.gates.append.shut = true
    let told = false
    const editing = stage.engine.edit(ROOM, { userId: 'ben', sessionId: null }, (doc) => {
      const text = doc.getText('text')
      text.format(0, 4, { comment: 'thr_1' })
      return text.length
    })
    void editing.then(() => {
      told = true
    })
    await stage.settle()
    expect([told, ann.doc.getText('text').toDelta()]).toEqual([false, [{ insert: 'four words stand here' }]])
    stage.gates.append.open()
    expect(await runs(editing)).toEqual({ value: 21, seq: 2 })
    const holes = stage.engine.edit(ROOM, { userId: 'ben', sessionId: null }, (doc) => {
      doc.getText('text').insert(0, 'not this ')
      Y.applyUpdate(doc, gapped())
    })
    await expect(runs(holes)).rejects.toThrow(EditRefused)
    const { value, seq } = await runs(
      stage.engine.edit(ROOM, { userId: null, sessionId: null }, () => 'nothing'),
    )
    expect([value, seq]).toEqual(['nothing', 2])
    ann.doc.getText('text').insert(0, 'these ')
    await stage.pass(200)
    const read = await runs(stage.engine.read(ROOM))
    const stored = new Y.Doc()
    Y.applyUpdate(stored, read.update)
    expect([read.seq, stored.getText('text').toString()]).toEqual([3, 'these four words stand here'])
  })

  it('RM11: an edit in a room where nobody is loads it, and lets it go again', async () => {
    stage = new Stage({ linger: 1_000 })
    const { seq } = await runs(
      stage.engine.edit(ROOM, { userId: 'ann', sessionId: null }, (doc) => doc.getMap('meta').set('a', 1)),
    )
    expect([seq, stage.engine.stats().rooms]).toEqual([1, 1])
    await stage.pass(2_000)
    expect(stage.engine.stats().rooms).toBe(0)
  })

  it('RM16: words brought from elsewhere stay under the names of those who wrote them', async () => {
    stage = new Stage()
    const ann = stage.person('ann')
    await stage.settle()
    const bens = change((doc) => {
      doc.clientID = 77
      doc.getText('text').insert(0, 'proposed')
    })
    const bring = (owners: Map<number, string | null>) =>
      runs(
        stage.engine.edit(ROOM, { userId: 'ann', sessionId: null }, (doc) => Y.applyUpdate(doc, bens), {
          owners,
        }),
      )
    await bring(new Map([[77, 'ben']]))
    expect(stage.store.documents.get(ROOM)?.clients.get(77)).toBe('ben')
    expect(stage.store.documents.get(ROOM)?.journal.at(-1)?.userId).toBe('ann')
    // Ann may not write on under Ben's id: the room knows it as Ben's too.
    ann.doc.clientID = 77
    await stage.settle()
    ann.doc.getText('text').insert(0, 'forged ')
    await stage.pass(100)
    expect(stage.closed).toContain(Close.notAllowed)
  })

  it('RM19: the server sees who is here, and hears when the last who may write has gone', async () => {
    stage = new Stage()
    stage.readers.add('vera')
    const left: string[] = []
    stage.engine.onWritersLeft(() => {
      throw new Error('a mistake of its own')
    })
    const stop = stage.engine.onWritersLeft((documentId) => left.push(documentId))
    const ann = await stage.raw('ann')
    const ben = await stage.raw('ben')
    const vera = await stage.raw('vera', false)
    ann.end.receive(awarenessFrame([{ id: 7, clock: 1, state: '{"caret":{"root":"policy"}}' }]))
    vera.end.receive(awarenessFrame([{ id: 8, clock: 1, state: '{}' }]))
    await stage.settle()
    const here = stage.engine
      .presence(ROOM)
      .map(({ userId, mayWrite, state }) => ({ userId, mayWrite, state }))
    expect(here).toMatchObject([
      { userId: 'ann', mayWrite: true, state: { caret: { root: 'policy' }, user: { name: 'ann' } } },
      { userId: 'vera', mayWrite: false },
    ])
    expect(stage.engine.presence('str_unknown')).toEqual([])
    ann.end.gone()
    await stage.settle()
    expect(left).toEqual([])
    expect(stage.engine.presence(ROOM).map(({ userId }) => userId)).toEqual(['vera'])
    ben.end.gone()
    await stage.settle()
    expect(left).toEqual([ROOM])
    vera.end.gone()
    await stage.settle()
    expect(left).toEqual([ROOM])
    stop()
  })

  it('RM17: who listens hears of every commit once per document and batch, and of nothing else', async () => {
    stage = new Stage()
    stage.store.add('str_other')
    const heard: [string, number][] = []
    stage.engine.onCommitted(() => {
      throw new Error('a mistake of its own')
    })
    const stop = stage.engine.onCommitted((documentId, seq) => heard.push([documentId, seq]))
    const [ann, ben, cat] = [
      stage.person('ann'),
      stage.person('ben'),
      stage.person('cat', { room: 'str_other' }),
    ]
    await stage.settle()
    stage.gates.append.shut = true
    ann.doc.getText('text').insert(0, 'a')
    await stage.settle()
    ben.doc.getText('text').insert(0, 'b')
    ann.doc.getText('text').insert(0, 'a')
    cat.doc.getText('text').insert(0, 'c')
    await stage.pass(100)
    expect(heard).toEqual([])
    stage.gates.append.step()
    await stage.pass(100)
    expect(heard).toEqual([[ROOM, 1]])
    stage.gates.append.open()
    await stage.pass(100)
    expect(heard.slice(1).sort()).toEqual([
      ['str_other', 1],
      [ROOM, 3],
    ])
    stop()
    ann.doc.getText('text').insert(0, 'unheard')
    await stage.pass(100)
    expect(heard).toHaveLength(3)
    expect(ann.client.saveState.kind).toBe('saved')
  })

  it('RM11: what is written for a document that takes nothing is refused, not forgotten', async () => {
    stage = new Stage()
    stage.store.permits = () => false
    await expect(
      runs(
        stage.engine.edit(ROOM, { userId: null, sessionId: null }, (doc) => doc.getMap('meta').set('a', 1)),
      ),
    ).rejects.toThrow(EditRefused)
    await expect(runs(stage.engine.read('doc_none'))).rejects.toThrow(NoSuchDocument)
  })

  it('RM11: a fresh document is seeded with one update and read back', async () => {
    stage = new Stage()
    const template = new Y.Doc()
    template.getText('text').insert(0, 'from a template')
    await runs(
      stage.engine.edit(ROOM, { userId: 'ann', sessionId: null }, (doc) =>
        Y.applyUpdate(doc, Y.encodeStateAsUpdate(template)),
      ),
    )
    const doc = new Y.Doc()
    Y.applyUpdate(doc, (await runs(stage.engine.read(ROOM))).update)
    expect(doc.getText('text').toString()).toBe('from a template')
    const ben = stage.person('ben')
    await stage.settle()
    expect(ben.words()).toBe('from a template')
  })

  it('RM12: stores a snapshot when the tail outweighs it, one at a time, also while people type without a pause', async () => {
    stage = new Stage({ snapshotTailRows: 10, snapshotPause: 0 })
    const [ann, ben] = [stage.person('ann'), stage.person('ben')]
    await stage.settle()
    stage.gates.saveSnapshot.shut = true
    for (let i = 0; i < 60; i++) {
      ann.doc.getText('text').insert(0, `a${i} `)
      ben.doc.getText('text').insert(0, `b${i} `)
      await stage.pass(50)
    }
    expect(stage.gates.saveSnapshot.queue).toBe(1)
    stage.gates.saveSnapshot.open()
    await stage.pass(200)
    ann.doc.getText('text').insert(0, 'end ')
    await stage.pass(500)
    expect(stage.engine.stats().snapshots).toBeGreaterThanOrEqual(1)
    const document = stage.store.documents.get(ROOM)
    expect(document?.snapshot?.seq).toBeGreaterThan(10)
    expect(document?.history.length).toBeGreaterThan(1)
    stage.engine.stop()
    const doc = new Y.Doc()
    Y.applyUpdate(doc, (await runs(stage.engine.read(ROOM))).update)
    expect(doc.getText('text').toString()).toBe(ann.words())
  })

  it('RM12: while many write, no two rooms store at once, and none again before a pause or a long tail', async () => {
    stage = new Stage({ snapshotTailRows: 4, snapshotPause: 10_000, snapshotMostRows: 12 })
    stage.store.add('str_other')
    const [ann, ben] = [stage.person('ann'), stage.person('ben', { room: 'str_other' })]
    await stage.settle()
    const write = async (letters: number) => {
      for (let i = 0; i < letters; i++) {
        for (const { doc } of [ann, ben]) doc.getText('text').insert(0, 'x')
        await stage.pass(50)
      }
    }
    const stored = () =>
      [ROOM, 'str_other'].map((room) => stage.store.documents.get(room)?.snapshot?.seq ?? 0)
    stage.gates.saveSnapshot.shut = true
    await write(8)
    expect(stage.gates.saveSnapshot.queue).toBe(1)
    stage.gates.saveSnapshot.open()
    await write(1)
    expect(stored()).toEqual([5, 9])
    await write(6)
    expect(stored()).toEqual([5, 9])
    // More than twelve rows of the first.
    await write(3)
    expect(stored()).toEqual([18, 9])
    await stage.pass(10_000)
    await write(1)
    expect(stored()).toEqual([18, 19])
  })

  it('RM12 (H2): stores that fail do not keep the room in memory', async () => {
    stage = new Stage({ linger: 100, snapshotOnUnloadRows: 0 })
    stage.store.saveSnapshot = () => Promise.reject(new Error('disk full'))
    const ann = stage.person('ann')
    await stage.settle()
    ann.doc.getText('text').insert(0, 'x')
    await stage.pass(100)
    ann.client.destroy()
    await stage.pass(1_000)
    expect(stage.engine.stats().rooms).toBe(0)
  })

  it('RM14: faster than the database: paused, not dropped, and all of it arrives', async () => {
    stage = new Stage({ pendingBytesPerDocument: 2_000 })
    const ann = stage.person('ann')
    await stage.settle()
    stage.gates.append.shut = true
    for (let i = 0; i < 20; i++) {
      ann.doc.getText('text').insert(0, 'x'.repeat(300))
      await stage.pass(50)
    }
    expect(stage.engine.stats().pendingBytes).toBeLessThan(3_500)
    stage.gates.append.open()
    await stage.pass(2_000)
    expect(ann.client.saveState.kind).toBe('saved')
    const doc = new Y.Doc()
    Y.applyUpdate(doc, (await runs(stage.engine.read(ROOM))).update)
    expect(doc.getText('text').length).toBe(6_000)
  })

  it('RM14: with the last batch of a room under the pressure of another, nobody stays paused', async () => {
    stage = new Stage({ pendingBytes: 50_000, batchRows: 1 })
    stage.store.add('str_other')
    const [ann, cat] = [stage.person('ann'), stage.person('cat', { room: 'str_other' })]
    await stage.settle()
    stage.gates.append.shut = true
    ann.doc.getText('text').insert(0, 'a'.repeat(60_000))
    await stage.settle()
    cat.doc.getText('text').insert(0, 'c'.repeat(60_000))
    await stage.pass(50)
    // Ann's row is through while Cat's is not: nothing else of her room will ever come.
    stage.gates.append.step()
    await stage.pass(50)
    stage.gates.append.open()
    await stage.pass(50)
    ann.doc.getText('text').insert(0, 'later ')
    await stage.pass(500)
    expect(ann.client.saveState.kind).toBe('saved')
  })

  it('RM2, RM11: who joins, or reads, behind a change of the server waits for its commit', async () => {
    stage = new Stage()
    const ann = stage.person('ann')
    await stage.settle()
    stage.gates.append.shut = true
    ann.doc.getText('text').insert(0, 'words')
    await stage.settle()
    const editing = stage.engine.edit(ROOM, { userId: null, sessionId: null }, (doc) =>
      doc.getText('text').insert(0, 'refused '),
    )
    const reading = stage.engine.read(ROOM)
    await stage.settle()
    const ben = stage.person('ben')
    await stage.settle()
    stage.store.permits = (row) => row.userId !== null
    stage.gates.append.step()
    await stage.settle()
    expect(ben.client.ready).toBe('no')
    stage.gates.append.open()
    await expect(runs(editing)).rejects.toThrow(EditRefused)
    await stage.pass(500)
    const { update, seq } = await runs(reading)
    const read = new Y.Doc()
    Y.applyUpdate(read, update)
    expect([read.getText('text').toString(), seq, ben.words()]).toEqual(['words', 1, 'words'])
  })

  it('RM18: a mistake of ours in the middle of a batch costs a reload, not the room', async () => {
    stage = new Stage({ pendingBytesPerDocument: 2_000 })
    let mistakes = 1
    const bus: Bus = {
      shared: true,
      up: true,
      publish: ({ kind }) => {
        if (kind !== 'appended') return
        mistakes += 1
        if (mistakes === 1) throw new Error('a mistake')
      },
      subscribe: () => () => {},
    }
    stage.engine.stop()
    stage.engine = stage.node(bus)
    const people = ['ann', 'ben', 'cat'].map((name) => stage.person(name))
    await stage.settle()
    // Two rows in one batch; the mistake happens between them.
    stage.gates.append.shut = true
    for (const { doc } of people) {
      doc.getText('text').insert(0, 'x'.repeat(1_800))
      await stage.settle()
    }
    stage.gates.append.step()
    await stage.settle()
    mistakes = 0
    stage.gates.append.open()
    await stage.pass(1_000)
    for (let i = 0; i < 5; i++) {
      for (const { doc } of people) doc.getText('text').insert(0, 'y'.repeat(300))
      await stage.pass(100)
    }
    const [ann, ben, cat] = people
    expect(people.map((person) => person.client.saveState.kind)).toEqual(['saved', 'saved', 'saved'])
    expect(new Set([ann?.words(), ben?.words(), cat?.words()]).size).toBe(1)
    expect(stage.engine.stats()).toMatchObject({ reloads: 1, pendingRows: 0, pendingBytes: 0 })
    expect(stage.engine.describe(ROOM)).toMatchObject({ rowBytes: 0, inFlight: 0 })
  })

  it('DR1: what was waited for and then dropped does not keep anybody waiting', async () => {
    stage = new Stage()
    const [ann, ben] = [await stage.raw('ann'), await stage.raw('ben')]
    ben.end.receive(
      syncFrame(
        'update',
        change((doc) => doc.getText('text').insert(0, 'dropped')),
      ),
    )
    let flushed = false
    void stage.engine.flush().then(() => {
      flushed = true
    })
    // Not a page: the document is thrown away with the words that have not left yet.
    ann.end.receive(
      syncFrame(
        'update',
        change((doc) => doc.getXmlFragment('page').insert(0, [new Y.XmlText('bare')])),
      ),
    )
    await stage.settle()
    expect([ann.code(), stage.engine.stats().reloads]).toEqual([Close.badFrame, 1])
    expect(flushed).toBe(true)
  })

  it('RM14: being sent a paste larger than what may lie unread is not being too slow; leaving more there is', async () => {
    stage = new Stage({ unreadBytes: 100_000 })
    const ann = stage.person('ann')
    await stage.settle()
    let unread = 0
    let closed = 0
    const end = stage.engine.connect({ sessionId: 'ben', userId: 'ben' }, ROOM, {
      send: (frame) => {
        unread += frame.length
      },
      unread: () => unread,
      pause() {},
      resume() {},
      close: (code) => {
        closed = code
      },
    })
    await stage.settle()
    end.receive(clientHello(1, 'slow'))
    end.receive(syncFrame('step1', Uint8Array.of(0)))
    await stage.settle()
    ann.doc.getText('text').insert(0, 'p'.repeat(400_000))
    await stage.pass(200)
    ann.doc.getText('text').insert(0, 'and on ')
    await stage.pass(200)
    expect([closed, unread > 400_000]).toEqual([0, true])
    for (let i = 0; i < 40; i++) {
      ann.doc.getText('text').insert(0, 'q'.repeat(10_000))
      await stage.pass(100)
    }
    expect(closed).toBe(Close.tooFast)
    expect(unread).toBeLessThan(700_000)
  })

  it('RM15 (H7): ten thousand refused joins leave nothing behind', async () => {
    stage = new Stage()
    const session = { sessionId: 's', userId: 'u' }
    for (let i = 0; i < 10_000; i++) {
      let code = 0
      stage.engine.connect(session, `doc_none_${i}`, {
        send() {},
        unread: () => 0,
        pause() {},
        resume() {},
        close: (given) => {
          code = given
        },
      })
      await new Promise((resolve) => setImmediate(resolve))
      expect(code).toBe(Close.notFound)
    }
    expect(stage.engine.stats()).toMatchObject({ connections: 0, rooms: 0, channels: 0 })
  })
})

describe('the house', () => {
  it('PR1: nobody hears nothing for thirty seconds, after which a stock client would leave', async () => {
    stage = new Stage()
    let heard = stage.time.now()
    let longest = 0
    const end = stage.engine.connect({ sessionId: 's', userId: 'u' }, ROOM, {
      send: () => {
        longest = Math.max(longest, stage.time.now() - heard)
        heard = stage.time.now()
      },
      unread: () => 0,
      pause() {},
      resume() {},
      close() {},
    })
    await stage.settle()
    end.receive(syncFrame('step1', Uint8Array.of(0)))
    await stage.time.pass(120_000)
    expect(longest).toBeGreaterThan(0)
    expect(longest).toBeLessThan(25_000)
    expect(stage.time.now() - heard).toBeLessThan(25_000)
  })

  it('RV1: a right that went without any notice is noticed when everybody is judged again', async () => {
    stage = new Stage({ rejudge: 60_000 })
    const ann = await stage.raw('ann')
    const ben = await stage.raw('ben')
    stage.readers.add('ann')
    await stage.time.pass(61_000)
    expect([ann.code(), ben.code()]).toEqual([Close.notAllowed, 0])
  })

  it('AU3: a socket that never speaks is not kept', async () => {
    stage = new Stage()
    let code = 0
    stage.engine.connect({ sessionId: 's', userId: 'u' }, ROOM, {
      send() {},
      unread: () => 0,
      pause() {},
      resume() {},
      close: (given) => {
        code = given
      },
    })
    await stage.time.pass(6_000)
    expect(code).toBe(Close.failure)
    expect(stage.engine.stats().connections).toBe(0)
  })

  it('RV1: events and revocations reach the other nodes', async () => {
    stage = new Stage()
    const wire = new MemoryWire(true)
    const far = stage.engine
    const [here, there] = [stage.node(wire.join('here')), stage.node(wire.join('there'))]
    stage.engine = there
    const ann = stage.person('ann')
    await stage.settle()
    const events: unknown[] = []
    ann.client.onEvent((event) => events.push(event))
    here.publish(ROOM, { type: 'renamed' })
    await stage.settle()
    expect(events).toEqual([{ type: 'renamed' }])
    here.revoke({ userId: 'ann' })
    await stage.settle()
    expect(stage.closed).toEqual([Close.notAllowed])
    for (const engine of [far, here, there]) engine.stop()
  })
})

describe('the client', () => {
  it('CL7: junk from the server ends the connection, not the page, and the next one works', async () => {
    stage = new Stage()
    const ann = stage.person('ann')
    await stage.settle()
    for (const junk of [
      Uint8Array.of(0, 2, 3, 255, 255, 255),
      Uint8Array.of(101),
      Uint8Array.of(102, 1, 123),
      Uint8Array.of(1, 2, 1, 1),
    ]) {
      for (const pipe of stage.pipes) pipe.toClient.push(junk)
      await stage.pass(2_000)
      ann.doc.getText('text').insert(0, 'x')
      await stage.pass(2_000)
      expect(ann.client.saveState.kind).toBe('saved')
    }
    for (const pipe of stage.pipes) pipe.toClient.push(Uint8Array.of(200, 1), Uint8Array.of(0, 9))
    await stage.settle()
    expect(ann.client.online).toBe(true)
  })

  it('CL8: a disk that fails is said so, and the words still reach the server', async () => {
    stage = new Stage()
    const ann = stage.person('ann')
    await stage.settle()
    ann.disk.failing = true
    stage.gates.append.shut = true
    ann.doc.getText('text').insert(0, 'x')
    await stage.pass(4_000)
    expect(ann.client.saveState).toEqual({ kind: 'not_saved', pending: 1, kept: false })
    stage.gates.append.open()
    await stage.pass(500)
    expect(ann.client.saveState).toEqual({ kind: 'saved' })
  })

  it('CL9: stays below the server’s budget however fast somebody types and moves', async () => {
    stage = new Stage()
    const ann = stage.person('ann')
    await stage.settle()
    let frames = 0
    const [pipe] = stage.pipes
    for (let i = 0; i < 500; i++) {
      ann.doc.getText('text').insert(0, 'x')
      await stage.time.pass(2)
      frames += pipe?.toServer.length ?? 0
      await stage.settle()
    }
    expect(frames).toBeLessThan(30)
    await stage.pass(200)
    expect(ann.client.saveState.kind).toBe('saved')
    expect(stage.closed).toEqual([])
  })

  it('CL10: what gathers to more than a live update may carry goes as a sync step, one at a time, and is never refused', async () => {
    stage = new Stage()
    const [ann, ben] = [stage.person('ann'), stage.person('ben')]
    await stage.settle()
    const sent: { kind: string; bytes: number; underway: number }[] = []
    const [pipe] = stage.pipes
    const receive = must(pipe, 'a pipe').toServer
    receive.push = (...frames: Uint8Array[]) => {
      for (const frame of frames)
        if (frame[0] === 0 && frame[1] !== 0)
          sent.push({
            kind: frame[1] === 1 ? 'step2' : 'update',
            bytes: frame.length,
            underway: stage.gates.append.queue,
          })
      return Array.prototype.push.apply(receive, frames)
    }
    // A machine that stands still now and then: each time, a page of typing leaves at once.
    for (let i = 0; i < 12; i++) {
      stage.gates.append.shut = i % 3 === 0
      ann.doc.getText('text').insert(0, 'x'.repeat(70_000))
      await stage.pass(50)
      ann.doc.getText('text').insert(0, 'y')
      await stage.pass(50)
      stage.gates.append.open()
      await stage.pass(50)
    }
    await stage.pass(1_000)
    expect(ann.client.saveState.kind).toBe('saved')
    expect(stage.closed).toEqual([])
    expect(ben.words().length).toBe(12 * 70_001)
    expect(sent.filter((frame) => frame.kind === 'step2').length).toBeGreaterThanOrEqual(8)
    for (const { kind, bytes, underway } of sent) {
      expect(kind === 'step2').toBe(bytes > LIVE_UPDATE_BYTES)
      if (kind === 'step2') expect(underway).toBe(0)
    }
  })

  it('CL10, RM6: a paste that crosses "resync" on its way loses nothing and is not acknowledged early', async () => {
    stage = new Stage()
    const [ann, ben] = [stage.person('ann'), stage.person('ben')]
    await stage.settle()
    ann.doc.getText('text').insert(0, 'before ')
    await stage.pass(200)
    stage.gates.append.shut = true
    ben.doc.getText('text').insert(0, 'refused ')
    await stage.settle()
    ann.doc.getText('text').insert(0, 'dropped ')
    await stage.pass(100)
    ann.doc.getText('text').insert(0, 'p'.repeat(70_000))
    await stage.pass(100)
    stage.store.permits = (row) => row.userId !== 'ben'
    stage.gates.load.shut = true
    stage.gates.append.open()
    await stage.pass(200)
    expect(ann.client.saveState).toMatchObject({ kind: 'saving', pending: 2 })
    stage.gates.load.open()
    await stage.pass(500)
    expect(ann.client.saveState.kind).toBe('saved')
    const stored = new Y.Doc()
    Y.applyUpdate(stored, (await runs(stage.engine.read(ROOM))).update)
    expect(stored.getText('text').toString()).toBe(ann.words())
    expect(stored.getText('text').length).toBe(70_000 + 'dropped before '.length)
  })

  it('CL10: too fast is not for ever: the client comes back and the rest goes through', async () => {
    stage = new Stage({ liveBytesBurst: 100_000, liveBytesPerSecond: 1_000 })
    const ann = stage.person('ann')
    await stage.settle()
    for (let i = 0; i < 3; i++) {
      ann.doc.getText('text').insert(0, 'x'.repeat(70_000))
      await stage.pass(100)
    }
    expect(stage.closed).toEqual([Close.tooFast])
    await stage.pass(10_000)
    expect(ann.client.saveState.kind).toBe('saved')
    const stored = new Y.Doc()
    Y.applyUpdate(stored, (await runs(stage.engine.read(ROOM))).update)
    expect(stored.getText('text').length).toBe(210_000)
  })

  it('AU1, CL3: a reader who turns writer and back is told each time', async () => {
    stage = new Stage()
    stage.readers.add('ann')
    const ann = stage.person('ann')
    await stage.settle()
    expect(ann.client.saveState.kind).toBe('read_only')
    stage.readers.clear()
    stage.engine.revoke({ userId: 'ann' })
    await stage.pass(1_000)
    expect(ann.client.saveState.kind).toBe('saved')
    ann.doc.getText('text').insert(0, 'now')
    await stage.pass(200)
    expect(ann.client.saveState.kind).toBe('saved')
  })
})

describe('presence', () => {
  it('PS1, PS4: one entry per connection, gone with it, and the same tab takes its own over', async () => {
    stage = new Stage()
    const heard: Uint8Array[] = []
    const raw = async (name: string) => {
      const frames: Uint8Array[] = []
      const end = stage.engine.connect({ sessionId: name, userId: name }, ROOM, {
        send: (frame) => {
          frames.push(frame)
          if (name === 'watcher') heard.push(frame)
        },
        unread: () => 0,
        pause() {},
        resume() {},
        close() {},
      })
      await stage.settle()
      end.receive(clientHello(1, 'x'))
      return { end, frames }
    }
    await raw('watcher')
    const first = await raw('ann')
    const said = () => new TextDecoder().decode(heard.at(-1))
    first.end.receive(awarenessFrame([{ id: 9, clock: 1, state: '{"at":1}' }]))
    expect(said()).toContain('"at":1')
    const second = await raw('ann')
    second.end.receive(awarenessFrame([{ id: 9, clock: 2, state: '{"at":2}' }]))
    expect(said()).toContain('"at":2')
    const before = heard.length
    first.end.gone()
    expect(heard.length).toBe(before)
    second.end.receive(awarenessFrame([{ id: 10, clock: 1, state: '{"at":"second id"}' }]))
    expect(heard.length).toBe(before)
    second.end.gone()
    expect(said()).toContain('null')
    const ben = await raw('ben')
    ben.end.receive(awarenessFrame([{ id: 9, clock: 50, state: '{"at":"taken"}' }]))
    expect(said()).not.toContain('taken')
  })

  it('PS3, PS5: echoes of others do no harm; jumps of the clock are not followed', async () => {
    stage = new Stage()
    const closes: number[] = []
    const raw = async (name: string) => {
      const frames: string[] = []
      const end = stage.engine.connect({ sessionId: name, userId: name }, ROOM, {
        send: (frame) => frames.push(new TextDecoder().decode(frame)),
        unread: () => 0,
        pause() {},
        resume() {},
        close: (code) => closes.push(code),
      })
      await stage.settle()
      end.receive(syncFrame('step1', Uint8Array.of(0)))
      return { end, frames }
    }
    const ann = await raw('ann')
    const ben = await raw('ben')
    ann.end.receive(awarenessFrame([{ id: 1, clock: 5, state: '{"at":1}' }]))
    ben.end.receive(awarenessFrame([{ id: 2, clock: 1, state: '{"at":2}' }]))
    for (let i = 0; i < 5; i++)
      ben.end.receive(
        awarenessFrame([
          { id: 1, clock: 5, state: '{"at":1}' },
          { id: 1, clock: 6, state: 'null' },
        ]),
      )
    expect(closes).toEqual([])
    ann.end.receive(awarenessFrame([{ id: 1, clock: 2 ** 53 - 1, state: '{"at":"far"}' }]))
    expect(ben.frames.some((frame) => frame.includes('far'))).toBe(false)
    ann.end.receive(awarenessFrame([{ id: 1, clock: 6, state: '{"at":"near"}' }]))
    expect(ben.frames.some((frame) => frame.includes('near'))).toBe(true)
  })
})

/** Lets the virtual world move until a promise of the engine has settled. */
async function runs<T>(work: Promise<T>): Promise<T> {
  let done = false
  const watched = work.finally(() => {
    done = true
  })
  watched.catch(() => {})
  for (let i = 0; !done && i < 200; i++) await stage.pass(10)
  return watched
}
