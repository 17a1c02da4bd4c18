import { expect, test } from 'vitest'
import { arrange, type Note } from './arrange'

const note = (id: string, anchor: number, height = 50): Note => ({ id, anchor, height })
const tops = (notes: Note[], active: string | null = null) => Object.fromEntries(arrange(notes, active))

test('notes stand beside their words, and push those below them down', () => {
  expect(tops([note('a', 0), note('b', 20), note('c', 300)])).toEqual({ a: 0, b: 60, c: 300 })
  expect(tops([note('a', 10), note('b', 10), note('c', 10)])).toEqual({ a: 10, b: 70, c: 130 })
})

test('the active one keeps its place, those before it give way upwards', () => {
  expect(tops([note('a', 10), note('b', 10), note('c', 10)], 'b')).toEqual({ a: -50, b: 10, c: 70 })
  expect(tops([note('a', 0), note('b', 20), note('c', 300)], 'c')).toEqual({ a: 0, b: 60, c: 300 })
  expect(tops([note('a', 0), note('b', 20), note('c', 300)], 'gone')).toEqual({ a: 0, b: 60, c: 300 })
})

test('no two notes ever overlap, whichever is active', () => {
  const notes = Array.from({ length: 40 }, (_, i) =>
    note(`n${i}`, (i * 37) % 200 > 100 ? i * 30 : i * 12, 20 + (i % 7) * 30),
  ).sort((a, b) => a.anchor - b.anchor)
  for (const active of [null, ...notes.map((one) => one.id)]) {
    const placed = arrange(notes, active)
    if (active !== null) expect(placed.get(active)).toBe(notes.find((one) => one.id === active)?.anchor)
    for (let i = 1; i < notes.length; i++) {
      const above = notes[i - 1]
      const below = notes[i]
      if (!above || !below) throw new Error('there are forty')
      expect((placed.get(below.id) ?? 0) - (placed.get(above.id) ?? 0)).toBeGreaterThanOrEqual(above.height)
    }
  }
})
