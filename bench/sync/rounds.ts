import type { Limits } from '@/lib/collab/limits'
import { type Figure, median, quantile } from '../figures'
import { Crowd, type Typed } from './crowd'
import { Peer, type PeerName } from './peer'
import type { World } from './world'

export interface SyncOptions {
  readonly rounds: number
  readonly peers: readonly PeerName[]
  /** A recorded editing trace; without it one of its size is made. */
  readonly trace: string | null
  readonly say: (line: string) => void
}

/** What one scenario needs of the house. */
export interface Bench extends SyncOptions {
  readonly world: World
}

/** By peer, one value per round. */
export type Samples = Map<PeerName, number[]>

/** Runs `work` for every peer in every round, one after the other, so that whatever else the machine does falls on all of them. */
export async function interleaved(
  bench: Bench,
  work: (peer: Peer, round: number) => Promise<Readonly<Record<string, number>>>,
  options: { readonly limits?: Partial<Limits>; readonly fresh?: boolean; readonly rounds?: number } = {},
): Promise<Map<string, Samples>> {
  const { peers: names, world, say } = bench
  const all = new Map<string, Samples>()
  const running = new Map<PeerName, Peer>()
  const started = async (name: PeerName): Promise<Peer> => {
    const peer = running.get(name) ?? (await Peer.start(name, world.database, options.limits))
    running.set(name, peer)
    return peer
  }
  try {
    for (let round = 0; round < (options.rounds ?? bench.rounds); round++)
      for (const name of names) {
        const peer = await started(name)
        const found = await work(peer, round)
        say(`    ${round + 1} ${name.padEnd(12)} ${Object.entries(found).map(said).join('  ')}`)
        for (const [what, value] of Object.entries(found)) {
          const samples = all.get(what) ?? new Map<PeerName, number[]>()
          all.set(what, samples)
          samples.set(name, [...(samples.get(name) ?? []), value])
        }
        if (!options.fresh) continue
        running.delete(name)
        await peer.stop()
      }
  } finally {
    for (const peer of running.values()) await peer.stop()
  }
  return all
}

const said = ([what, value]: [string, number]) => `${what} ${value.toFixed(value < 10 ? 3 : 1)}`

/** The median of what each round's pair says. */
export function ratio(samples: Samples | undefined, name: PeerName): number | null {
  const own = samples?.get(name)
  const relay = samples?.get('relay')
  if (!own || !relay) return null
  return median(own.map((value, round) => value / (relay[round] ?? Number.NaN)))
}

/** Each peer's ratio to the relay, ours beside its aim, and what the relay itself costs. */
export function against(
  samples: Samples | undefined,
  what: string,
  unit: Figure['unit'],
  aim: Pick<Figure, 'aim' | 'atLeast'>,
): Figure[] {
  const figures: Figure[] = []
  for (const name of ['ours', 'y-websocket', 'hocuspocus'] as const) {
    const value = ratio(samples, name)
    if (value !== null)
      figures.push({ name: `${name}: ${what}`, value, unit: 'x relay', ...(name === 'ours' ? aim : {}) })
  }
  for (const name of ['relay', 'ours'] as const) {
    const own = samples?.get(name)
    if (own) figures.push({ name: `${name}: ${what}`, value: median(own), unit })
  }
  return figures
}

/** The median over the rounds of one peer, if it was there. */
export function plain(samples: Samples | undefined, name: PeerName, figure: Omit<Figure, 'value'>): Figure[] {
  const own = samples?.get(name)
  return own ? [{ ...figure, value: median(own) }] : []
}

/** A steady load: so many rooms, people in each, of whom `writers` type `perSecond` letters a second. */
export interface Load {
  readonly rooms: number
  readonly people: number
  readonly writers: number
  readonly perSecond: number
  readonly seconds: number
}

/**
 * A server runs for weeks, and its compiler takes its time: code that runs thirty times a second is still being compiled
 * after a minute. So each is first given the same load, for spans of so many seconds, until it has got no cheaper by
 * a twentieth in two of them.
 */
const WARM_UP = { seconds: 6, spans: 15, cheaper: 0.95 }

async function warm(peer: Peer, crowd: Crowd, { perSecond }: Load): Promise<void> {
  let least = Number.POSITIVE_INFINITY
  let since = 0
  for (let span = 0; span < WARM_UP.spans && since < 2; span++) {
    const before = peer.spent().server
    await crowd.type(perSecond, WARM_UP.seconds)
    const cost = peer.spent().server - before
    since = cost < least * WARM_UP.cheaper ? 0 : since + 1
    least = Math.min(least, cost)
  }
}

export async function steady(bench: Bench, load: Load): Promise<Map<string, Samples>> {
  const known = new Set<Peer>()
  return interleaved(bench, async (peer) => {
    const seats = await bench.world.rooms(load.rooms, load.people)
    const crowd = await new Crowd(peer).join(seats, { writers: load.writers })
    try {
      if (known.has(peer)) await crowd.type(load.perSecond, WARM_UP.seconds)
      else await warm(peer, crowd, load)
      known.add(peer)
      await peer.settle()
      const before = peer.spent()
      const typed = await crowd.type(load.perSecond, load.seconds)
      const after = peer.spent()
      const thousands = typed.deliveries / 1000
      return {
        'CPU/1,000': (after.server - before.server) / thousands,
        'database/1,000': (after.database - before.database) / thousands,
        ...latencies(typed),
      }
    } finally {
      crowd.leave()
    }
  })
}

function latencies({ heard, saved }: Typed): Record<string, number> {
  const of = (what: string, samples: readonly number[]) =>
    samples.length === 0
      ? {}
      : { [`${what} p95`]: quantile(samples, 0.95), [`${what} p99`]: quantile(samples, 0.99) }
  return { ...of('heard', heard), ...of('saved', saved) }
}

/** What a steady load says, in figures. */
export function steadyFigures(all: Map<string, Samples>, aim: number, acks = false): Figure[] {
  const perThousand = 'CPU per 1,000 deliveries'
  const aims = (p: number) => (acks ? { aim: p } : {})
  return [
    ...against(all.get('CPU/1,000'), perThousand, 'ms', { aim }),
    ...plain(all.get('database/1,000'), 'ours', {
      name: "ours: the database's, apart",
      unit: 'ms',
    }),
    ...plain(all.get('saved p95'), 'ours', {
      name: 'ours: letter to saved, p95',
      unit: 'ms',
      ...aims(60),
    }),
    ...plain(all.get('saved p99'), 'ours', {
      name: 'ours: letter to saved, p99',
      unit: 'ms',
      ...aims(200),
    }),
    ...plain(all.get('heard p95'), 'ours', {
      name: 'ours: letter to colleague, p95',
      unit: 'ms',
    }),
    ...plain(all.get('heard p95'), 'relay', {
      name: 'relay: letter to colleague, p95',
      unit: 'ms',
    }),
  ]
}
