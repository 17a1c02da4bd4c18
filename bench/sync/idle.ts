import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import type { Figure } from '../figures'
import { processesBelow } from '../processes'
import { Crowd } from './crowd'
import type { Peer } from './peer'
import { against, type Bench, interleaved } from './rounds'

const ROOMS = 200
const PEOPLE = 10

/** What two thousand people hold of a server's memory who have a document open and do nothing. */
export async function idle(bench: Bench): Promise<Figure[]> {
  const all = await interleaved(
    bench,
    async (peer) => {
      const seats = await bench.world.rooms(ROOMS, PEOPLE)
      // What the first people bring into memory stays there: it is not theirs.
      const first = await new Crowd(peer).join(seats.slice(0, 100), { writers: 0 })
      first.leave()
      await delay(1_000)
      const before = await held(peer)
      const crowd = await new Crowd(peer).join(seats, { writers: 0 })
      try {
        await delay(2_000)
        return { 'KB each': ((await held(peer)) - before) / seats.length }
      } finally {
        crowd.leave()
      }
    },
    { fresh: true },
  )
  return against(all.get('KB each'), 'memory of an idle connection', 'KB', { aim: 1.2 })
}

/** Kilobytes resident, after the garbage is gone. */
async function held(peer: Peer): Promise<number> {
  await peer.settle()
  await peer.settle()
  return processesBelow(peer.pid).app.reduce((sum, pid) => {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    return sum + Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0)
  }, 0)
}
