import { describe, expect, it } from 'vitest'
import { stepsOf, type Written } from './replay'

const row = (seq: number, userId: string | null, at: number): Written => ({
  fromSeq: seq,
  toSeq: seq,
  userId,
  at,
})

describe('the steps of a replay', () => {
  it('take one person’s keys together, and each turn for itself', () => {
    const marks = [
      row(1, 'a', 0),
      row(2, 'a', 10_000),
      row(3, 'a', 11_000),
      row(4, 'b', 11_500),
      row(5, 'a', 12_000),
      row(6, 'a', 60_000),
    ]
    expect(stepsOf(marks)).toEqual([
      { seq: 1, at: 0, authors: ['a'] },
      { seq: 3, at: 11_000, authors: ['a'] },
      { seq: 4, at: 11_500, authors: ['b'] },
      { seq: 5, at: 12_000, authors: ['a'] },
      { seq: 6, at: 60_000, authors: ['a'] },
    ])
  })

  it('never end inside segments that overlap: such a state nobody saw', () => {
    const marks: Written[] = [
      { fromSeq: 1, toSeq: 400, userId: 'a', at: 100 },
      { fromSeq: 3, toSeq: 250, userId: 'b', at: 90 },
      { fromSeq: 399, toSeq: 500, userId: null, at: 120 },
      row(501, 'b', 90_000),
    ]
    expect(stepsOf(marks)).toEqual([
      { seq: 500, at: 120, authors: ['a', 'b'] },
      { seq: 501, at: 90_000, authors: ['b'] },
    ])
  })

  it('are few enough for a slider, however long the history, and end at its end', () => {
    const marks = Array.from({ length: 40_000 }, (_, i) => row(i + 1, i % 3 === 0 ? 'a' : 'b', i * 9_000))
    const steps = stepsOf(marks)
    expect(steps.length).toBeLessThanOrEqual(400)
    expect(steps.length).toBeGreaterThan(40)
    expect(steps.at(-1)?.seq).toBe(40_000)
    expect(stepsOf([])).toEqual([])
  })
})
