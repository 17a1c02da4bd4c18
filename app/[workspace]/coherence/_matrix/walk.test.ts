import { expect, test } from 'vitest'
import { step } from './walk'

const cell = (name: string, colSpan = 1) => ({ name, colSpan })
const [a, b, c] = [cell('a'), cell('b'), cell('c')]
const [d, wide] = [cell('d'), cell('wide', 2)]
const [g, h, i] = [cell('g'), cell('h'), cell('i')]
const rows = [
  [a, b, c],
  [d, wide],
  [g, h, i],
]

test.each([
  [b, 'ArrowRight', c],
  [c, 'ArrowRight', null],
  [b, 'ArrowLeft', a],
  [a, 'ArrowUp', null],
  [c, 'ArrowDown', wide],
  [wide, 'ArrowDown', h],
  [i, 'ArrowUp', wide],
  [wide, 'ArrowRight', null],
  [b, 'Home', a],
  [b, 'End', c],
  [c, 'PageDown', i],
  [h, 'PageUp', b],
  [h, 'Mod+Home', a],
  [b, 'Mod+End', i],
  [b, 'x', null],
])('from %o by %s', (from, key, to) => {
  expect(step(rows, from, key)).toBe(to)
})
