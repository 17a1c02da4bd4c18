import { setTimeout as delay } from 'node:timers/promises'
import postgres from 'postgres'
import WebSocket from 'ws'
import { type Rng, rng } from '@/lib/collab/testing/rng'
import { Tokens } from '@/lib/collab/testing/tokens'
import { newId } from '@/lib/kit/ids'
import { storedWorld } from '@/lib/testing/collab/stored-world'
import { CollabVictim, type Vitals } from './collab-victim'
import type { Outcome, TortureCommand } from './command'
import { onePage } from './page-text'
import { tortureDatabase } from './torture-database'
import type { Address } from './victim'
import { Writer } from './writer'

const MiB = 1024 * 1024
/** MiB an hour after the warm-up; in a short run a growth of less than this many MiB is noise. */
const SLOPE = 2
const NOISE = 1.5
const PEOPLE = 12
const DOCUMENTS = 40

/** The same server for a long time; a round is a burst of people who come, type and go, and then silence. `--minutes` counts. */
export const soak: TortureCommand = {
  goals: 'R9',
  proves:
    'after people came and went for long, memory is flat, and sockets, rooms and timers are where they began',
  rounds: 1_000_000,
  plants: ['leak'],
  async run(run) {
    const database = await tortureDatabase(run.external)
    try {
      return await soakFor({ ...run, url: database.url, ms: (run.minutes ?? 5) * 60_000 })
    } finally {
      await database.end()
    }
  },
}

export async function soakFor(given: {
  readonly url: string
  readonly seed: number
  readonly rounds: number
  readonly ms: number
  readonly plant: string | null
  say(line: string): void
}): Promise<Outcome> {
  const { url, seed, rounds, ms, plant, say } = given
  const sql = postgres(url, { max: 3, onnotice: () => {} })
  const victim = new CollabVictim(url, { FAULTS: '0.05', ...(plant === null ? {} : { PLANT: plant }) })
  const samples: { readonly at: number; readonly vitals: Vitals }[] = []
  let visits = 0
  let bursts = 0
  let edits = 0
  try {
    await victim.start()
    const world = await storedWorld(sql)
    const people = await Promise.all(Array.from({ length: PEOPLE }, () => world.person('partner')))
    const addresses = await Promise.all(people.map((person) => victim.addressFor(person)))
    const rooms = await Promise.all(Array.from({ length: DOCUMENTS }, () => world.strategy(onePage())))
    const began = performance.now()
    while (bursts < rounds && performance.now() - began < ms) {
      const chance = rng(seed).fork(`burst ${bursts}`)
      await Promise.all(
        addresses.map(async (address, i) => {
          const own = chance.fork(`${i}`)
          for (let n = 0; n < 4; n++) {
            visits += 1
            edits += await visit(own.pick(rooms).strategyId, address, own)
          }
        }),
      )
      await Promise.all(Array.from({ length: 6 }, () => knockInVain(addresses[0]?.url ?? '', chance)))
      bursts += 1
      const vitals = await quiet(victim)
      samples.push({ at: performance.now() - began, vitals })
      if (bursts % 10 === 0)
        say(
          `burst ${bursts}: heap ${(vitals.heap / MiB).toFixed(1)} MiB, ${vitals.handles} handles, ${vitals.rooms} rooms`,
        )
    }
  } finally {
    await victim.end()
    await sql.end({ timeout: 2 })
  }
  return judge(samples, { bursts, visits, edits })
}

function judge(
  samples: readonly { readonly at: number; readonly vitals: Vitals }[],
  counts: { readonly bursts: number; readonly visits: number; readonly edits: number },
): Outcome {
  const settled = samples.slice(Math.floor(samples.length / 3))
  const slope = theilSen(settled.map(({ at, vitals }) => ({ x: at / 3_600_000, y: vitals.heap / MiB })))
  const hours = ((settled.at(-1)?.at ?? 0) - (settled[0]?.at ?? 0)) / 3_600_000
  const problems: string[] = []
  if (slope > SLOPE && slope * hours > NOISE)
    problems.push(
      `the heap grows by ${slope.toFixed(1)} MiB an hour, ${(slope * hours).toFixed(1)} MiB so far`,
    )
  const first = samples[0]?.vitals
  const last = samples.at(-1)?.vitals
  if (!first || !last) return { rounds: 0, acknowledged: 0, lost: 0, problems: ['nothing was measured'] }
  if (last.handles > first.handles + 5) problems.push(`handles grew from ${first.handles} to ${last.handles}`)
  if (last.connections > 0 || last.rooms > 0)
    problems.push(`${last.connections} connections and ${last.rooms} rooms are left`)
  return {
    rounds: counts.bursts,
    acknowledged: counts.edits,
    lost: 0,
    problems,
    figures: {
      visits: counts.visits,
      'heap first (MiB)': (first.heap / MiB).toFixed(1),
      'heap last (MiB)': (last.heap / MiB).toFixed(1),
      'slope (MiB/h)': slope.toFixed(1),
      handles: `${first.handles}-${last.handles}`,
    },
  }
}

/** The median of all slopes between two points: what a few odd points cannot bend. */
export function theilSen(points: readonly { readonly x: number; readonly y: number }[]): number {
  const slopes: number[] = []
  for (let i = 0; i < points.length; i++)
    for (let j = i + 1; j < points.length; j++) {
      const [a, b] = [points[i], points[j]]
      if (a && b && b.x > a.x) slopes.push((b.y - a.y) / (b.x - a.x))
    }
  slopes.sort((a, b) => a - b)
  return slopes[slopes.length >> 1] ?? 0
}

/** Somebody comes, types and goes; every third just vanishes. Answers how much they were told is saved. */
async function visit(room: string, address: Address, chance: Rng): Promise<number> {
  const tokens = new Tokens()
  const writer = new Writer(`v${chance.below(1e6)}`, room, () => address, tokens)
  await Promise.race([writer.client.synced, delay(3_000)])
  for (let n = 0; n < 5; n++) {
    // Documents must stay as large as they are: each visit leaves one word less or more.
    if (writer.words.length < 2_000) writer.edit(chance)
    else writer.clear()
    await delay(chance.below(20))
  }
  await Promise.race([writer.settled(), delay(3_000)])
  if (chance.below(3) === 0) writer.disconnect()
  writer.end()
  return [...tokens.all.values()].filter((token) => token.acknowledged).length
}

/** Somebody nobody knows, or at a room that is not there. */
async function knockInVain(url: string, chance: Rng): Promise<void> {
  const cookie = chance.below(2) === 0 ? {} : { cookie: `session=${newId('ses')}` }
  const ws = new WebSocket(`${url}/collab/${newId('str')}`, {
    headers: { origin: 'https://app.example.test', ...cookie },
  })
  ws.on('error', () => {})
  await Promise.race([new Promise((resolve) => ws.once('close', resolve)), delay(3_000)])
  ws.terminate()
}

/** Waits until everybody is gone and rooms are let go, and looks. */
async function quiet(victim: CollabVictim): Promise<Vitals> {
  for (let tries = 0; ; tries++) {
    await delay(300)
    const vitals = await victim.vitals()
    if ((vitals.rooms === 0 && vitals.connections === 0) || tries > 40) return vitals
  }
}
