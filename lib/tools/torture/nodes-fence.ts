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
  snapshotTailRows: 20,
  snapshotPause: 0,
  snapshotTailBytes: 500,
  framesPerSecond: 500,
  framesBurst: 1_000,
}
const SLEEP = 60_000

/** A node is stopped in the moment it stores a snapshot, and wakes when another one has long gone on. */
export const fence: TortureCommand = {
  goals: 'R11, ND9',
  proves: 'a node that slept for a minute overwrites nothing, and starts over from the store',
  rounds: 5,
  plants: ['no-fence'],
  async run(run) {
    const database = await tortureDatabase(run.external)
    try {
      return await sleepThrough({ url: database.url, sleep: SLEEP, ...run })
    } finally {
      await database.end()
    }
  },
}

export async function sleepThrough(given: {
  readonly url: string
  readonly rounds: number
  readonly seed: number
  /** Milliseconds at least; it lasts until the others have stored something newer. */
  readonly sleep: number
  readonly plant: string | null
  say(line: string): void
}): Promise<Outcome> {
  const { url, rounds, seed, sleep, plant, say } = given
  const chance = rng(seed)
  const sql = postgres(url, { max: 3, onnotice: () => {} })
  const bus = { kind: 'postgres', url } as const
  const group = await NodeGroup.start({ databaseUrl: url, bus, limits: LIMITS, holdSnapshots: true, plant })
  const sums: RoundSums = { edits: 0, acknowledged: 0, seen: 0, lost: 0 }
  const problems: string[] = []
  const [sleeper, awake] = [group.node(0), group.node(1)]
  try {
    const world = await storedWorld(sql)
    for (let round = 1; round <= rounds; round++) {
      const { strategyId, documentId } = await world.strategy(onePage())
      const snapshots = async () =>
        (
          await sql<{ seq: number }[]>`
            select seq::int as seq from snapshots where document_id = ${documentId} order by seq`
        ).map((row) => row.seq)
      const tokens = new Tokens()
      const writers: Writer[] = []
      const open = async (node: typeof sleeper) => {
        const address = group.address(await world.person('partner'), node)
        const writer = new Writer(`c${writers.length}`, strategyId, () => address, tokens)
        writers.push(writer)
        await writer.client.synced
        return writer
      }
      const type = async (writer: Writer, enough: () => boolean) => {
        for (let n = 0; n < 2_000 && !enough(); n++) {
          writer.edit(chance)
          await delay(10)
        }
      }
      const before = await open(sleeper)
      let asleepAt: number | null = null
      const stopped = sleeper.said('snapshot').then(({ seq }) => {
        // Here it has made its bytes, and has not stored them.
        sleeper.signal('SIGSTOP')
        asleepAt = seq ?? 0
      })
      await type(before, () => asleepAt !== null)
      await stopped
      const began = performance.now()
      const after = await open(awake)
      let newest = 0
      while (newest <= (asleepAt ?? 0) || performance.now() - began < sleep) {
        let stored = false
        const storing = awake.said('snapshot').then(() => {
          stored = true
        })
        await type(after, () => stored)
        await storing
        awake.store()
        await until(() => after.client.saveState.kind === 'saved', 5_000)
        newest = (await snapshots()).at(-1) ?? 0
      }
      const known = await snapshots()
      sleeper.store()
      sleeper.signal('SIGCONT')
      await delay(500)
      const label = `round ${round}`
      const late = (await snapshots()).filter((seq) => !known.includes(seq) && seq <= newest)
      if (late.length > 0) problems.push(`${label}: row ${late.join()} was stored over row ${newest}`)
      // Snapshots that are due from now on need no word.
      const letGo = setInterval(() => {
        sleeper.store()
        awake.store()
      }, 50)
      const wrong = await judgeRound({ sql, documentId, writers, tokens, patience: 20_000, sums })
      clearInterval(letGo)
      problems.push(...wrong.map((problem) => `${label}: ${problem}`))
      for (const writer of writers) writer.end()
      say(
        `${label}: slept at row ${asleepAt}, woke at ${newest}, ${wrong.length === 0 ? 'nothing lost' : wrong.join('; ')}`,
      )
    }
    problems.push(...group.unhandled.map((why) => `unhandled: ${why}`))
  } finally {
    await group.end()
    await sql.end({ timeout: 2 })
  }
  return {
    rounds,
    acknowledged: sums.acknowledged,
    lost: sums.lost,
    problems,
    figures: { edits: sums.edits },
  }
}
