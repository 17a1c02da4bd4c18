import { execFile } from 'node:child_process'
import { chmod, mkdtemp, open, rm, rmdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import postgres from 'postgres'
import { migrate } from '@/db/migrate'
import { rng } from '@/lib/collab/testing/rng'
import { Tokens } from '@/lib/collab/testing/tokens'
import { storedWorld } from '@/lib/testing/collab/stored-world'
import { CollabVictim } from './collab-victim'
import { CannotRun, type Outcome, type TortureCommand } from './command'
import { judgeRound, type RoundSums, until } from './judge-round'
import { onePage } from './page-text'
import { tortureDatabase } from './torture-database'
import { Writer } from './writer'

const run = promisify(execFile)
const root = path.resolve(import.meta.dirname, '../../..')
const PEOPLE = 4
const SIZE = '64m'
/** Milliseconds from the moment there is space again to the first acknowledgement. */
const RETURNS = 10_000
const FULL_FOR = 5_000

/** The volume of the database's tables is full, and has space again; a round is once. */
export const disk: TortureCommand = {
  goals: 'R7',
  proves:
    'while the disk is full nothing is acknowledged and the process lives; 10 s after there is space all is there',
  rounds: 1,
  plants: ['acknowledge-early'],
  async run(asked) {
    const volume = await smallVolume()
    const database = await tortureDatabase(asked.external).catch(async (error: unknown) => {
      await volume.end()
      throw error
    })
    try {
      return await fillUp({ ...asked, url: database.url, volume })
    } finally {
      await database.end()
      await volume.end()
    }
  },
}

/** A file system of its own, small enough to be filled. */
export interface SmallVolume {
  readonly folder: string
  fill(): Promise<void>
  free(): Promise<void>
  end(): Promise<void>
}

/** Throws CannotRun where none can be mounted. */
export async function smallVolume(): Promise<SmallVolume> {
  const folder = await mkdtemp(path.join(tmpdir(), 'throughline-disk-'))
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'tmpfs', folder])
  } catch {
    await rmdir(folder)
    throw new CannotRun('mounting a small file system needs rights this user does not have.')
  }
  await chmod(folder, 0o700)
  const ballast = path.join(folder, 'ballast')
  return {
    folder,
    async fill() {
      const file = await open(ballast, 'w')
      try {
        for (const size of [1 << 20, 1 << 12])
          for (const block = Buffer.alloc(size, 1); ; ) {
            const { bytesWritten } = await file.write(block)
            if (bytesWritten < size) break
          }
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
      } finally {
        await file.close()
      }
    },
    free: () => rm(ballast, { force: true }),
    async end() {
      await run('umount', ['-l', folder]).catch(() => {})
      await rmdir(folder).catch(() => {})
    },
  }
}

export async function fillUp(given: {
  readonly url: string
  readonly volume: SmallVolume
  readonly seed: number
  readonly rounds: number
  readonly plant: string | null
  say(line: string): void
}): Promise<Outcome> {
  const { url, volume, seed, rounds, plant, say } = given
  const name = `throughline_full_${process.pid}_${seed}`
  const admin = postgres(url, { max: 1, onnotice: () => {} })
  const own = new URL(url)
  own.pathname = `/${name}`
  const sums: RoundSums = { edits: 0, acknowledged: 0, seen: 0, lost: 0 }
  const problems: string[] = []
  let slowest = 0
  let victim: CollabVictim | null = null
  let sql: postgres.Sql | null = null
  try {
    await admin.unsafe(`create tablespace ${name} location '${volume.folder}'`)
    await admin.unsafe(`create database ${name} tablespace ${name}`)
    await migrate(own.href, root)
    sql = postgres(own.href, { max: 3, onnotice: () => {} })
    const server = new CollabVictim(own.href, plant === null ? {} : { PLANT: plant })
    victim = server
    await server.start()
    let alive = true
    void server.gone().then(() => {
      alive = false
    })
    const world = await storedWorld(sql)
    const people = await Promise.all(Array.from({ length: PEOPLE }, () => world.person('partner')))
    const addresses = await Promise.all(people.map((person) => server.addressFor(person)))
    for (let round = 1; round <= rounds; round++) {
      const chance = rng(seed).fork(`round ${round}`)
      const { strategyId, documentId } = await world.strategy(onePage())
      const tokens = new Tokens()
      const writers = addresses.map((address, i) => new Writer(`c${i}`, strategyId, () => address, tokens))
      await Promise.all(writers.map((writer) => writer.client.synced))
      let typing = true
      const types = writers.map(async (writer, i) => {
        const mine = chance.fork(`${i}`)
        while (typing) {
          writer.edit(mine)
          // Pages with room left would swallow single words for a long while.
          writer.doc.getMap('meta').set(`paste${i}`, noise(mine))
          await delay(150 + mine.below(200))
        }
      })
      await delay(500)
      await volume.fill()
      const noticed = await until(
        () => writers.some((writer) => writer.client.saveState.kind === 'not_saved'),
        30_000,
      )
      await delay(FULL_FOR)
      await volume.free()
      const free = performance.now()
      typing = false
      await Promise.all(types)
      await until(() => writers.some((writer) => writer.client.saveState.kind === 'saved'), RETURNS * 2)
      const took = performance.now() - free
      slowest = Math.max(slowest, took)
      const wrong = await judgeRound({
        sql,
        documentId,
        writers,
        tokens,
        patience: plant ? 5_000 : 30_000,
        sums,
      })
      if (!noticed) wrong.push('nobody read "not saved yet": was the disk full?')
      if (took > RETURNS) wrong.push(`service returned after ${Math.round(took)} ms`)
      if (!alive) wrong.push('the server ended')
      for (const writer of writers) writer.end()
      problems.push(...wrong.map((problem) => `round ${round}: ${problem}`))
      say(`round ${round}: back after ${Math.round(took)} ms, ${wrong.join('; ') || 'nothing lost'}`)
    }
  } finally {
    await volume.free()
    await victim?.end()
    await sql?.end({ timeout: 2 })
    await admin.unsafe(`drop database if exists ${name} with (force)`)
    await admin.unsafe(`drop tablespace if exists ${name}`)
    await admin.end({ timeout: 2 })
  }
  return {
    rounds,
    acknowledged: sums.acknowledged,
    lost: sums.lost,
    problems,
    figures: { edits: sums.edits, 'returned at most after (ms)': Math.round(slowest) },
  }
}

/** What does not compress: PostgreSQL would, before it writes. */
function noise(chance: { next(): number }): string {
  let words = ''
  while (words.length < 30_000) words += chance.next().toString(36).slice(2)
  return words
}
