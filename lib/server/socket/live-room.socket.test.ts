import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { CollabClient } from '@/lib/collab/client/collab-client'
import type { OpenLink } from '@/lib/collab/client/link'
import { Close } from '@/lib/collab/protocol/numbers'
import { clientHello, syncFrame } from '@/lib/collab/protocol/write-frame'
import { contentHash } from '@/lib/collab/testing/content-hash'
import { MemoryPersistence } from '@/lib/collab/testing/memory-persistence'
import { readTrace } from '@/lib/collab/testing/trace'
import { type CollabServer, startCollabServer, TEST_ROOTS } from '@/lib/testing/collab/collab-server'
import { linkAs, RawClient } from '@/lib/testing/collab/raw-client'
import { type StoredPerson, type StoredWorld, storedWorld } from '@/lib/testing/collab/stored-world'
import { watchedLink, within } from '@/lib/testing/collab/watch'
import { type TestDatabase, testDatabase } from '@/lib/testing/database'

let database: TestDatabase
let server: CollabServer
let world: StoredWorld
let one: StoredPerson
let two: StoredPerson

beforeAll(async () => {
  database = await testDatabase()
  server = await startCollabServer({ databaseUrl: database.url })
})
afterAll(async () => {
  await server.stop()
  await database.drop()
})
beforeEach(async () => {
  world = await storedWorld(database.sql)
  one = await world.person('partner')
  two = await world.person('partner')
})

function client(
  of: StoredPerson,
  doc: Y.Doc,
  room: string = world.strategyId,
  at = server,
  openLink: OpenLink = linkAs(at, of.sessionId),
): CollabClient {
  return new CollabClient({
    url: at.url,
    room,
    doc,
    schema: 1,
    build: 'test',
    persistence: new MemoryPersistence(),
    openLink,
  })
}

function until(doc: Y.Doc, there: () => boolean): Promise<void> {
  if (there()) return Promise.resolve()
  return new Promise((resolve) => {
    const look = () => {
      if (!there()) return
      doc.off('update', look)
      resolve()
    }
    doc.on('update', look)
  })
}

function when(of: CollabClient, there: () => boolean): Promise<void> {
  if (there()) return Promise.resolve()
  return new Promise((resolve) => {
    const stop = of.subscribe(() => {
      if (!there()) return
      stop()
      resolve()
    })
  })
}

async function storedRows(): Promise<{ seq: number; user_id: string }[]> {
  return database.sql`select seq::int as seq, user_id from journal where document_id = ${world.documentId} order by seq`
}

async function storedText(documentId: string = world.documentId): Promise<string> {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, (await server.engine.read(documentId)).update)
  return doc.getText('text').toString()
}

describe('a stock y-websocket client', () => {
  function provider(of: StoredPerson, doc: Y.Doc): WebsocketProvider {
    // A browser sends both by itself.
    class Browser extends WebSocket {
      constructor(url: string) {
        super(url, { headers: { origin: server.origin, cookie: `session=${of.sessionId}` } })
      }
    }
    // The provider wants the DOM's class; ws has the parts of it that the provider uses.
    const shelf: object = { Browser }
    const WebSocketPolyfill: typeof globalThis.WebSocket = Reflect.get(shelf, 'Browser')
    return new WebsocketProvider(server.url, world.strategyId, doc, {
      WebSocketPolyfill,
      disableBc: true,
    })
  }

  it('PR1: two of them sync, see each other, and come back after a cut', async () => {
    const here = new Y.Doc()
    const there = new Y.Doc()
    const first = provider(one, here)
    const second = provider(two, there)
    try {
      await Promise.all(
        [first, second].map((each) => each.synced || new Promise((resolve) => each.once('sync', resolve))),
      )
      here.getText('text').insert(0, 'from here ')
      await until(there, () => there.getText('text').toString() === 'from here ')
      there.getText('text').insert(0, 'from there, ')
      await until(here, () => here.getText('text').toString() === 'from there, from here ')
      second.awareness.setLocalStateField('user', { name: 'somebody else' })
      await new Promise<void>((resolve) => {
        const look = () => {
          const name = first.awareness.getStates().get(there.clientID)?.user?.name
          if (name !== 'Name of partner') return
          first.awareness.off('change', look)
          resolve()
        }
        first.awareness.on('change', look)
        look()
      })
      second.disconnect()
      there.getText('text').insert(0, 'offline, ')
      second.connect()
      await until(here, () => here.getText('text').toString() === 'offline, from there, from here ')
      expect(contentHash(here, TEST_ROOTS)).toBe(contentHash(there, TEST_ROOTS))
      expect(await storedText()).toBe('offline, from there, from here ')
    } finally {
      first.destroy()
      second.destroy()
    }
  })

  it('PR2: one and one of ours are in the same room; ours alone hears events', async () => {
    const here = new Y.Doc()
    const there = new Y.Doc()
    const stranger = provider(one, here)
    const ours = client(two, there)
    try {
      await ours.synced
      await (stranger.synced || new Promise((resolve) => stranger.once('sync', resolve)))
      const heard = new Promise((resolve) => ours.onEvent(resolve))
      server.engine.publish(world.strategyId, { type: 'strategy.renamed', title: '纲举' })
      expect(await heard).toEqual({ type: 'strategy.renamed', title: '纲举' })
      there.getText('text').insert(0, 'ours')
      await until(here, () => here.getText('text').toString() === 'ours')
      await ours.saved()
      here.getText('text').insert(4, ' and stock')
      await until(there, () => there.getText('text').toString() === 'ours and stock')
    } finally {
      stranger.destroy()
      ours.destroy()
    }
  })
})

describe('our client', () => {
  it('CL1: "saved" is said when the words are in the database, and they are there', async () => {
    const doc = new Y.Doc()
    const typing = client(one, doc)
    await typing.synced
    expect(typing.mode).toBe('write')
    expect(typing.identity).toMatchObject({
      userId: one.userId,
      memberId: one.memberId,
      name: 'Name of partner',
    })
    doc.getText('text').insert(0, 'kept')
    expect(typing.saveState).toMatchObject({ kind: 'saving', pending: 1 })
    await typing.saved()
    expect((await storedRows()).map((row) => row.user_id)).toEqual([one.userId])
    typing.destroy()
  })

  it('CL2: changes of a closed tab are kept, counted, and sent by the next', async () => {
    const disk = new MemoryPersistence()
    const options = { url: server.url, room: world.strategyId, schema: 1, build: 'test', persistence: disk }
    const early = new Y.Doc()
    const first = new CollabClient({ ...options, doc: early, openLink: linkAs(server, one.sessionId) })
    await first.synced
    early.getText('text').insert(0, 'online ')
    await first.saved()
    first.destroy()
    const doc = new Y.Doc()
    const offline = new CollabClient({
      ...options,
      doc,
      openLink: (_url, events) => {
        queueMicrotask(() => events.closed(1006))
        return { send() {}, unsent: () => 0, close() {} }
      },
    })
    expect(await offline.loaded).toBe(true)
    doc.getText('text').insert(7, 'offline')
    await when(offline, () => offline.saveState.kind === 'offline' && offline.saveState.kept)
    expect(offline.saveState).toEqual({ kind: 'offline', pending: 1, kept: true })
    offline.destroy()
    const back = new Y.Doc()
    const again = new CollabClient({ ...options, doc: back, openLink: linkAs(server, one.sessionId) })
    await again.loaded
    expect(again.saveState).toMatchObject({ pending: 1, kept: true })
    await again.synced
    await again.saved()
    expect(await storedText()).toBe('online offline')
    again.destroy()
  })

  it('CL3: a reader is told so, sees what others write, and its page writes nothing', async () => {
    const viewer = await world.person('viewer')
    const seen = new Y.Doc()
    const reading = client(viewer, seen)
    const doc = new Y.Doc()
    const typing = client(one, doc)
    await Promise.all([reading.synced, typing.synced])
    expect(reading.saveState).toMatchObject({ kind: 'read_only', pending: 0 })
    doc.getText('text').insert(0, 'bold words')
    doc.getText('text').format(0, 4, { bold: true })
    doc.getText('text').format(0, 4, { bold: null })
    await until(seen, () => seen.getText('text').toString() === 'bold words')
    seen.getText('text').insert(0, 'mine ')
    await typing.saved()
    expect(await storedText()).toBe('bold words')
    expect(reading.saveState).toMatchObject({ kind: 'read_only', pending: 0 })
    reading.destroy()
    typing.destroy()
  })

  it('CL4: a channel brings events and no document', async () => {
    const listening = new CollabClient({
      url: server.url,
      room: world.workspaceId,
      doc: null,
      schema: 1,
      build: 'test',
      openLink: linkAs(server, two.sessionId),
    })
    await listening.synced
    expect(listening.mode).toBe('channel')
    const heard = new Promise((resolve) => listening.onEvent(resolve))
    server.engine.publish(world.workspaceId, { type: 'members.changed' })
    expect(await heard).toEqual({ type: 'members.changed' })
    listening.destroy()
  })

  it('CL5: a large paste goes through, and so does a first sync of a megabyte written offline', async () => {
    const doc = new Y.Doc()
    doc.getText('text').insert(0, '离'.repeat(400_000))
    const typing = client(one, doc)
    await typing.synced
    doc.getText('text').insert(0, '线'.repeat(120_000))
    await typing.saved()
    expect((await storedText()).length).toBe(520_000)
    typing.destroy()
  })

  it('CL6: what is too large for one sync stays on the device and is said to be refused', async () => {
    const doc = new Y.Doc()
    doc.getText('text').insert(0, 'x'.repeat(2_500_000))
    const typing = client(one, doc)
    doc.getText('text').insert(0, 'y')
    await when(typing, () => typing.saveState.kind === 'refused')
    expect(typing.saveState).toMatchObject({ kind: 'refused', reason: 'too_large', pending: 1 })
    typing.destroy()
  })
})

describe('rights', () => {
  it('RV1: a removed member typing 50 frames a second is out within a second; nothing of theirs is stored after', async () => {
    for (const how of ['removed', 'lowered', 'signed out'] as const) {
      const victim = await world.person('partner')
      const typing = await new RawClient(server, world.strategyId, victim.sessionId).handshake()
      const flood = setInterval(() => {
        if (typing.ws.readyState === typing.ws.OPEN)
          typing.send(
            syncFrame(
              'update',
              typing.change((doc) => doc.getText('text').insert(0, 'x')),
            ),
          )
      }, 20)
      await typing.saved(8)
      if (how === 'signed out')
        await database.sql`update sessions set revoked_at = now() where id = ${victim.sessionId}`
      else if (how === 'removed')
        await database.sql`update members set removed_at = now(), revision = revision + 1 where id = ${victim.memberId}`
      else
        await database.sql`update members set role = 'viewer', revision = revision + 1 where id = ${victim.memberId}`
      const [last] = await database.sql<{ seq: number }[]>`
        select coalesce(max(seq), 0)::int as seq from journal where user_id = ${victim.userId}`
      const began = performance.now()
      server.engine.revoke(
        how === 'signed out' ? { sessionId: victim.sessionId } : { memberId: victim.memberId },
      )
      expect((await typing.closed).code).toBe(Close.notAllowed)
      expect(performance.now() - began).toBeLessThan(1_000)
      clearInterval(flood)
      await server.engine.flush()
      const [now] = await database.sql<{ seq: number }[]>`
        select coalesce(max(seq), 0)::int as seq from journal where user_id = ${victim.userId}`
      expect(now?.seq).toBe(last?.seq)
      const again = new RawClient(server, world.strategyId, victim.sessionId)
      if (how === 'lowered') {
        await again.handshake()
        expect((await again.frame('hello')).mode).toBe('read')
        again.close()
      } else expect((await again.closed).code).toBe(how === 'removed' ? Close.notFound : Close.notSignedIn)
    }
  })

  it('RV2: without any notice the append itself refuses, closes the author, and others go on', async () => {
    const victim = await world.person('partner')
    const typing = await new RawClient(server, world.strategyId, victim.sessionId).handshake()
    const doc = new Y.Doc()
    const colleague = client(one, doc)
    await colleague.synced
    await database.sql`update members set revision = revision + 1 where id = ${victim.memberId}`
    typing.send(
      syncFrame(
        'update',
        typing.change((theirs) => theirs.getText('text').insert(0, 'too late')),
      ),
    )
    doc.getText('text').insert(0, 'in time')
    expect((await typing.closed).code).toBe(Close.notAllowed)
    await colleague.saved()
    doc.getText('text').insert(0, 'still ')
    await colleague.saved()
    expect(await storedText()).toBe('still in time')
    colleague.destroy()
  })

  it('RV3: rights that go while somebody is being let in are noticed', async () => {
    let revoke = () => {}
    const slow = await startCollabServer({
      databaseUrl: database.url,
      wrap: (store) => ({
        ...store,
        load: async (id, take) => {
          const stored = await store.load(id, take)
          revoke()
          return stored
        },
      }),
    })
    try {
      const victim = await world.person('partner')
      const done = database.sql`update members set removed_at = now() where id = ${victim.memberId}`
      revoke = () => {
        revoke = () => {}
        slow.engine.revoke({ memberId: victim.memberId })
      }
      await done
      const late = new RawClient(slow, world.strategyId, victim.sessionId)
      expect((await late.closed).code).toBe(Close.notFound)
    } finally {
      await slow.stop()
    }
  })

  it('RV4: access that ended removes the copy from the device', async () => {
    const disk = new MemoryPersistence()
    const doc = new Y.Doc()
    const victim = await world.person('partner')
    const typing = new CollabClient({
      url: server.url,
      room: world.strategyId,
      doc,
      schema: 1,
      build: 'test',
      persistence: disk,
      openLink: linkAs(server, victim.sessionId),
    })
    await typing.synced
    doc.getText('text').insert(0, 'mine')
    await typing.saved()
    await when(typing, () => disk.size > 0)
    await database.sql`update members set removed_at = now(), revision = revision + 1 where id = ${victim.memberId}`
    server.engine.revoke({ memberId: victim.memberId })
    await when(typing, () => typing.saveState.kind === 'revoked')
    expect(typing.saveState).toEqual({ kind: 'revoked', reason: 'not_found' })
    expect(disk.size).toBe(0)
    typing.destroy()
  })
})

describe('the process', () => {
  it('DR1: a draining server takes nobody, says "come back", and has committed everything it received', async () => {
    const own = await startCollabServer({ databaseUrl: database.url, limits: { drainSpread: 200 } })
    const clients = await Promise.all(
      [one, two].map((person) => new RawClient(own, world.strategyId, person.sessionId).handshake()),
    )
    for (const each of clients)
      each.send(
        syncFrame(
          'update',
          each.change((doc) => doc.getText('text').insert(0, 'last words ')),
        ),
      )
    await Promise.all(clients.map((each) => each.saved(2)))
    const began = performance.now()
    const drained = own.drain()
    const late = new RawClient(own, world.strategyId, one.sessionId)
    const codes = await Promise.all([...clients, late].map(async (each) => (await each.closed).code))
    expect(codes).toEqual([Close.restart, Close.restart, Close.restart])
    await drained
    expect(performance.now() - began).toBeLessThan(10_000)
    expect(await storedText()).toBe('last words last words ')
    await own.stop()
  })

  it('DR2: clients ride over a restart: same port, nothing lost, nothing doubled', async () => {
    const before = await startCollabServer({ databaseUrl: database.url })
    const doc = new Y.Doc()
    const typing = client(one, doc, world.strategyId, before)
    await typing.synced
    doc.getText('text').insert(0, 'before ')
    await typing.saved()
    await before.stop()
    doc.getText('text').insert(7, 'meanwhile ')
    const after = await startCollabServer({ databaseUrl: database.url, port: before.port })
    await when(typing, () => typing.saveState.kind === 'saved' && typing.online)
    expect(await storedText()).toBe('before meanwhile ')
    typing.destroy()
    await after.stop()
  })

  it('DR3: a database that is away for a while: nothing said to be saved, nothing lost, no second copy', async () => {
    let away = false
    const own = await startCollabServer({
      databaseUrl: database.url,
      wrap: (store) => ({
        ...store,
        append: async (id, rows) => {
          // Committed, and the answer is lost: the worst moment.
          const outcomes = await store.append(id, rows)
          if (away) throw new Error('connection lost')
          return outcomes
        },
      }),
    })
    const doc = new Y.Doc()
    const seen = new Y.Doc()
    const typing = client(one, doc, world.strategyId, own)
    const watching = client(two, seen, world.strategyId, own)
    await Promise.all([typing.synced, watching.synced])
    away = true
    doc.getText('text').insert(0, 'through the outage')
    await when(typing, () => typing.saveState.kind === 'not_saved')
    expect(seen.getText('text').toString()).toBe('')
    away = false
    await typing.saved()
    await until(seen, () => seen.getText('text').toString() === 'through the outage')
    expect(await storedRows()).toHaveLength(1)
    typing.destroy()
    watching.destroy()
    await own.stop()
  })
})

describe('real typing', () => {
  it('TR1: a real paper, typed through the socket, ends identical in a colleague and in the database', async () => {
    const trace = await readTrace()
    // The trace is typed far faster than anybody types; everything else is as in production.
    const own = await startCollabServer({
      databaseUrl: database.url,
      limits: {
        framesPerSecond: 10_000,
        framesBurst: 10_000,
        liveBytesPerSecond: 64 * 1024 * 1024,
        cpuPerSecond: 1_000,
        cpuBurst: 60_000,
      },
    })
    const doc = new Y.Doc()
    const seen = new Y.Doc()
    const here = watchedLink(linkAs(own, one.sessionId))
    const there = watchedLink(linkAs(own, two.sessionId))
    const typing = client(one, doc, world.strategyId, own, here.open)
    const watching = client(two, seen, world.strategyId, own, there.open)
    const facts = () => ({
      typing: { state: typing.saveState, online: typing.online, links: here.links },
      watching: { length: seen.getText('text').length, online: watching.online, links: there.links },
      engine: own.engine.stats(),
      room: own.engine.describe(world.documentId),
      log: own.lines.slice(-20),
    })
    try {
      await Promise.all([typing.synced, watching.synced])
      const text = doc.getText('text')
      if (trace.startContent) text.insert(0, trace.startContent)
      const perTransaction = 100
      for (let i = 0; i < trace.edits.length; i += perTransaction) {
        doc.transact(() => {
          for (const [at, deleted, inserted] of trace.edits.slice(i, i + perTransaction)) {
            if (deleted > 0) text.delete(at, deleted)
            if (inserted) text.insert(at, inserted)
          }
        })
        // The page would paint now; without a pause everything would be one update.
        await new Promise((resolve) => setImmediate(resolve))
      }
      await within(30_000, typing.saved(), facts)
      const arrived = until(seen, () => seen.getText('text').length === trace.endContent.length)
      await within(30_000, arrived, facts)
      expect(text.toString()).toBe(trace.endContent)
      expect(seen.getText('text').toString()).toBe(trace.endContent)
      expect(await storedText()).toBe(trace.endContent)
      const newcomer = await new RawClient(own, world.strategyId, one.sessionId).handshake()
      expect(newcomer.doc.getText('text').toString()).toBe(trace.endContent)
      newcomer.close()
    } finally {
      typing.destroy()
      watching.destroy()
      await own.stop()
    }
  }, 90_000)

  it('PR3: a hello in the middle, or a second one, is not taken', async () => {
    const late = await new RawClient(server, world.strategyId, one.sessionId).handshake()
    late.send(clientHello(1, 'again'))
    expect((await late.closed).code).toBe(Close.badFrame)
  })
})
