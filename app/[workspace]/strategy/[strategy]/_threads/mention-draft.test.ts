import { expect, test } from 'vitest'
import { newId } from '@/lib/kit/ids'
import { fromTokens, mentionQuery, toTokens } from './mention-draft'

const ines = { id: newId('mem'), name: 'Ines' }
const inesO = { id: newId('mem'), name: 'Ines Okafor' }

test('chosen names become tokens, the longest first, and come back as names', () => {
  const draft = { text: '@Ines and @Ines Okafor, not a@Ivo', chosen: [ines, inesO] }
  const kept = toTokens(draft)
  expect(kept).toBe(`@[Ines](${ines.id}) and @[Ines Okafor](${inesO.id}), not a@Ivo`)
  expect(fromTokens(kept, () => null)).toEqual(draft)
  expect(fromTokens(kept, (id) => (id === ines.id ? 'I.' : null)).text).toBe(
    '@I. and @Ines Okafor, not a@Ivo',
  )
})

test.each([
  ['hello @in', 9, 'in'],
  ['@', 1, ''],
  ['你好，@沈', 5, '沈'],
  ['（＠沈', 3, '沈'],
  ['a@b', 3, null],
  ['@Ines, ', 7, null],
  ['@in es', 6, null],
])('%j at %i asks for %j', (text, caret, query) => {
  expect(mentionQuery(text, caret)?.query ?? null).toBe(query)
})
