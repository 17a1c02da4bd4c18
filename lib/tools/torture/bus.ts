import { setTimeout as delay } from 'node:timers/promises'
import postgres from 'postgres'
import { rng } from '@/lib/collab/testing/rng'
import { Tokens } from '@/lib/collab/testing/tokens'
import { storedWorld } from '@/lib/testing/collab/stored-world'
import { tcpProxy } from '@/lib/testing/tcp-proxy'
import type { Outcome, TortureCommand } from './command'
import { judgeRound, type RoundSums } from './judge-round'
import { NodeGroup } from './nodes-group'
import { onePage } from './page-text'
import { tortureDatabase } from './torture-database'
import { Writer } from './writer'

const LIMITS = {
  linger: 200,
  snapshotTailRows: 60,
  snapshotPause: 0,
  snapshotTailBytes: 2_000,
  framesPerSecond: 500,
  framesBurst: 1_000,
}
/** Milliseconds until a word typed at one node is read at the other. */
const WITHOUT_BUS = 5_000
const WITH_BUS = 300
/** What a busy machine may add to the longer one: a commit, a read, two processes' turns. */
const SLACK = 1_000

/** The bus between two nodes is cut or frozen while people type at both; a round is an outage of 60 s. */
export const busOutages: TortureCommand = {
  goals: 'R5, ND',
  proves:
    'without the bus people at two nodes read each other within 5 s, with it within 300 ms (p95); nothing is lost',
  rounds: 1,
  plants: ['deaf'],
  async run(run) {
    const database = await tortureDatabase(run.external)
    try {
      return await tortureBus({ ...run, url: database.url, outage: 60_000, people: 6 })
    } finally {
      await database.end()
    }
  },
}

export async function tortureBus(given: {
  readonly url: string
  readonly seed: number
  readonly rounds: number
  /** Milliseconds. */
  readonly outage: number
  readonly people: number
  readonly plant: string | null
  readonly patience?: number
  say(line: string): void
}): Promise<Outcome> {
  const { url, seed, rounds, outage, plant, patience = 20_000, say } = given
  const target = new URL(url)
  const proxy = await tcpProxy({ host: target.hostname, port: Number(target.port || 5432) })
  const through = new URL(url)
  through.hostname = '127.0.0.1'
  through.port = `${proxy.port}`
  const sql = postgres(url, { max: 3, onnotice: () => {} })
  const group = await NodeGroup.start({
    databaseUrl: url,
    bus: { kind: 'postgres', url: through.href },
    limits: LIMITS,
    plant,
  })
  const sums: RoundSums = { edits: 0, acknowledged: 0, seen: 0, lost: 0 }
  const problems: string[] = []
  const withBus: number[] = []
  const without: number[] = []
  try {
    const world = await storedWorld(sql)
    const people = await Promise.all(Array.from({ length: given.people }, () => world.person('partner')))
    for (let round = 1; round <= rounds; round++) {
      const chance = rng(seed).fork(`outage ${round}`)
      const mode = (round + seed) % 2 === 0 ? 'refuse' : 'freeze'
      const { strategyId, documentId } = await world.strategy(onePage())
      const tokens = new Tokens()
      const writers = people.map((person, i) => {
        const address = group.address(person, group.node(i % 2))
        return new Writer(`c${i}`, strategyId, () => address, tokens)
      })
      await Promise.all(writers.map((writer) => writer.client.synced))
      const crossing = new Crossing(writers)
      let typing = true
      const types = writers.map(async (writer, i) => {
        const own = chance.fork(`${i}`)
        while (typing) {
          const before = tokens.count
          writer.edit(own)
          if (tokens.count > before) crossing.typed([...tokens.all.keys()].at(-1) ?? '', i % 2)
          await delay(150 + own.below(500))
        }
      })
      await delay(2_000)
      withBus.push(...crossing.take())
      proxy.set(mode)
      // What was on its way is neither the one nor the other.
      await delay(1_000)
      crossing.take()
      await delay(outage)
      typing = false
      await Promise.all(types)
      // The last words have as long as all others.
      await delay(WITHOUT_BUS + SLACK)
      const late = crossing.waiting
      without.push(...crossing.take())
      proxy.set('pass')
      const wrong = await judgeRound({ sql, documentId, writers, tokens, patience, sums })
      if (late > 0) wrong.push(`${late} words were not read at the other node in time`)
      for (const writer of writers) writer.end()
      problems.push(...wrong.map((problem) => `outage ${round} (${mode}): ${problem}`))
      say(`outage ${round}: ${mode}, ${tokens.count} edits, ${wrong.join('; ') || 'nothing lost'}`)
      if (plant !== null && wrong.length > 0) break
    }
    const slowest = Math.max(0, ...without)
    if (slowest > WITHOUT_BUS + SLACK) problems.push(`without the bus a word took ${Math.round(slowest)} ms`)
    if (percentile(withBus, 0.95) > WITH_BUS)
      problems.push(`with the bus words took ${Math.round(percentile(withBus, 0.95))} ms (p95)`)
    problems.push(...group.unhandled.map((why) => `unhandled: ${why}`))
  } finally {
    await group.end()
    await proxy.stop()
    await sql.end({ timeout: 2 })
  }
  return {
    rounds,
    acknowledged: sums.acknowledged,
    lost: sums.lost,
    problems,
    figures: {
      'across with the bus p95 (ms)': Math.round(percentile(withBus, 0.95)),
      'without it p95 (ms)': Math.round(percentile(without, 0.95)),
      'without it at most (ms)': Math.round(Math.max(0, ...without)),
    },
  }
}

/** How long words take from a page at one node to a page at the other. Even writers are at node 0. */
class Crossing {
  private readonly under = new Map<string, { at: number; node: number }>()
  private took: number[] = []

  constructor(writers: readonly Writer[]) {
    for (const [i, writer] of writers.slice(0, 2).entries())
      writer.doc.on('update', () => {
        const { words } = writer
        for (const [token, { at, node }] of this.under) {
          if (node === i || !words.includes(token)) continue
          this.took.push(performance.now() - at)
          this.under.delete(token)
        }
      })
  }

  get waiting(): number {
    return this.under.size
  }

  typed(token: string, node: number): void {
    this.under.set(token, { at: performance.now(), node })
  }

  /** What has arrived since the last time. */
  take(): number[] {
    const { took } = this
    this.took = []
    return took
  }
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}
