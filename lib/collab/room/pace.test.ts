import { describe, expect, it } from 'vitest'
import { defaultLimits } from '../limits'
import { Pace } from './pace'

const limits = { pace: 40, letterSpan: 200, lettersAtOnce: 12 }

/** So many letters a second, from `from` on: how long the first letter of each batch waits. */
function waits(pace: Pace, letters: number, perSecond: number, from = 1_000_000): number[] {
  const found: number[] = []
  let due = Number.POSITIVE_INFINITY
  for (let i = 0; i < letters; i++) {
    const now = from + Math.floor((i * 1000) / perSecond)
    if (due <= now) {
      pace.leaves(due)
      due = Number.POSITIVE_INFINITY
    }
    pace.letter(now)
    if (due < Number.POSITIVE_INFINITY) continue
    const rest = pace.rest(now)
    found.push(rest)
    due = now + rest
  }
  return found
}

describe('the pace of a node', () => {
  it('RM9: nobody waits while a team of five writes, ten letters a second each', () => {
    expect(Math.max(...waits(new Pace(defaultLimits), 200, 50))).toBe(0)
  })

  it('RM9: on a busy node batches leave a pace apart, and nobody waits longer', () => {
    const busy = waits(new Pace(limits), 400, 100).slice(100)
    expect(Math.min(...busy)).toBeGreaterThan(0)
    expect(Math.max(...busy)).toBeLessThanOrEqual(40)
  })

  it('RM9: a batch that comes later than the pace does not wait, however busy the node', () => {
    const pace = new Pace(limits)
    waits(pace, 100, 1000)
    expect(pace.rest(1_000_000 + 1_000)).toBe(0)
  })

  it('RM9: after a quiet moment nobody waits any more', () => {
    const pace = new Pace(limits)
    waits(pace, 100, 1000)
    expect(waits(pace, 12, 30, 1_002_000)).toEqual(Array(12).fill(0))
  })

  it('RM9: a clock that is set back keeps nobody waiting', () => {
    const pace = new Pace(limits)
    waits(pace, 100, 1000)
    const earlier = 1_000_000 - 3_600_000
    pace.letter(earlier)
    expect(pace.rest(earlier)).toBe(0)
  })
})
