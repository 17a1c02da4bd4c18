import { expect, test } from 'vitest'
import { refusal } from '@/lib/testing/refusal'
import { cleanFilterQuery } from './saved-filter'

const refused = (text: string) => refusal(Promise.resolve().then(() => cleanFilterQuery(text)))

test('a query is kept in one way of writing it, without what is only open', () => {
  expect(cleanFilterQuery('?owner=mem_1&card=act_9&phase=do&text=')).toBe('owner=mem_1&phase=do')
  expect(cleanFilterQuery('text=%E7%BA%B2%E4%B8%BE')).toBe(cleanFilterQuery('text=纲举'))
  expect(cleanFilterQuery('phase=do&phase=check')).toBe('phase=do&phase=check')
})

test('what is no filter is refused', async () => {
  expect((await refused('')).code).toBe('required')
  expect((await refused('?card=act_1&text=')).code).toBe('required')
  expect((await refused(`text=${'x'.repeat(10_000_000)}`)).code).toBe('too_long')
  expect((await refused('__proto__=1')).code).toBe('invalid_input')
  expect((await refused('text=%00')).code).toBe('invalid_input')
  expect((await refused('TEXT=a')).code).toBe('invalid_input')
  expect((await refused('a=1&'.repeat(200))).code).toBe('invalid_input')
})

test('half a pair of a letter is replaced, never kept', () => {
  expect(cleanFilterQuery('text=a\ud800b')).toBe('text=a%EF%BF%BDb')
})
