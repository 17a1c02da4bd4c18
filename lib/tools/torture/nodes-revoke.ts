import { setTimeout as delay } from 'node:timers/promises'
import postgres from 'postgres'
import WebSocket from 'ws'
import * as Y from 'yjs'
import { Close } from '@/lib/collab/protocol/numbers'
import { clientHello, syncFrame } from '@/lib/collab/protocol/write-frame'
import { rng } from '@/lib/collab/testing/rng'
import { must } from '@/lib/kit/assert'
import { type StoredPerson, storedWorld } from '@/lib/testing/collab/stored-world'
import { redisServer } from '@/lib/testing/redis-server'
import { type ProxyMode, tcpProxy } from '@/lib/testing/tcp-proxy'
import type { Outcome, TortureCommand } from './command'
import { until } from './judge-round'
import { NodeGroup } from './nodes-group'
import { onePage } from './page-text'
import { tortureDatabase } from './torture-database'

const WITH_BUS = 1_000
const WITHOUT = 5_000

/** People are taken their rights at one node while they type at both, the bus being up, cut or frozen. */
export const revoke: TortureCommand = {
  goals: 'S2, R5, ND3',
  proves:
    'access that ends closes sockets on every node in a second, in five without the bus; nothing is stored after',
  rounds: 30,
  plants: ['deaf'],
  async run(run) {
    const database = await tortureDatabase(run.external)
    try {
      return await revokeAll({ url: database.url, bus: 'postgres', ...run })
    } finally {
      await database.end()
    }
  },
}

/** One socket. Who types is closed by the refused row, too; who only reads hears of nothing else. */
class Victim {
  closedAt: number | null = null
  code = 0
  private readonly ws: WebSocket
  private readonly doc = new Y.Doc()
  private timer: NodeJS.Timeout | undefined

  constructor(address: { url: string; headers: Readonly<Record<string, string>> }, room: string) {
    this.ws = new WebSocket(`${address.url}/collab/${room}`, { headers: address.headers })
    this.ws.on('error', () => {})
    this.ws.on('close', (code) => {
      this.closedAt = performance.now()
      this.code = code
      clearInterval(this.timer)
    })
  }

  async enter(types: boolean): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.ws.once('open', () => resolve())
      this.ws.once('close', () => reject(new Error('not let in')))
    })
    // The server's hello: let in. Whoever is still at the door is judged there, and is told another thing.
    const letIn = new Promise<void>((resolve) => this.ws.once('message', () => resolve()))
    this.ws.send(clientHello(1, 'victim'))
    await letIn
    this.ws.send(syncFrame('step1', Uint8Array.of(0)))
    this.ws.send(syncFrame('step2', Uint8Array.of(0, 0)))
    if (!types) return
    // As fast as anybody types, and more, until it is closed.
    this.timer = setInterval(() => {
      const before = Y.encodeStateVector(this.doc)
      this.doc.getText('text').insert(0, 'x')
      this.ws.send(syncFrame('update', Y.encodeStateAsUpdate(this.doc, before)))
    }, 30)
  }

  end(): void {
    clearInterval(this.timer)
    this.ws.terminate()
  }
}

export async function revokeAll(given: {
  readonly url: string
  readonly bus: 'postgres' | 'redis'
  readonly rounds: number
  readonly seed: number
  readonly plant: string | null
  say(line: string): void
}): Promise<Outcome> {
  const { url, rounds, seed, plant, say } = given
  const chance = rng(seed)
  const sql = postgres(url, { max: 4, onnotice: () => {} })
  const redis = given.bus === 'redis' ? must(await redisServer(), 'a Redis to run on') : null
  const there = new URL(url)
  const proxy = await tcpProxy(
    redis ? { path: redis.socket } : { host: there.hostname, port: Number(there.port || 5432) },
  )
  const through = new URL(url)
  through.host = `127.0.0.1:${proxy.port}`
  const busUrl = redis ? `redis://127.0.0.1:${proxy.port}` : through.href
  const group = await NodeGroup.start({ databaseUrl: url, bus: { kind: given.bus, url: busUrl }, plant })
  const problems: string[] = []
  const slowest: Record<ProxyMode, number> = { pass: 0, refuse: 0, freeze: 0 }
  let written = 0
  try {
    const world = await storedWorld(sql)
    const { strategyId } = await world.strategy(onePage())
    // What a command does that takes somebody's rights: commit, then tell.
    const ways: Record<string, (person: StoredPerson) => Promise<unknown>> = {
      'signed out': ({ sessionId }) => sql`update sessions set revoked_at = now() where id = ${sessionId}`,
      removed: ({ memberId }) =>
        sql`update members set removed_at = now(), revision = revision + 1 where id = ${memberId}`,
      'made a viewer': ({ memberId }) =>
        sql`update members set role = 'viewer', revision = revision + 1 where id = ${memberId}`,
    }
    for (let round = 1; round <= rounds; round++) {
      const mode: ProxyMode = (['pass', 'refuse', 'freeze'] as const)[round % 3] ?? 'pass'
      const [way, take] = chance.pick(Object.entries(ways))
      const person = await world.person('partner')
      const victims = group.nodes.flatMap((node) =>
        [true, false].map((types) => ({
          types,
          node,
          victim: new Victim(group.address(person, node), strategyId),
        })),
      )
      await Promise.all(victims.map(({ victim, types }) => victim.enter(types)))
      proxy.set(mode)
      await delay(chance.below(mode === 'pass' ? 300 : 2_500))
      const label = `round ${round}: ${way}, bus ${mode}`
      await take(person)
      const rows = () =>
        sql<{ n: number }[]>`select count(*)::int as n from journal where user_id = ${person.userId}`.then(
          ([row]) => row?.n ?? 0,
        )
      const [before, began] = [await rows(), performance.now()]
      await group.node(round % 2).revoke(person.userId)
      const most = mode === 'pass' ? WITH_BUS : WITHOUT
      await until(() => victims.every(({ victim }) => victim.closedAt !== null), most + 5_000)
      for (const { victim } of victims) {
        const took = (victim.closedAt ?? Number.POSITIVE_INFINITY) - began
        slowest[mode] = Math.max(slowest[mode], took)
        if (took > most) problems.push(`${label}: closed after ${Math.round(took)} ms`)
        else if (victim.code !== Close.notAllowed) problems.push(`${label}: closed with ${victim.code}`)
        victim.end()
      }
      await delay(100)
      if ((await rows()) !== before) problems.push(`${label}: words were stored afterwards`)
      written += before
      if (mode !== 'pass') proxy.cut()
      proxy.set('pass')
      const times = victims.map(({ victim }) => Math.round((victim.closedAt ?? Number.NaN) - began))
      say(`${label}: ${times.join(', ')} ms`)
      // Until both ends know that they hear each other again.
      if (mode !== 'pass') await delay(2_500)
    }
    if (written === 0) problems.push('the victims never wrote anything, so nothing was proved')
    problems.push(...group.unhandled.map((why) => `unhandled: ${why}`))
  } finally {
    await group.end()
    await proxy.stop()
    await redis?.stop()
    await sql.end({ timeout: 2 })
  }
  return {
    rounds,
    acknowledged: written,
    lost: 0,
    problems,
    figures: {
      'slowest with the bus ms': Math.round(slowest.pass),
      'cut ms': Math.round(slowest.refuse),
      'frozen ms': Math.round(slowest.freeze),
    },
  }
}
