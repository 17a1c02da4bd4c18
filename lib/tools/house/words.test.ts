import { expect, test } from 'vitest'
import { EmbeddedPostgresError } from '@/db/embedded'
import { ConfigError } from '@/lib/server/config'
import { DataDirTakenError } from '@/lib/server/lifecycle/hold-data-dir'
import { inOneSentence } from './words.mjs'

const coded = (code: string, more: object = {}) => Object.assign(new Error('raw words'), { code, ...more })
const URL = 'postgres://ann:hunter2@db.example.test:5433/plans'

test('what was written for the terminal is shown as it is', () => {
  for (const error of [
    new ConfigError('The variable PORT cannot be used.'),
    new DataDirTakenError('Another Throughline already uses the folder.'),
  ]) {
    expect(inOneSentence(error)).toBe(error.message)
  }
  expect(inOneSentence(new EmbeddedPostgresError('no space'))).toMatch(
    /^The built-in database .*DATABASE_URL/,
  )
})

test.each([
  ['ECONNREFUSED', 'is not reachable'],
  ['CONNECT_TIMEOUT', 'is not reachable'],
  ['ENOTFOUND', 'cannot be found'],
  ['28P01', 'password for the user ann'],
  ['3D000', 'none called plans'],
  ['42501', 'may not create tables'],
  ['53300', 'no more connections'],
])('trouble %s with an external database is one sentence without the password', (code, words) => {
  const sentence = inOneSentence(coded(code), URL)
  expect(sentence).toContain(words)
  expect(sentence).toContain('DATABASE_URL')
  expect(sentence).toContain('db.example.test:5433')
  expect(sentence).not.toContain('hunter2')
  expect(sentence).not.toContain('\n')
})

test('a cause inside another error is found', () => {
  expect(inOneSentence(new Error('migration failed', { cause: coded('ECONNREFUSED') }), URL)).toContain(
    'not reachable',
  )
})

test('ports', () => {
  expect(inOneSentence(coded('EADDRINUSE', { port: 8080 }), '')).toContain('Port 8080 is taken')
  expect(inOneSentence(coded('EACCES', { port: 80, syscall: 'listen' }), '')).toContain('above 1023')
})

test('a bug keeps its stack, because nothing better is known', () => {
  expect(inOneSentence(new TypeError('x is not a function'), URL)).toContain('words.test')
})
