import type { Figure } from '../figures'
import { Crowd } from './crowd'
import { against, type Bench, interleaved } from './rounds'

const ROOMS = 20
const PEOPLE = 10
const FIRST = 2_000
const STEP = 1.25
const SECONDS = 3
/** Whoever is this far behind after three seconds would be further behind after six. Milliseconds. */
const LATE = 400

/**
 * The highest rate at which everybody still has everything when the typing stops: twenty documents of ten people, a
 * quarter more letters a second at each step. Here one socket stands for many people, so ours runs without its bounds
 * on what one person may do.
 */
export async function saturation(bench: Bench): Promise<Figure[]> {
  const all = await interleaved(
    bench,
    async (peer) => {
      const seats = await bench.world.rooms(ROOMS, PEOPLE)
      const crowd = await new Crowd(peer).join(seats)
      try {
        await crowd.type(FIRST / ROOMS / PEOPLE, 2)
        let sustained = 0
        for (let rate = FIRST; ; rate *= STEP) {
          const { edits, wrote, late } = await crowd.type(rate / ROOMS / PEOPLE, SECONDS)
          // When the measure itself cannot write that fast, the rate is what it wrote.
          if (late > LATE || wrote > SECONDS * 1000 * 1.3) break
          sustained = Math.max(sustained, (edits / wrote) * 1000)
        }
        return { sustained }
      } finally {
        crowd.leave()
      }
    },
    {
      limits: {
        framesPerSecond: 1e6,
        framesBurst: 1e6,
        liveBytesPerSecond: 1e9,
        liveBytesBurst: 1e9,
        cpuPerSecond: 1e6,
        cpuBurst: 1e6,
      },
    },
  )
  return against(all.get('sustained'), 'letters a second', 'per s', { atLeast: 1.5 })
}
