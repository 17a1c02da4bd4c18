import { fork } from 'node:child_process'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import postgres from 'postgres'
import { z } from 'zod'
import { rng } from '@/lib/collab/testing/rng'
import { Tokens } from '@/lib/collab/testing/tokens'
import { storedWorld } from '@/lib/testing/collab/stored-world'
import { CollabVictim } from './collab-victim'
import type { Outcome, TortureCommand } from './command'
import { judgeRound, type RoundSums } from './judge-round'
import { onePage } from './page-text'
import { tortureDatabase } from './torture-database'
import { Writer } from './writer'

const ATTACKERS = 20
const TYPISTS = 5
/** Milliseconds. */
const STALL = 200
const HONEST_P99 = 500

/** Malformed frames over real sockets, while honest people type in the same document: a round is a frame. */
export const framesOverSockets: TortureCommand = {
  goals: 'R3',
  proves:
    'twenty attackers over sockets neither end, stall nor spoil the server that five honest people type on',
  rounds: 5_000,
  plants: ['stall', 'acknowledge-early'],
  async run(run) {
    const database = await tortureDatabase(run.external)
    try {
      return await stormSockets({ ...run, url: database.url })
    } finally {
      await database.end()
    }
  },
}

const attacked = z.object({
  kind: z.literal('attacked'),
  sent: z.number(),
  sockets: z.number(),
  closes: z.record(z.string(), z.number()),
})

export async function stormSockets(given: {
  readonly url: string
  readonly seed: number
  readonly rounds: number
  readonly plant: string | null
}): Promise<Outcome> {
  const { url, seed, rounds, plant } = given
  const chance = rng(seed).fork('typists')
  const victim = new CollabVictim(url, plant === null ? {} : { PLANT: plant })
  const sql = postgres(url, { max: 3, onnotice: () => {} })
  const sums: RoundSums = { edits: 0, acknowledged: 0, seen: 0, lost: 0 }
  const problems: string[] = []
  const waits: number[] = []
  const children = fork(path.join(import.meta.dirname, 'frame-attackers.ts'), [], {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  try {
    await victim.start()
    const world = await storedWorld(sql)
    const { strategyId, documentId } = await world.strategy(onePage())
    const foreign = await storedWorld(sql)
    const people = await Promise.all(
      Array.from({ length: TYPISTS + ATTACKERS }, () => world.person('partner')),
    )
    const addresses = await Promise.all(people.map((person) => victim.addressFor(person)))
    const tokens = new Tokens()
    const writers = addresses.slice(0, TYPISTS).map((address, i) => {
      const typed: number[] = []
      const writer = new Writer(
        `c${i}`,
        strategyId,
        () => address,
        tokens,
        () => {
          const now = performance.now()
          for (const at of typed.splice(0)) waits.push(now - at)
        },
      )
      return { writer, typed }
    })
    await Promise.all(writers.map(({ writer }) => writer.client.synced))
    await victim.measure()
    let storming = true
    const storm = new Promise<z.infer<typeof attacked>>((resolve, reject) => {
      children.on('message', (raw) => resolve(attacked.parse(raw)))
      children.once('exit', (code) => reject(new Error(`the attackers ended with ${code}`)))
    })
    children.send({
      seed,
      frames: rounds,
      rooms: [strategyId, foreign.strategyId, world.workspaceId],
      url: addresses[0]?.url ?? '',
      attackers: addresses.slice(TYPISTS).map(({ headers }) => headers),
    })
    const typing = writers.map(async ({ writer, typed }, i) => {
      const own = chance.fork(`${i}`)
      while (storming) {
        // A short text: long ones would measure Yjs in the driver.
        if (tokens.count < 4_000) {
          typed.push(performance.now())
          writer.edit(own)
        }
        await delay(60 + own.below(120))
      }
    })
    const report = await Promise.race([storm, victim.gone().then(() => null)])
    if (!report) problems.push('the server ended')
    storming = false
    await Promise.all(typing)
    const stats = report ? await victim.measure() : null
    const judged = report
      ? await judgeRound({
          sql,
          documentId,
          writers: writers.map((one) => one.writer),
          tokens,
          patience: plant ? 2_000 : 30_000,
          sums,
        })
      : []
    problems.push(...judged)
    for (const { writer } of writers) writer.end()
    const p99 = waits.sort((a, b) => a - b)[Math.floor(waits.length * 0.99)] ?? 0
    if (stats && stats.stall > STALL)
      problems.push(`the event loop stood still for ${Math.round(stats.stall)} ms`)
    if (stats && stats.errors > 0) problems.push(`${stats.errors} errors in the log: ${stats.lastError}`)
    if (p99 > HONEST_P99) problems.push(`honest people waited ${Math.round(p99)} ms (p99)`)
    return {
      rounds: report?.sent ?? 0,
      acknowledged: sums.acknowledged,
      lost: sums.lost,
      problems,
      figures: {
        sockets: report?.sockets ?? 0,
        closes: Object.entries(report?.closes ?? {})
          .map(([code, count]) => `${code}:${count}`)
          .join(','),
        'event loop at most (ms)': Math.round(stats?.stall ?? 0),
        'honest p99 (ms)': Math.round(p99),
      },
    }
  } finally {
    if (children.connected) children.disconnect()
    await sql.end({ timeout: 2 })
    await victim.end()
  }
}
