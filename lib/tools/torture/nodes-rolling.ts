import { setTimeout as delay } from 'node:timers/promises'
import postgres from 'postgres'
import { rng } from '@/lib/collab/testing/rng'
import { Tokens } from '@/lib/collab/testing/tokens'
import { storedWorld } from '@/lib/testing/collab/stored-world'
import type { Outcome, TortureCommand } from './command'
import { judgeRound, type RoundSums, until } from './judge-round'
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

/** Restarts one document lives through. */
const PER_DOCUMENT = 5

/**
 * Two nodes behind a proxy, restarted in turn while people type. Every fifth time it is SIGKILL. With another version's folder
 * each comes back as the other version, so that both serve side by side half of the time.
 */
export const rolling: TortureCommand = {
  goals: 'R8, R11, ND10',
  proves: 'nodes restarted one after the other while 20 people type: they move over, nothing is lost',
  rounds: 10,
  plants: ['hollow-rows'],
  async run(run) {
    const database = await tortureDatabase(run.external)
    try {
      return await rollOver({ url: database.url, people: 20, killEvery: 5, ...run })
    } finally {
      await database.end()
    }
  },
}

export async function rollOver(given: {
  readonly url: string
  readonly rounds: number
  readonly seed: number
  readonly people: number
  /** Of so many restarts the last is a SIGKILL. */
  readonly killEvery: number
  readonly plant: string | null
  /** The folder of another version: nodes are upgraded to it and brought back, in turn. */
  readonly other?: string | null
  /** How long is waited for people to come back and to be done, milliseconds. */
  readonly patience?: number
  say(line: string): void
}): Promise<Outcome> {
  const { url, rounds, seed, people, killEvery, plant, other = null, patience = 20_000, say } = given
  const chance = rng(seed)
  const sql = postgres(url, { max: 3, onnotice: () => {} })
  const group = await NodeGroup.start({
    databaseUrl: url,
    bus: { kind: 'postgres', url },
    limits: LIMITS,
    plant,
    other,
  })
  const sums: RoundSums = { edits: 0, acknowledged: 0, seen: 0, lost: 0 }
  const problems: string[] = []
  const back: number[] = []
  try {
    const world = await storedWorld(sql)
    const addresses = []
    for (let i = 0; i < people; i++) addresses.push(group.address(await world.person('partner')))
    // A fresh document now and then: what is tried is the restart, not how long the oracle reads.
    for (let first = 1; first <= rounds; first += PER_DOCUMENT) {
      const { strategyId, documentId } = await world.strategy(onePage())
      const tokens = new Tokens()
      const writers = addresses.map((address, i) => new Writer(`c${i}`, strategyId, () => address, tokens))
      await Promise.all(writers.map((writer) => writer.client.synced))
      for (const writer of writers) timeAway(writer, back)
      const docs = writers.map((writer) => writer.doc)
      let typing = true
      const types = writers.map(async (writer, i) => {
        const own = chance.fork(`round ${first} writer ${i}`)
        while (typing) {
          writer.edit(own)
          await delay(100 + own.below(200))
        }
      })
      for (let round = first; round < first + PER_DOCUMENT && round <= rounds; round++) {
        const node = group.node(round % 2)
        node.preload()
        await delay(300)
        const signal = round % killEvery === 0 ? 'SIGKILL' : 'SIGTERM'
        const code = await node.end(signal)
        if (signal === 'SIGTERM' && code !== 0) problems.push(`round ${round}: ended with ${code}`)
        await node.start()
        if (!(await until(() => writers.every((writer) => writer.client.online), patience)))
          problems.push(`round ${round}: somebody did not come back`)
        say(`round ${round}: ${signal}, ${sums.edits + tokens.count} edits so far`)
      }
      typing = false
      await Promise.all(types)
      const wrong = await judgeRound({ sql, documentId, writers, tokens, patience, sums }).catch(
        (error: unknown) => [`lost: the document cannot be read any more: ${error}`],
      )
      problems.push(...wrong)
      if (writers.some((writer, i) => writer.doc !== docs[i]))
        problems.push('a page loaded its document anew')
      for (const writer of writers) writer.end()
    }
    problems.push(...group.unhandled.map((why) => `unhandled: ${why}`))
  } finally {
    await group.end()
    await sql.end({ timeout: 2 })
  }
  const sorted = back.sort((a, b) => a - b)
  const at = (share: number) =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)
  return {
    rounds,
    acknowledged: sums.acknowledged,
    lost: sums.lost,
    problems,
    figures: {
      edits: sums.edits,
      reconnects: sorted.length,
      'reconnect p50 ms': at(0.5),
      'reconnect p95 ms': at(0.95),
    },
  }
}

/** How long somebody was without a connection, each time. */
function timeAway(writer: Writer, back: number[]): void {
  let lostAt: number | null = null
  writer.client.subscribe(() => {
    if (!writer.client.online) lostAt ??= performance.now()
    else if (lostAt !== null) {
      back.push(performance.now() - lostAt)
      lostAt = null
    }
  })
}
