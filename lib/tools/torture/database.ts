import { setTimeout as delay } from 'node:timers/promises'
import postgres from 'postgres'
import { rng } from '@/lib/collab/testing/rng'
import { Tokens } from '@/lib/collab/testing/tokens'
import { storedWorld } from '@/lib/testing/collab/stored-world'
import { CollabVictim } from './collab-victim'
import type { Outcome, TortureCommand } from './command'
import { databaseProxy, type ProxyMode } from './database-proxy'
import { judgeRound, type RoundSums } from './judge-round'
import { onePage } from './page-text'
import { tortureDatabase } from './torture-database'
import { Writer } from './writer'

/** Milliseconds from the first change that cannot be saved to the words "not saved yet", and what a busy machine adds. */
const SAYS_SO = 3_000
const SLACK = 500
/** Milliseconds from the database's return to the first acknowledgement. */
const RESUMES = 5_000
const SLOW = 2_500

/** PostgreSQL goes away and comes back while people type; a round is an outage of 30 s. */
export const databaseOutages: TortureCommand = {
  goals: 'R4, DR3',
  proves:
    'the database refuses, freezes, is slow or ends connections after a commit: nothing is lost or doubled, "not saved yet" is shown within 3 s, acknowledgements resume within 5 s',
  rounds: 1,
  plants: ['acknowledge-early', 'never-retry'],
  async run(run) {
    const database = await tortureDatabase(run.external)
    try {
      return await tortureOutages({ ...run, url: database.url, outage: 30_000, people: 10, patience: 60_000 })
    } finally {
      await database.end()
    }
  },
}

export async function tortureOutages(given: {
  readonly url: string
  readonly seed: number
  readonly rounds: number
  /** Milliseconds. */
  readonly outage: number
  readonly patience: number
  readonly people: number
  readonly plant: string | null
  readonly modes?: readonly ProxyMode[]
  say(line: string): void
}): Promise<Outcome> {
  const { url, seed, rounds, outage, patience, plant, say } = given
  const modes = given.modes ?? ['refuse', 'freeze', 'cut', 'delay']
  const proxy = await databaseProxy(url)
  const victim = new CollabVictim(proxy.url, plant === null ? {} : { PLANT: plant })
  const sql = postgres(url, { max: 3, onnotice: () => {} })
  const sums: RoundSums = { edits: 0, acknowledged: 0, seen: 0, lost: 0 }
  const problems: string[] = []
  let slowest = 0
  let latest = 0
  let reconnects = 0
  try {
    await victim.start()
    const world = await storedWorld(sql)
    const people = await Promise.all(Array.from({ length: given.people }, () => world.person('partner')))
    const addresses = await Promise.all(people.map((person) => victim.addressFor(person)))
    for (let round = 1; round <= rounds; round++) {
      const chance = rng(seed).fork(`outage ${round}`)
      const mode = modes[(round - 1 + seed) % modes.length] ?? 'refuse'
      const { strategyId, documentId } = await world.strategy(onePage())
      const tokens = new Tokens()
      const writers = addresses.map((address, i) => new Writer(`c${i}`, strategyId, () => address, tokens))
      await Promise.all(writers.map((writer) => writer.client.synced))
      let typing = true
      const typed = writers.map(async (writer, i) => {
        const own = chance.fork(`${i}`)
        while (typing) {
          writer.edit(own)
          await delay(100 + own.below(400))
        }
      })
      await delay(700)
      const began = performance.now()
      proxy.set(mode, SLOW)
      await delay(outage)
      const back = performance.now()
      proxy.set('pass')
      const resumed = Promise.race([
        ...writers.map((writer) => nextSaved(writer)),
        delay(Math.min(patience, 30_000)),
      ]).then(() => performance.now() - back)
      typing = false
      await Promise.all(typed)
      const took = await resumed
      const wrong = await judgeRound({ sql, documentId, writers, tokens, patience, sums })
      slowest = Math.max(slowest, took)
      if (mode !== 'cut' && took > RESUMES)
        wrong.push(`acknowledgements resumed after ${Math.round(took)} ms`)
      if (mode === 'refuse' || mode === 'freeze')
        for (const writer of writers) {
          const late = firstNotSaved(writer, began)
          latest = Math.max(latest, late)
          if (late > SAYS_SO + SLACK)
            wrong.push(`${writer.name} read "not saved yet" after ${Math.round(late)} ms`)
        }
      reconnects += writers.reduce((sum, writer) => sum + writer.greetings - 1, 0)
      for (const writer of writers) writer.end()
      problems.push(...wrong.map((problem) => `outage ${round} (${mode}): ${problem}`))
      say(
        `outage ${round}: ${mode}, ${tokens.count} edits, back after ${Math.round(took)} ms, ${wrong.join('; ') || 'nothing lost'}`,
      )
      if (plant !== null && wrong.length > 0) break
    }
  } finally {
    await sql.end({ timeout: 2 })
    await victim.end()
    await proxy.end()
  }
  return {
    rounds,
    acknowledged: sums.acknowledged,
    lost: sums.lost,
    problems,
    figures: {
      edits: sums.edits,
      'answers cut off': proxy.cuts,
      'resumed at most after (ms)': Math.round(slowest),
      '"not saved yet" at most after (ms)': Math.round(latest),
      reconnects,
    },
  }
}

function nextSaved(writer: Writer): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (writer.client.saveState.kind !== 'saved') return
      stop()
      resolve()
    }
    const stop = writer.client.subscribe(look)
    look()
  })
}

/**
 * How long a page left a person believing that the first change of an outage is on its way: from the last "saving"
 * before it says otherwise. Infinite: it never said so.
 */
function firstNotSaved(writer: Writer, began: number): number {
  const told = writer.shown.find(
    ({ state, at }) => at > began && (state === 'not_saved' || state === 'offline'),
  )
  if (!told) return Number.POSITIVE_INFINITY
  const before = writer.shown.filter(({ at, state }) => at < told.at && state === 'saving').at(-1)
  return told.at - Math.max(before?.at ?? began, began)
}
