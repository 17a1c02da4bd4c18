import { expect, it } from 'vitest'
import { matchItems } from './match'

const first = (query: string, recent: Parameters<typeof matchItems>[1] = []) =>
  matchItems(query, recent)[0]?.id
const all = (query: string) => matchItems(query, []).map((item) => item.id)

it.each([
  ['table', 'table'],
  ['Tab', 'table'],
  ['num', 'numbers'],
  ['list', 'bullets'],
  ['todo', 'checks'],
  ['表格', 'table'],
  ['表', 'table'],
  ['图', 'image'],
  ['biaoge', 'table'],
  ['biao ge', 'table'],
  ["biao'ge", 'table'],
  ['bg', 'table'],
  ['xbt', 'heading'],
  ['biaoti', 'heading'],
  ['yy', 'quote'],
  ['qd', 'checks'],
  ['fgx', 'divider'],
  ['dm', 'code'],
])('%s finds %s', (query, id) => {
  expect(first(query)).toBe(id)
})

it('finds every list by the end of its name, in both ways of writing', () => {
  expect(all('lb')).toEqual(expect.arrayContaining(['bullets', 'numbers']))
  expect(all('列表')).toEqual(expect.arrayContaining(['bullets', 'numbers']))
  expect(all('list')).toEqual(expect.arrayContaining(['bullets', 'numbers', 'checks']))
})

it('shows what was used last first, and nothing for nonsense', () => {
  expect(
    matchItems('', ['table', 'quote'])
      .slice(0, 3)
      .map((item) => item.id),
  ).toEqual(['table', 'quote', 'text'])
  expect(all('zzz')).toEqual([])
})

it('lets a better match win over a recent one', () => {
  expect(first('table', ['text'])).toBe('table')
})
