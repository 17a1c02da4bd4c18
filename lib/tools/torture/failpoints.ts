import { setTimeout as delay } from 'node:timers/promises'
import postgres from 'postgres'
import * as Y from 'yjs'
import { type Rng, rng } from '@/lib/collab/testing/rng'
import { Tokens } from '@/lib/collab/testing/tokens'
import { contentHash as strategyHash } from '@/lib/document/content-hash'
import { unpackVersion } from '@/lib/document/version-state'
import { FAILPOINTS, type Failpoint } from '@/lib/kit/failpoint'
import { type StoredPerson, type StoredWorld, storedWorld } from '@/lib/testing/collab/stored-world'
import { CollabVictim } from './collab-victim'
import type { Outcome, TortureCommand } from './command'
import { ACTIONS, type FailpointAction } from './fuse'
import { judgeRound, type RoundSums } from './judge-round'
import { onePage } from './page-text'
import { tortureDatabase } from './torture-database'
import type { Address } from './victim'
import { Writer } from './writer'

const STALL = 5_000
const PEOPLE = 3
const NOWHERE: Address = { url: 'ws://127.0.0.1:1', headers: {} }

export interface Cell {
  readonly name: Failpoint
  readonly action: FailpointAction
}

export const allCells: readonly Cell[] = FAILPOINTS.flatMap((name) =>
  ACTIONS.map((action) => ({ name, action })),
)

/** Every place in an edit's way, times every misfortune. A round is one cell under one seed: `--rounds` says how many seeds. */
export const failpoints: TortureCommand = {
  goals: 'R1',
  proves:
    'killed, thrown at or stalled at each of 12 places on purpose, the server loses nothing it promised',
  rounds: 1,
  plants: ['acknowledge-early'],
  async run(run) {
    const database = await tortureDatabase(run.external)
    try {
      const seeds = Array.from({ length: run.rounds }, (_, i) => (run.seed + i) >>> 0)
      return await tortureCells({ url: database.url, seeds, cells: allCells, stall: STALL, ...run })
    } finally {
      await database.end()
    }
  },
}

export async function tortureCells(given: {
  readonly url: string
  readonly seeds: readonly number[]
  readonly cells: readonly Cell[]
  /** Milliseconds. */
  readonly stall: number
  readonly plant: string | null
  readonly patience?: number
  say(line: string): void
}): Promise<Outcome> {
  const { url, seeds, cells, stall, plant, say } = given
  const victim = new CollabVictim(url, { VERSIONS: '1', ...(plant === null ? {} : { PLANT: plant }) })
  const sql = postgres(url, { max: 3, onnotice: () => {} })
  const sums: RoundSums = { edits: 0, acknowledged: 0, seen: 0, lost: 0 }
  const problems: string[] = []
  let rounds = 0
  try {
    await victim.start()
    const world = await storedWorld(sql)
    const people = await Promise.all(Array.from({ length: PEOPLE }, () => world.person('partner')))
    for (const seed of seeds)
      for (const cell of cells) {
        const label = `${cell.name} ${cell.action}, seed ${seed}`
        const chance = rng(seed).fork(`${cell.name} ${cell.action}`)
        const wrong = await one({
          victim,
          world,
          people,
          sql,
          cell,
          chance,
          stall,
          sums,
          patience: given.patience ?? 30_000,
        })
        rounds += 1
        problems.push(...wrong.map((problem) => `${label}: ${problem}`))
        say(`${label}: ${wrong.length === 0 ? 'nothing lost' : wrong.join('; ')}`)
        if (plant !== null && wrong.length > 0) return outcome()
      }
  } finally {
    await sql.end({ timeout: 2 })
    await victim.end()
  }
  return outcome()

  function outcome(): Outcome {
    const { acknowledged, lost, edits, seen } = sums
    return { rounds, acknowledged, lost, problems, figures: { edits, 'seen by others': seen } }
  }
}

async function one(given: {
  readonly victim: CollabVictim
  readonly world: StoredWorld
  readonly people: readonly StoredPerson[]
  readonly sql: postgres.Sql
  readonly cell: Cell
  readonly chance: Rng
  readonly stall: number
  readonly patience: number
  readonly sums: RoundSums
}): Promise<string[]> {
  const { victim, world, people, sql, cell, chance, stall, patience, sums } = given
  const { strategyId, documentId } = await world.strategy(onePage())
  const { struck } = await victim.arm(`${cell.name}:${nth(cell.name, chance)}:${cell.action}`, stall)
  let down: Promise<void> | null = null
  let known: 'fired' | 'gone' | null = null
  void struck.then((how) => {
    known = how
    if (how === 'gone') down = victim.start()
  })
  const addresses = await Promise.all(people.map((person) => victim.addressFor(person)))
  let network = true
  const tokens = new Tokens()
  const writers = addresses.map(
    (address, i) => new Writer(`c${i}`, strategyId, () => (network ? address : NOWHERE), tokens),
  )
  try {
    for (const half of ['first', 'second']) {
      await within(patience, Promise.all(writers.map((writer) => writer.client.synced)))
      await Promise.all(
        writers.map(async (writer, i) => {
          const own = chance.fork(`${half} ${i}`)
          for (let n = 20 + own.below(15); n > 0; n--) {
            writer.edit(own)
            await delay(own.below(14))
          }
        }),
      )
      if (half === 'second') break
      if (cell.name !== 'loadMid' && cell.name !== 'unloadMid' && chance.below(3) > 0) continue
      // Everybody is away for longer than a room stays in memory: it is let go, and loaded again.
      network = false
      for (const writer of writers) writer.disconnect()
      await delay(450)
      network = true
      for (const writer of writers) writer.client.reconnect()
    }
    await within(3_000, struck)
    if (down) await down
    for (const writer of writers) writer.client.reconnect()
    const wrong = await judgeRound({ sql, documentId, writers, tokens, patience: patience + stall, sums })
    if (known === null) wrong.push('never fired')
    // One document of a node stores at a time: a snapshot that is held up would keep the next cell's from beginning.
    if (cell.action === 'stall' && /^(snapshot|trim)/.test(cell.name)) await delay(stall)
    return [...wrong, ...(await brokenVersions(sql, strategyId))]
  } finally {
    for (const writer of writers) writer.end()
  }
}

/** How many times the place is passed before it strikes: early enough that every round comes to it. */
function nth(name: Failpoint, chance: Rng): number {
  switch (name) {
    case 'loadMid':
      return 1 + chance.below(2)
    case 'versionMid':
    case 'snapshotMid':
    case 'snapshotDoneBeforeTrim':
    case 'trimMid':
    case 'unloadMid':
      return 1
    case 'recv':
    case 'afterGuard':
      return 1 + chance.below(20)
    // Once for each batch: letters that go on in one row make them few.
    default:
      return 1 + chance.below(6)
  }
}

async function within(ms: number, work: Promise<unknown>): Promise<void> {
  const timer = new AbortController()
  await Promise.race([work, delay(ms, null, { signal: timer.signal }).catch(() => {})])
  timer.abort()
}

/** A version is whole or not there, numbers have no holes, and none is of a state the journal never had. */
async function brokenVersions(sql: postgres.Sql, strategyId: string): Promise<string[]> {
  const rows = await sql<VersionRow[]>`
    select v.number, v.seq::float8 as seq, v.content_hash, v.bytes, v.checksum, d.seq::float8 as head
    from versions v join strategies s on s.id = v.strategy_id join documents d on d.id = s.document_id
    where v.strategy_id = ${strategyId} order by v.number`
  return rows.flatMap((row, i) => {
    const place = { strategyId, number: row.number, seq: row.seq, contentHash: row.content_hash }
    const state = unpackVersion(place, row)
    if (row.number !== i + 1 || row.seq > row.head) return [`version ${row.number} is out of order`]
    if (!state) return [`version ${row.number} is damaged`]
    const doc = new Y.Doc()
    Y.applyUpdate(doc, state)
    return strategyHash(doc) === row.content_hash ? [] : [`version ${row.number} is not what it says`]
  })
}

interface VersionRow {
  number: number
  seq: number
  content_hash: string
  bytes: Uint8Array
  checksum: string
  head: number
}
