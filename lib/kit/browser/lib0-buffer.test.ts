import * as theirs from 'lib0/buffer'
import { expect, test } from 'vitest'
import * as ours from './lib0-buffer'

// y-tiptap names marks by these, and every browser has to find the same name, whichever build it has.
test('bytes and base64 come out as in the library', () => {
  for (const value of [null, true, 'text 形势', 1.5, -7, { href: 'https://example.test/', list: [1, 'ä'] }]) {
    const bytes = ours.encodeAny(value)
    expect(bytes).toEqual(theirs.encodeAny(value))
    expect(ours.toBase64(bytes)).toBe(theirs.toBase64(bytes))
  }
})

test('a copy stands by itself', () => {
  const bytes = Uint8Array.of(0, 127, 255)
  const copy = ours.copyUint8Array(bytes)
  bytes[0] = 1
  expect([...copy]).toEqual([0, 127, 255])
})
