import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { randomFrom } from '@/lib/document/testing/random'
import { codeLengths } from './huffman.mjs'
import { squeeze } from './squeeze.mjs'

const bytes = (length: number, letters: number, seed: number) => {
  const random = randomFrom(seed)
  return Buffer.from(Array.from({ length }, () => random.below(letters)))
}

describe('what is squeezed', () => {
  it.each([
    ['nothing', Buffer.alloc(0)],
    ['one letter', Buffer.from('a')],
    ['one letter, often', Buffer.alloc(100_000, 'a')],
    ['two letters in turn', Buffer.from('ab'.repeat(40_000))],
    ['noise', bytes(20_000, 256, 1)],
    ['few letters', bytes(60_000, 3, 2)],
    ['repeats further apart than can be said', Buffer.concat([bytes(40_000, 200, 3), bytes(40_000, 200, 3)])],
    [
      'languages one after the other',
      Buffer.concat([Buffer.from('多而不乱，纲举目张。'.repeat(900)), bytes(9_000, 9, 4)]),
    ],
  ])('is read back as it was: %s', (_name, plain) => {
    const small = squeeze(plain)
    expect(gunzipSync(small).equals(plain)).toBe(true)
    expect(small.length).toBeLessThanOrEqual(gzipSync(plain, { level: 9 }).length)
  })

  it('is smaller than the usual by some percent where it is a program', () => {
    const plain = readFileSync(join(process.cwd(), 'node_modules', 'yjs', 'dist', 'yjs.mjs'))
    const small = squeeze(plain)
    expect(gunzipSync(small).equals(plain)).toBe(true)
    expect(small.length / gzipSync(plain, { level: 9 }).length).toBeLessThan(0.98)
  })
})

describe('code lengths', () => {
  it('keep to their limit and make a whole tree, also of counts that would make a deep one', () => {
    const fibonacci = [1, 1]
    while (fibonacci.length < 40) fibonacci.push((fibonacci.at(-1) ?? 0) + (fibonacci.at(-2) ?? 0))
    const lengths = [...codeLengths(fibonacci, 15)]
    expect(Math.max(...lengths)).toBe(15)
    expect(lengths.reduce((sum, bits) => sum + 2 ** -bits, 0)).toBe(1)
  })
})
