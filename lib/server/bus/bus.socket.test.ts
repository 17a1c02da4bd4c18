import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Bus, BusNote, EngineLog } from '@/lib/collab'
import { MemoryWire } from '@/lib/collab/testing/memory-bus'
import { testDatabase } from '@/lib/testing/database'
import { redisServer } from '@/lib/testing/redis-server'
import { type TcpProxy, tcpProxy } from '@/lib/testing/tcp-proxy'
import { openLineBus } from './line-bus'
import { postgresLine } from './postgres-line'
import { redisLine } from './redis-line'

// One suite for every bus: over PostgreSQL, over Redis or Valkey, and the one the simulator uses.

interface End {
  readonly bus: Bus
  /** Everything heard, with who said it. */
  readonly heard: { readonly note: BusNote; readonly from: string }[]
  missed(): number
  close(): Promise<void>
}

interface Kind {
  join(name: string): Promise<End>
  /** Nobody hears anybody from here on. */
  cut(how: 'refuse' | 'freeze'): void
  mend(): void
  stop(): Promise<void>
}

const warnings: string[] = []
const log: EngineLog = {
  info() {},
  warn: (_fields, message) => void warnings.push(message),
  error: (_fields, message) => void warnings.push(message),
}

function listening(bus: Bus, close: () => Promise<void>): End {
  const heard: End['heard'] = []
  let missed = 0
  bus.subscribe(
    // Signs of life come when they come.
    (note, from) => void (note.kind !== 'here' && heard.push({ note, from })),
    () => {
      missed += 1
    },
  )
  return { bus, heard, missed: () => missed, close }
}

function memory(): Kind {
  const wire = new MemoryWire(true)
  const names: string[] = []
  return {
    async join(name) {
      names.push(name)
      return listening(wire.join(name), async () => wire.leave(name))
    },
    cut() {
      for (const name of names) wire.cutOff(name)
    },
    mend() {
      for (const name of names) wire.mend(name)
    },
    stop: async () => {},
  }
}

async function overLine(
  proxy: TcpProxy,
  open: Parameters<typeof openLineBus>[0]['open'],
  end: () => Promise<void>,
) {
  const kind: Kind = {
    async join(name) {
      const bus = openLineBus({
        open,
        nodeId: name,
        log,
        timing: { echo: 800, silence: 300, retryMost: 300 },
      })
      await bus.opened
      return listening(bus, () => bus.close())
    },
    cut: (how) => proxy.set(how),
    mend: () => {
      // What was frozen for long is as good as cut; a half-open connection would be another test's.
      proxy.cut()
      proxy.set('pass')
    },
    async stop() {
      await proxy.stop()
      await end()
    },
  }
  return kind
}

async function overPostgres(): Promise<Kind> {
  const database = await testDatabase()
  const url = new URL(database.url)
  const proxy = await tcpProxy({ host: url.hostname, port: Number(url.port || 5432) })
  url.host = `127.0.0.1:${proxy.port}`
  return overLine(proxy, postgresLine(url.href), () => database.drop())
}

const redis = await redisServer()
afterAll(() => redis?.stop())

async function overRedis(): Promise<Kind> {
  if (!redis) throw new Error('no Redis')
  const proxy = await tcpProxy({ path: redis.socket })
  return overLine(proxy, redisLine(`redis://127.0.0.1:${proxy.port}`, `test ${proxy.port}`), async () => {})
}

const kinds = [
  ['PostgreSQL', overPostgres, true],
  ['Redis or Valkey', overRedis, redis !== null],
  ['memory', async () => memory(), true],
] as const

for (const [name, make, there] of kinds) {
  describe.skipIf(!there)(`the bus over ${name}`, () => {
    let kind: Kind
    let ends: End[] = []
    const join = async (of: string) => {
      const end = await kind.join(of)
      ends.push(end)
      return end
    }
    beforeAll(async () => {
      kind = await make()
    })
    afterAll(() => kind?.stop())
    beforeEach(() => {
      ends = []
    })
    afterEach(async () => {
      kind.mend()
      await Promise.all(ends.map((end) => end.close()))
    })

    const appended = (seq: number, documentId = 'doc_1'): BusNote => ({ kind: 'appended', documentId, seq })
    const all: BusNote[] = [
      appended(1),
      { kind: 'event', room: 'brd_1', event: { type: 'cards.changed', title: '纲举目张 "\\\u0000' } },
      { kind: 'revoked', target: { userId: 'usr_1' } },
      { kind: 'revoked', target: { documentId: 'doc_1' } },
      {
        kind: 'present',
        place: 'doc_1',
        whole: false,
        entries: [{ id: 7, clock: 2, state: '{"user":{}}', userId: 'usr_1', mayWrite: true }],
      },
      { kind: 'asked', place: 'ws_1' },
      { kind: 'gone' },
    ]

    it('ND1: says every kind of note to every other node, and to none its own', async () => {
      const [a, b, c] = [await join('a'), await join('b'), await join('c')]
      for (const note of all) {
        const before = b.heard.length
        a.bus.publish(note)
        await expect.poll(() => [b.heard.length, c.heard.length]).toEqual([before + 1, before + 1])
      }
      expect(b.heard).toEqual(all.map((note) => ({ note, from: 'a' })))
      expect(c.heard).toEqual(b.heard)
      expect(a.heard).toEqual([])
    })

    it('ND1: what is larger than one message arrives whole, between what came before and after', async () => {
      const [a, b] = [await join('a'), await join('b')]
      const large: BusNote = { kind: 'event', room: 'brd_1', event: { cards: '目'.repeat(40_000) } }
      const small: BusNote = { kind: 'event', room: 'brd_1', event: 1 }
      for (const note of [small, large, small]) a.bus.publish(note)
      await expect.poll(() => b.heard.length).toBe(3)
      expect(b.heard.map(({ note }) => note)).toEqual([small, large, small])
    })

    it('ND1: many nodes talk at once, and each is heard in its own order', async () => {
      const [a, b, c] = [await join('a'), await join('b'), await join('c')]
      for (let n = 0; n < 300; n++) {
        for (const end of [a, b]) end.bus.publish({ kind: 'event', room: 'r', event: n })
        if (n % 60 === 0) await delay(2)
      }
      await expect.poll(() => c.heard.length).toBe(600)
      for (const from of ['a', 'b'])
        expect(
          c.heard.filter((one) => one.from === from).map(({ note }) => 'event' in note && note.event),
        ).toEqual(Array.from({ length: 300 }, (_, n) => n))
    })

    it.each(['refuse', 'freeze'] as const)(
      'ND2: after an outage (%s) it is up again, says that something was missed, and carries notes',
      async (how) => {
        const [a, b] = [await join('a'), await join('b')]
        await expect.poll(() => [a.bus.up, b.bus.up]).toEqual([true, true])
        const before = [a.missed(), b.missed()]
        kind.cut(how)
        await expect.poll(() => [a.bus.up, b.bus.up]).toEqual([false, false])
        // Nothing that is said now may throw, or end the process by a promise nobody looks at.
        for (const note of all) a.bus.publish(note)
        await delay(600)
        expect(b.heard).toEqual([])
        kind.mend()
        await expect.poll(() => [a.bus.up, b.bus.up]).toEqual([true, true])
        expect([a.missed(), b.missed()].map((n, i) => n > (before[i] ?? 0))).toEqual([true, true])
        const last = appended(99, 'doc_9')
        a.bus.publish(last)
        await expect.poll(() => b.heard.at(-1)?.note).toEqual(last)
      },
    )
  })
}

it('ND2: a revocation said while the line is down is said when it is back, whatever else has piled up', async () => {
  const kind = await overPostgres()
  const [a, b] = [await kind.join('a'), await kind.join('b')]
  try {
    kind.cut('refuse')
    await expect.poll(() => a.bus.up).toBe(false)
    for (let n = 0; n < 5_000; n++) a.bus.publish({ kind: 'event', room: 'r', event: n })
    a.bus.publish({ kind: 'revoked', target: { userId: 'usr_1' } })
    kind.mend()
    const revoked = () => b.heard.filter(({ note }) => note.kind === 'revoked').length
    await expect.poll(revoked).toBe(1)
    expect(b.heard.length).toBeLessThanOrEqual(2_000)
  } finally {
    await Promise.all([a.close(), b.close()])
    await kind.stop()
  }
})
