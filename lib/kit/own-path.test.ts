import { expect, test } from 'vitest'
import { ownPath } from './own-path'

test.each([
  ['/', '/'],
  ['/parstock/strategy?find=x#part', '/parstock/strategy?find=x#part'],
  ['/invite/Zm9v', '/invite/Zm9v'],
  ['/%5Cevil.test', '/%5Cevil.test'],
])('%s stays', (given, path) => {
  expect(ownPath(given)).toBe(path)
})

test.each([
  '//evil.test',
  '///evil.test',
  '/\\evil.test',
  '\\\\evil.test',
  '\\/evil.test',
  '/\t/evil.test',
  '/\n//evil.test',
  '\u0000//evil.test',
  ' //evil.test',
  '/./..//evil.test',
  '/.//evil.test',
  '/a/..//evil.test',
  'https:evil.test',
  'https:/evil.test',
  'https://evil.test',
  'https://app.example.test@evil.test/',
  'https://app.example.test.evil.test/',
  'https://app.example.test',
  'HTTPS://EVIL.TEST',
  'javascript:alert(1)',
  'evil.test',
  '@evil.test',
  '?next=/x',
  '',
  `/${'a'.repeat(1000)}`,
  undefined,
  ['/a', '/b'],
])('row 10: %j goes to the start page', (given) => {
  expect(ownPath(given)).toBe('/')
  expect(ownPath(given, 'https://app.example.test')).toBe('/')
})

test('a full address of our own becomes its path', () => {
  expect(ownPath('https://app.example.test/new?a=1', 'https://app.example.test')).toBe('/new?a=1')
  expect(ownPath('https://app.example.test//evil.test', 'https://app.example.test')).toBe('/')
})
