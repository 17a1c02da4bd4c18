import { generateKeyBetween } from 'fractional-indexing'
import { describe, expect, test } from 'vitest'
import { inOrder, orderKeyBetween, orderKeys } from './order-key'

/** mulberry32: the same walk every time. */
function dice(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

describe('a key between two others', () => {
  test('lies between them, wherever one inserts ten thousand times', () => {
    const roll = dice(7)
    const keys: string[] = []
    for (let n = 0; n < 10_000; n++) {
      const at = Math.floor(roll() * (keys.length + 1))
      const [before, after] = [keys[at - 1] ?? null, keys[at] ?? null]
      const key = orderKeyBetween(before, after)
      if (before !== null) expect(before < key).toBe(true)
      if (after !== null) expect(key < after).toBe(true)
      keys.splice(at, 0, key)
    }
    expect(new Set(keys).size).toBe(10_000)
    expect(Math.max(...keys.map((key) => key.length))).toBeLessThan(16)
  })

  test('two thousand at either end stay short', () => {
    const keys = orderKeys(2_000)
    for (let n = 0; n < 2_000; n++) keys.unshift(orderKeyBetween(null, keys[0] ?? null))
    expect([...keys].sort()).toEqual(keys)
    expect(Math.max(...keys.map((key) => key.length))).toBe(3)
  })

  test('always before the same one: it grows by a character for every five', () => {
    let key = 'a1'
    for (let n = 0; n < 300; n++) key = orderKeyBetween('a0', key)
    expect(key.length).toBeLessThan(70)
    expect(key > 'a0').toBe(true)
  })

  test('sorts among keys of other makers, as the departments already have', () => {
    const roll = dice(3)
    const keys = ['a0', 'a1', 'a2', 'a3', 'a4']
    for (let n = 0; n < 2_000; n++) {
      const at = Math.floor(roll() * (keys.length + 1))
      const make = n % 2 === 0 ? orderKeyBetween : generateKeyBetween
      keys.splice(at, 0, make(keys[at - 1] ?? null, keys[at] ?? null))
    }
    expect([...keys].sort()).toEqual(keys)
  })

  test('keys that do not stand in their order are a bug', () => {
    expect(() => orderKeyBetween('a1', 'a1')).toThrow('assertion')
    expect(() => orderKeyBetween('a2', 'a1')).toThrow('assertion')
    expect(() => orderKeyBetween('?', null)).toThrow('assertion')
  })
})

test('equal keys are told apart by their ids', () => {
  const list = [
    { id: 'b', place: 'a1' },
    { id: 'a', place: 'a1' },
    { id: 'c', place: 'Zz' },
  ]
  expect(list.sort(inOrder).map(({ id }) => id)).toEqual(['c', 'a', 'b'])
})
