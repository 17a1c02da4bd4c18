import { expect, test } from 'vitest'
import { newId } from '@/lib/kit/ids'
import { mentionsOf, mentionToken, piecesOf, plainComment } from './mention'

const ines = newId('mem')
const marketing = newId('dep')

test('members and departments are found, each once, with the words between them', () => {
  const text = `See ${mentionToken({ id: ines, name: 'Ines Okafor' })}, and ${mentionToken({ id: marketing, name: '市场' })}：${mentionToken({ id: ines, name: 'Ines' })}`
  expect(piecesOf(text)).toEqual([
    { text: 'See ' },
    { mention: { id: ines, name: 'Ines Okafor' } },
    { text: ', and ' },
    { mention: { id: marketing, name: '市场' } },
    { text: '：' },
    { mention: { id: ines, name: 'Ines' } },
  ])
  expect(mentionsOf(text)).toEqual({ members: [ines], departments: [marketing] })
  expect(plainComment(text)).toBe('See @Ines Okafor, and @市场：@Ines')
  expect(plainComment(text, (id) => (id === ines ? 'I. O.' : null))).toBe('See @I. O., and @市场：@I. O.')
})

test('a name cannot break out of its token', () => {
  const token = mentionToken({ id: ines, name: `x](mem_${'0'.repeat(26)}) @[y\nz` })
  expect(mentionsOf(token).members).toEqual([ines])
  expect(piecesOf(token)).toHaveLength(1)
  expect(piecesOf(mentionToken({ id: ines, name: '[]' }))).toEqual([{ mention: { id: ines, name: '?' } }])
})

test.each([
  '@[Ines](usr_x)',
  '@[Ines](mem_short)',
  '@[](mem_00000000000000000000000000)',
  '@Ines',
  '@[a]\n(mem_1)',
])('%s is only text', (text) => {
  expect(piecesOf(text)).toEqual([{ text }])
})
