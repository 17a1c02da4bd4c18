import { expect, test } from 'vitest'
import { formatOf, textOf } from './import-format'

test('a file says by its beginning what it is', () => {
  expect(formatOf('title,owner\nA,B')).toBe('csv')
  expect(formatOf('\uFEFFtitle;owner')).toBe('csv')
  expect(formatOf('{"name":"x","lists":[],"cards":[]}')).toBe('trello')
  expect(formatOf('{"activities":[]}')).toBe('set')
  expect(formatOf('{"cards":[{"idBoard":"1"')).toBe('trello')
  expect(formatOf('{')).toBe('set')
  expect(formatOf('')).toBe('csv')
})

test('a sheet saved in Chinese is read, whichever way it was saved', () => {
  expect(textOf(new TextEncoder().encode('标题'))).toBe('标题')
  expect(textOf(Uint8Array.of(0xb1, 0xea, 0xcc, 0xe2))).toBe('标题')
  expect(textOf(Uint8Array.of(0xff, 0xfe, 0x07, 0x68, 0x98, 0x98))).toBe('标题')
})
