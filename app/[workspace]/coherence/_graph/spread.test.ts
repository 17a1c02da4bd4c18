import { expect, test } from 'vitest'
import { spread } from './spread'

const box = (id: string, height = 10) => ({ id, height })

test('sets the fullest column close and the others beside what they are joined to', () => {
  const tops = spread(
    [
      [box('a'), box('b')],
      [box('1'), box('2'), box('3'), box('4')],
    ],
    [
      { from: 'a', to: '1' },
      { from: 'b', to: '4' },
      { from: 'b', to: '3' },
    ],
    5,
  )
  expect([...'1234'].map((id) => tops.get(id))).toEqual([0, 15, 30, 45])
  expect([tops.get('a'), tops.get('b')]).toEqual([0, 37.5])
})

test('never lets two touch, keeps the order, stays within', () => {
  const few = ['a', 'b', 'c'].map((id) => box(id))
  const many = Array.from({ length: 9 }, (_, i) => box(String(i)))
  // All three want to stand beside the last one.
  const tops = spread(
    [few, many],
    few.map(({ id }) => ({ from: id, to: '8' })),
    4,
  )
  const [a = 0, b = 0, c = 0] = few.map(({ id }) => tops.get(id))
  expect(b - a).toBeGreaterThanOrEqual(14)
  expect(c - b).toBeGreaterThanOrEqual(14)
  expect(c + 10).toBeLessThanOrEqual(9 * 14 - 4)
})
