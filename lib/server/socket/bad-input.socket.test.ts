import { connect } from 'node:net'
import * as encoding from 'lib0/encoding'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { CollabClient } from '@/lib/collab/client/collab-client'
import { defaultLimits } from '@/lib/collab/limits'
import { Close } from '@/lib/collab/protocol/numbers'
import { awarenessFrame, clientHello, syncFrame } from '@/lib/collab/protocol/write-frame'
import { contentHash } from '@/lib/collab/testing/content-hash'
import { MemoryPersistence } from '@/lib/collab/testing/memory-persistence'
import { rng } from '@/lib/collab/testing/rng'
import { newId } from '@/lib/kit/ids'
import { type CollabServer, startCollabServer, TEST_ROOTS } from '@/lib/testing/collab/collab-server'
import { linkAs, RawClient } from '@/lib/testing/collab/raw-client'
import { type StoredPerson, type StoredWorld, storedWorld } from '@/lib/testing/collab/stored-world'
import { type TestDatabase, testDatabase } from '@/lib/testing/database'

// The rows of reliability.md 5A that a socket can be given, by number. Each ends with the same question: is the process
// alive, the document unchanged, and a colleague not disturbed?

let database: TestDatabase
let server: CollabServer
let world: StoredWorld
let partner: StoredPerson
let colleague: StoredPerson
let viewer: StoredPerson

beforeAll(async () => {
  database = await testDatabase()
  server = await startCollabServer({ databaseUrl: database.url })
  world = await storedWorld(database.sql)
  partner = await world.person('partner')
  colleague = await world.person('partner')
  viewer = await world.person('viewer')
  await server.engine.edit(world.documentId, { userId: null, sessionId: null }, (doc) => {
    doc.getText('text').insert(0, 'What stands here stays.')
  })
})
afterAll(async () => {
  await server.stop()
  await database.drop()
})

async function hash(): Promise<string> {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, (await server.engine.read(world.documentId)).update)
  return contentHash(doc, TEST_ROOTS)
}

/** Runs an attack while a colleague is in the room; afterwards the document is as before and the colleague writes. */
async function harmless(attack: () => Promise<void>): Promise<void> {
  const before = await hash()
  const watcher = await new RawClient(server, world.strategyId, colleague.sessionId).handshake()
  try {
    await attack()
    expect(await hash()).toBe(before)
    watcher.send(
      syncFrame(
        'update',
        watcher.change((doc) => doc.getMap('meta').set('alive', newId('str'))),
      ),
    )
    await watcher.saved(watcher.sent)
  } finally {
    watcher.close()
  }
}

async function writer(person = partner): Promise<RawClient> {
  return new RawClient(server, world.strategyId, person.sessionId).handshake()
}

/** Waits until so many sockets of a user are left, as the server sees it. */
async function gone(userId: string, left: number): Promise<void> {
  await expect.poll(() => server.engine.socketsOf(userId)).toBe(left)
}

/** What the server says to one frame of a writer. */
async function answerTo(frame: Uint8Array | string, person = partner): Promise<number> {
  const client =
    person === viewer ? new RawClient(server, world.strategyId, person.sessionId) : await writer(person)
  if (person === viewer) {
    await client.opened()
    client.send(clientHello(1, 'test'))
    await client.frame('hello')
  }
  client.ws.send(frame)
  return (await client.closed).code
}

const varUint = (...numbers: number[]) =>
  encoding.encode((encoder) => {
    for (const n of numbers) encoding.writeVarUint(encoder, n)
  })

function upgrade(headers: Record<string, string>, target = `/collab/${world.strategyId}`): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(server.port, '127.0.0.1', () => {
      const lines = Object.entries({
        Host: `127.0.0.1:${server.port}`,
        Connection: 'Upgrade',
        Upgrade: 'websocket',
        'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
        'Sec-WebSocket-Version': '13',
        Cookie: `session=${partner.sessionId}`,
        ...headers,
      }).map(([name, value]) => `${name}: ${value}`)
      socket.write(`GET ${target} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`)
    })
    let answer = ''
    socket.on('data', (data) => {
      answer += data.toString('latin1')
      if (answer.includes('\r\n')) socket.destroy()
    })
    socket.on('close', () => resolve(answer.split('\r\n', 1)[0] ?? ''))
    socket.on('error', reject)
  })
}

describe('before the socket opens', () => {
  it('5A row 5: an absolute address is refused, and nothing is fetched', async () => {
    const answer = await upgrade({ Origin: server.origin }, 'http://169.254.169.254/collab/x')
    expect(answer).toBe('HTTP/1.1 400 Bad Request')
  })

  it('5A row 16: a foreign, null or missing origin gets 403 before the upgrade', async () => {
    for (const origin of [
      `${server.origin}.evil.test`,
      'null',
      'https://evil.test',
      'http://app.example.test',
      `${server.origin}:8443`,
      `${server.origin}/`,
      server.origin.toUpperCase(),
      '',
    ])
      expect([origin, await upgrade({ Origin: origin })]).toEqual([origin, 'HTTP/1.1 403 Forbidden'])
    expect(await upgrade({})).toBe('HTTP/1.1 403 Forbidden')
    expect(await upgrade({ Origin: server.origin })).toBe('HTTP/1.1 101 Switching Protocols')
    expect(await upgrade({ Origin: `http://127.0.0.1:${server.port}` })).toBe(
      'HTTP/1.1 101 Switching Protocols',
    )
  })
})

describe('who, and where', () => {
  it('5A row 17: a foreign, malformed or endless room name answers like a missing one', async () => {
    const foreign = await storedWorld(database.sql)
    const gone = newId('str')
    const names = [
      foreign.strategyId,
      foreign.workspaceId,
      gone,
      '..%2F',
      '',
      '%E0%A4%A',
      'x'.repeat(5_000),
      world.documentId,
    ]
    const answers = await Promise.all(
      names.map((name) => new RawClient(server, name, partner.sessionId).closed),
    )
    for (const answer of answers) expect(answer).toEqual({ code: Close.notFound, reason: 'not found' })
  })

  it('5A row 22: frames before the session is known are not read; without one: 4401', async () => {
    const client = new RawClient(server, world.strategyId, null)
    await client.opened()
    const before = process.memoryUsage().arrayBuffers
    for (let i = 0; i < 10_000; i++) client.send(syncFrame('update', new Uint8Array(64)))
    expect((await client.closed).code).toBe(Close.notSignedIn)
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20 * 1024 * 1024)
    const ended = await world.person('partner')
    await database.sql`update sessions set revoked_at = now() where id = ${ended.sessionId}`
    expect((await new RawClient(server, world.strategyId, ended.sessionId).closed).code).toBe(
      Close.notSignedIn,
    )
  })

  it('5A row 23: the ninth socket of a user in one room is closed with 4429; eight tabs and their channels are not', async () => {
    const busy = await world.person('partner')
    const sockets: RawClient[] = []
    const open = async (room: string) => {
      const socket = new RawClient(server, room, busy.sessionId)
      sockets.push(socket)
      await socket.opened()
      socket.send(clientHello(1, 'test'))
      await socket.frame('hello')
      return socket
    }
    const refused = async (room: string) => {
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => new RawClient(server, room, busy.sessionId).closed),
      )
      for (const answer of answers) expect(answer.code).toBe(Close.tooFast)
    }
    for (let tab = 0; tab < defaultLimits.socketsPerUserAndRoom; tab++)
      await Promise.all([open(world.strategyId), open(world.workspaceId)])
    expect(defaultLimits.socketsPerUserAndRoom).toBe(8)
    await refused(world.strategyId)
    await refused(world.workspaceId)
    // In one room less, in another one more - until there are too many in all.
    sockets[0]?.close()
    await gone(busy.userId, 15)
    await open(world.strategyId)
    for (let n = sockets.length - 1; n < defaultLimits.socketsPerUser; n += 8) {
      const { strategyId } = await world.strategy()
      await Promise.all(Array.from({ length: 8 }, () => open(strategyId)))
    }
    await refused((await world.strategy()).strategyId)
    for (const socket of sockets) socket.close()
  })

  it('5A row 34: our client, too old for a document, keeps and shows what it has; the next version sends the rest', async () => {
    const { strategyId, documentId } = await world.strategy()
    const own = await startCollabServer({ databaseUrl: database.url, limits: { linger: 1 } })
    const disk = new MemoryPersistence()
    const open = (schema: number, doc: Y.Doc) =>
      new CollabClient({
        url: own.url,
        room: strategyId,
        doc,
        schema,
        build: 'test',
        persistence: disk,
        openLink: linkAs(own, partner.sessionId),
      })
    const state = (client: CollabClient, kind: string) =>
      new Promise<void>((resolve) => {
        const look = () => {
          if (client.saveState.kind === kind) resolve()
        }
        client.subscribe(look)
        look()
      })
    const first = new Y.Doc()
    const before = open(1, first)
    await before.synced
    first.getText('text').insert(0, 'stored ')
    await before.saved()
    own.engine.revoke({ documentId })
    first.getText('text').insert(7, 'unsent')
    before.destroy()
    // A newer version has been started meanwhile: what it has in memory it has loaded anew.
    await expect.poll(() => own.engine.stats().rooms).toBe(0)
    await database.sql`update documents set min_schema = 2 where id = ${documentId}`
    const doc = new Y.Doc()
    const old = open(1, doc)
    await state(old, 'outdated')
    expect([old.ready, doc.getText('text').toString()]).toEqual(['local', 'stored unsent'])
    expect(old.saveState).toMatchObject({ kind: 'outdated', pending: 1, kept: true })
    old.destroy()
    const next = open(2, new Y.Doc())
    await next.synced
    await next.saved()
    next.destroy()
    const stored = new Y.Doc()
    Y.applyUpdate(stored, (await own.engine.read(documentId)).update)
    expect(stored.getText('text').toString()).toBe('stored unsent')
    await own.stop()
  })

  it('5A row 34: an older schema is turned away before it sees anything', async () => {
    const { strategyId, documentId } = await world.strategy()
    await database.sql`update documents set min_schema = 3 where id = ${documentId}`
    const older = new RawClient(server, strategyId, partner.sessionId)
    await older.opened()
    older.send(clientHello(2, 'old'))
    older.send(syncFrame('step1', Uint8Array.of(0)))
    expect(await older.closed).toEqual({
      code: Close.outdated,
      reason: 'A newer version is available. Your text is kept.',
    })
    expect(older.frames.filter((frame) => frame.kind !== 'awareness')).toEqual([])
    const stranger = new RawClient(server, strategyId, partner.sessionId)
    await stranger.opened()
    stranger.send(syncFrame('step1', Uint8Array.of(0)))
    expect((await stranger.closed).code).toBe(Close.outdated)
    const current = await new RawClient(server, strategyId, partner.sessionId).handshake({ schema: 3 })
    expect((await current.frame('hello')).minSchema).toBe(3)
    current.close()
  })
})

describe('frames', () => {
  it('5A row 18: text instead of binary, and an empty frame', () =>
    harmless(async () => {
      expect(await answerTo('{"hello":1}')).toBe(Close.badFrame)
      expect(await answerTo(new Uint8Array(0))).toBe(Close.badFrame)
    }))

  it('5A row 19: unknown and server-only messages, from writers and readers', () =>
    harmless(async () => {
      for (const person of [partner, viewer])
        for (const message of [2, 4, 99, 101, 102, 103, 104, 2 ** 40])
          expect([message, await answerTo(varUint(message, 0, 0), person)]).toEqual([message, Close.badFrame])
    }))

  it('5A row 20: an update cut off at every byte, and random bytes', () =>
    harmless(async () => {
      const source = new Y.Doc()
      source.getText('text').insert(0, 'cut me 切断')
      const update = Y.encodeStateAsUpdate(source)
      const answers = await Promise.all(
        Array.from({ length: update.length - 1 }, async (_, i) => {
          // Each by somebody else: a person has only so many sockets.
          const person = await world.person('partner')
          return answerTo(syncFrame('update', update.subarray(0, i + 1)), person)
        }),
      )
      expect(new Set(answers)).toEqual(new Set([Close.badFrame]))
      const chance = rng(20)
      for (let i = 0; i < 10; i++) {
        const junk = Uint8Array.from({ length: 1 + chance.below(60) }, () => chance.below(256))
        expect(await answerTo(syncFrame('update', Uint8Array.of(255, ...junk)))).toBe(Close.badFrame)
      }
    }))

  it('5A row 21: a live frame, a first sync and a message that are too large', () =>
    harmless(async () => {
      const text = (size: number) => {
        const doc = new Y.Doc()
        doc.getText('text').insert(0, 'x'.repeat(size))
        return Y.encodeStateAsUpdate(doc)
      }
      expect(await answerTo(syncFrame('update', text(65 * 1024)))).toBe(Close.tooLarge)
      const offline = new RawClient(server, world.strategyId, partner.sessionId)
      await offline.opened()
      offline.send(syncFrame('step2', text(3_000_000)))
      expect((await offline.closed).code).toBe(Close.tooLarge)
      const endless = await writer()
      endless.send(new Uint8Array(101 * 1024 * 1024))
      expect((await endless.closed).code).toBe(1009)
    }))

  it('5A row 21: a paste goes as a step 2, also later; a stream of them ends with "too fast", which is not for ever', () =>
    harmless(async () => {
      const client = await writer()
      const paste = (size: number) =>
        client.send(
          syncFrame(
            'step2',
            client.change((doc) => doc.getMap('meta').set('paste', 'x'.repeat(size))),
          ),
        )
      paste(300_000)
      await client.saved(2)
      for (let i = 0; i < 4; i++) paste(1_000_000)
      expect((await client.closed).code).toBe(Close.tooFast)
      const huge = await writer()
      huge.send(syncFrame('step2', new Uint8Array(defaultLimits.syncBytes + 1)))
      expect((await huge.closed).code).toBe(Close.tooLarge)
      await server.engine.edit(world.documentId, { userId: null, sessionId: null }, (doc) => {
        doc.getMap('meta').delete('paste')
      })
    }))

  it('5A row 24: who never reads is closed with 4429 when a megabyte lies unread', async () => {
    const { strategyId, documentId } = await world.strategy()
    const lazy = await new RawClient(server, strategyId, viewer.sessionId).handshake({ hello: false })
    lazy.ws.pause()
    const eager = await new RawClient(server, strategyId, colleague.sessionId).handshake()
    for (let i = 0; server.engine.stats().connections > 1; i++) {
      await server.engine.edit(documentId, { userId: null, sessionId: null }, (doc) => {
        doc.getMap('meta').set('noise', `${i}`.padEnd(200_000, 'x'))
      })
      expect(i).toBeLessThan(200)
    }
    lazy.ws.resume()
    expect((await lazy.closed).code).toBe(Close.tooFast)
    expect(eager.ws.readyState).toBe(eager.ws.OPEN)
    eager.close()
  })

  it('5A row 25: a viewer cannot write in any form', () =>
    harmless(async () => {
      const mine = new Y.Doc()
      mine.getText('text').insert(0, 'mine')
      const update = Y.encodeStateAsUpdate(mine)
      const known = (await server.engine.read(world.documentId)).update
      const overlong = Uint8Array.of(0x80, 0, ...syncFrame('update', update).subarray(1))
      for (const frame of [
        syncFrame('update', update),
        syncFrame('step2', update),
        syncFrame('step2', Uint8Array.of(0, 0)),
        syncFrame('step2', known),
        syncFrame('update', Uint8Array.of(255, 255)),
        overlong,
      ])
        expect(await answerTo(frame, viewer)).toBe(Close.notAllowed)
      // Two frames in one are one frame with something after its end.
      expect(
        await answerTo(
          Uint8Array.of(...syncFrame('step1', Uint8Array.of(0)), ...syncFrame('update', update)),
          viewer,
        ),
      ).toBe(Close.badFrame)
      expect(await answerTo(Uint8Array.of(1, ...syncFrame('update', update).subarray(2)), viewer)).toBe(
        Close.badFrame,
      )
      // Reading is what viewers are for: the same connection, and it sees what others write.
      const reader = new RawClient(server, world.strategyId, viewer.sessionId)
      await reader.handshake()
      expect((await reader.frame('hello')).mode).toBe('read')
      expect(reader.doc.getText('text').toString()).toBe('What stands here stays.')
      reader.close()
    }))

  it('5A row 26: future clocks are refused at the first', () =>
    harmless(async () => {
      const client = await writer()
      const began = performance.now()
      for (let i = 0; i < 2_000; i++)
        // One struct of client 7 at a clock far ahead: string 'x' in the root 'text'.
        client.send(
          syncFrame('update', Uint8Array.of(1, 1, 7, 100 + (i % 20), 4, 1, 4, 116, 101, 120, 116, 1, 120, 0)),
        )
      expect((await client.closed).code).toBe(Close.resync)
      expect(performance.now() - began).toBeLessThan(5_000)
    }))

  it('5A row 32: letters, objects and texts where a page has nodes are refused; unknown nodes are stored as they are', async () => {
    const raw = (work: (page: Y.XmlFragment) => void) => {
      const doc = new Y.Doc()
      doc.transact(() => work(doc.getXmlFragment('policy')))
      return syncFrame('update', Y.encodeStateAsUpdate(doc))
    }
    const insert = (page: Y.XmlFragment, content: unknown) => Reflect.apply(page.insert, page, [0, [content]])
    await harmless(async () => {
      for (const content of [
        'letters',
        { an: 'object' },
        new Y.XmlText('bare'),
        new Y.Map(),
        new Y.XmlHook('x'),
      ])
        expect(await answerTo(raw((page) => insert(page, content)))).toBe(Close.badFrame)
      const doc = new Y.Doc()
      doc.getText('elsewhere').insert(0, 'x')
      expect(await answerTo(syncFrame('update', Y.encodeStateAsUpdate(doc)))).toBe(Close.badFrame)
    })
    const honest = await writer()
    const heading = new Y.XmlElement('heading')
    const tomorrow = new Y.XmlElement('canvas-of-tomorrow')
    honest.send(
      syncFrame(
        'update',
        honest.change((doc) => {
          doc.getXmlFragment('policy').insert(0, [heading, tomorrow])
          heading.setAttribute('level', '99')
          tomorrow.insert(0, [new Y.XmlText('its words')])
        }),
      ),
    )
    await honest.saved(2)
    const doc = new Y.Doc()
    Y.applyUpdate(doc, (await server.engine.read(world.documentId)).update)
    expect(doc.getXmlFragment('policy').toString()).toBe(
      '<heading level="99"></heading><canvas-of-tomorrow>its words</canvas-of-tomorrow>',
    )
    honest.close()
  })

  it('5A row 27: a collected range of 2^40 clocks is refused, and the user is not silenced', async () => {
    const own = (await writer()).doc.clientID
    const poison = encoding.encode((encoder) => {
      for (const n of [1, 1, own, 0, 0, 2 ** 40, 0]) encoding.writeVarUint(encoder, n)
    })
    await harmless(async () => {
      expect(await answerTo(syncFrame('update', poison))).toBe(Close.badFrame)
    })
    const honest = new RawClient(server, world.strategyId, partner.sessionId)
    honest.doc.clientID = own
    await honest.handshake()
    honest.send(
      syncFrame(
        'update',
        honest.change((doc) => doc.getMap('meta').set('honest', 'yes')),
      ),
    )
    await honest.saved(2)
    const doc = new Y.Doc()
    Y.applyUpdate(doc, (await server.engine.read(world.documentId)).update)
    expect(doc.getMap('meta').get('honest')).toBe('yes')
    honest.close()
  })

  it("5A row 28: an update under another user's client id is refused", async () => {
    const theirs = await writer(colleague)
    theirs.send(
      syncFrame(
        'update',
        theirs.change((doc) => doc.getMap('meta').set('theirs', '1')),
      ),
    )
    await theirs.saved(2)
    await harmless(async () => {
      const forger = await writer()
      forger.doc.clientID = theirs.doc.clientID
      forger.send(
        syncFrame(
          'update',
          forger.change((doc) => doc.getMap('meta').set('theirs', 'forged')),
        ),
      )
      expect((await forger.closed).code).toBe(Close.notAllowed)
    })
    theirs.close()
  })

  it("5A row 29: another's presence is dropped, and the second try ends the connection", async () => {
    const seen = await writer(viewer === partner ? partner : colleague)
    const victim = await writer(viewer)
    victim.send(awarenessFrame([{ id: 500, clock: 1, state: '{"user":{"name":"CEO"},"cursor":1}' }]))
    const first = await seen.frame('awareness')
    expect(new TextDecoder().decode(first.entries)).toContain('"name":"Name of viewer"')
    expect(new TextDecoder().decode(first.entries)).not.toContain('CEO')
    const attacker = await writer()
    const spoof = awarenessFrame([{ id: 500, clock: 2 ** 53 - 1, state: '{"user":{"name":"CEO"}}' }])
    attacker.send(spoof)
    attacker.send(spoof)
    expect((await attacker.closed).code).toBe(Close.notAllowed)
    victim.send(awarenessFrame([{ id: 500, clock: 2, state: '{"cursor":2}' }]))
    const asker = await writer()
    const others = await asker.frame('awareness')
    expect(new TextDecoder().decode(others.entries)).toContain('"cursor":2')
    for (const client of [seen, victim, asker]) client.close()
  })

  it('5A row 30: presence of 100,000, and presence that is not JSON', () =>
    harmless(async () => {
      const many = Array.from({ length: 100_000 }, (_, i) => ({ id: i, clock: 1, state: 'null' }))
      expect(await answerTo(awarenessFrame(many))).toBe(Close.tooLarge)
      expect(await answerTo(awarenessFrame([{ id: 9001, clock: 1, state: '{bad' }]))).toBe(Close.badFrame)
      expect(await answerTo(awarenessFrame([{ id: 9001, clock: 1, state: '"x"' }]))).toBe(Close.badFrame)
      const large = JSON.stringify({ cursor: 'x'.repeat(defaultLimits.awarenessStateBytes) })
      expect(await answerTo(awarenessFrame([{ id: 9001, clock: 1, state: large }]))).toBe(Close.tooLarge)
    }))

  it('5A row 31: a state vector that lies, and one that is too large', () =>
    harmless(async () => {
      expect(await answerTo(syncFrame('step1', varUint(2 ** 40)))).toBe(Close.badFrame)
      expect(await answerTo(syncFrame('step1', new Uint8Array(defaultLimits.stateVectorBytes + 1)))).toBe(
        Close.tooLarge,
      )
    }))

  it('GU8: the whole document is not handed out again and again', () =>
    harmless(async () => {
      const greedy = await writer()
      for (let i = 0; i < defaultLimits.fullReplies; i++) greedy.send(syncFrame('step1', Uint8Array.of(0)))
      expect((await greedy.closed).code).toBe(Close.tooFast)
    }))

  it('GU9: more frames than a person makes', () =>
    harmless(async () => {
      const fast = await writer()
      for (let i = 0; i < 200; i++) fast.send(awarenessFrame([]))
      expect((await fast.closed).code).toBe(Close.tooFast)
    }))

  it('GU10: every refusal is one line with code and user, without a word of content', () => {
    const refusals = server.lines.filter((line) => line.message === 'closed')
    expect(refusals.length).toBeGreaterThan(50)
    for (const line of refusals) {
      expect(line.fields.code).toBeGreaterThanOrEqual(4400)
      expect(line.fields.userId).toMatch(/^usr_/)
    }
    expect(server.lines.filter((line) => line.level === 'error')).toEqual([])
    expect(JSON.stringify(server.lines)).not.toMatch(/cut me|CEO|mine/)
  })
})
