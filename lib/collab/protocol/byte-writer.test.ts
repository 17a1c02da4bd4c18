import * as encoding from 'lib0/encoding'
import { expect, test } from 'vitest'
import { ByteReader } from './byte-reader'
import { ByteWriter } from './byte-writer'

const NUMBERS = [0, 1, 127, 128, 300, 2 ** 31 - 1, 2 ** 32, 2 ** 53 - 1]
const TEXTS = ['', 'plain', '形势与痛点', '🧭', 'x'.repeat(70_000)]

test('writes what lib0 writes', () => {
  for (const value of NUMBERS)
    expect(new ByteWriter().varUint(value).done()).toEqual(
      encoding.encode((encoder) => encoding.writeVarUint(encoder, value)),
    )
  for (const text of TEXTS)
    expect(new ByteWriter().varString(text).done()).toEqual(
      encoding.encode((encoder) => encoding.writeVarString(encoder, text)),
    )
})

test('what it writes is read', () => {
  const writer = new ByteWriter()
  for (const value of NUMBERS) writer.varUint(value)
  for (const text of TEXTS) writer.varString(text)
  const reader = new ByteReader(writer.done())
  expect(NUMBERS.map(() => reader.varUint())).toEqual(NUMBERS)
  expect(TEXTS.map(() => reader.varString())).toEqual(TEXTS)
  reader.finish()
})
