import { expect, test } from 'vitest'
import { Refusal } from './refusal'
import { cleanName, MAX_NAME } from './user'

test.each([
  ['  Ines   Weber ', 'Ines Weber'],
  ['王小明', '王小明'],
  ['Ama\u0301lia', 'Amália'],
  ['Ines\nWeber', 'Ines Weber'],
  ['王'.repeat(MAX_NAME), '王'.repeat(MAX_NAME)],
])('%j is written %j', (typed, name) => {
  expect(cleanName(typed)).toBe(name)
})

test.each([
  ['nothing', '   ', 'required'],
  ['writing turned around', 'Ines\u202erebeW', 'invalid_input'],
  ['a control character', 'Ines\u0007', 'invalid_input'],
  ['nothing to see', '\u200d\u200d', 'invalid_input'],
  ['too long', 'x'.repeat(MAX_NAME + 1), 'too_long'],
])('%s is refused', (_, typed, code) => {
  const clean = () => cleanName(typed)
  expect(clean).toThrow(Refusal)
  expect(clean).toThrow(code)
})
