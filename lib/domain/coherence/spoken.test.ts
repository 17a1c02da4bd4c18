import { expect, test } from 'vitest'
import { MOST_WORDS } from '../strategy-item'
import { MOST_SPOKEN, movesBetween, type Speaker, spokenBy } from './spoken'

const id = `itm_${'0'.repeat(26)}`
const none = { from: null, to: null, unit: null }
const pain = (title: string): Speaker => ({
  id,
  kind: 'pain',
  parts: [{ name: 'title', lang: null, text: title }],
  fields: none,
})

test('a positioning says three things, each by itself, in the language of the strategy', () => {
  const said = spokenBy(
    {
      id,
      kind: 'positioning',
      parts: [
        { name: 'whom', lang: 'en', text: 'chains' },
        { name: 'whom', lang: 'zh', text: '连锁' },
      ],
      fields: none,
    },
    'en',
  )
  expect(said.map(({ serve, words }) => [serve.slice(31), words])).toEqual([
    ['whom', 'chains'],
    ['problem', ''],
    ['solution', ''],
  ])
})

test('a gap says its way, too; a principle nothing that others hang on', () => {
  const gap: Speaker = { ...pain('Guests'), kind: 'gap', fields: { from: 23, to: 34, unit: '%' } }
  expect(spokenBy(gap, 'en')[0]?.words).toBe('Guests (23 → 34 %)')
  expect(spokenBy({ ...gap, kind: 'principle' }, 'en')).toEqual([])
})

test('no item says more than a question about it can repeat, however long its text', () => {
  const part = (name: string) => ({ name, lang: null, text: 'a'.repeat(3 * MOST_WORDS) })
  const gap: Speaker = {
    id,
    kind: 'gap',
    parts: [part('title'), part('text')],
    fields: { from: -1e21, to: Number.MAX_VALUE, unit: '%'.repeat(80) },
  }
  const words = spokenBy(gap, 'en')[0]?.words ?? ''
  expect(words.length).toBeGreaterThan(2 * MOST_WORDS)
  expect(words.length).toBeLessThanOrEqual(MOST_SPOKEN)
})

test('what says something else has moved; what is new, was empty or says the same has not', () => {
  const moved = (before: Speaker[], after: Speaker[]) =>
    movesBetween(before, after, 'en').map(({ was, spoken }) => [spoken.serve, was, spoken.words])
  expect(moved([pain('No hands')], [pain('No time')])).toEqual([[id, 'No hands', 'No time']])
  expect(moved([pain('No hands')], [pain('No hands')])).toEqual([])
  expect(moved([], [pain('No time')])).toEqual([])
  expect(moved([pain('')], [pain('No time')])).toEqual([])
  expect(moved([pain('No hands')], [])).toEqual([])
  expect(
    moved(
      [{ ...pain('Guests'), kind: 'gap' }],
      [{ ...pain('Guests'), kind: 'gap', fields: { from: 1, to: 2, unit: null } }],
    ),
  ).toEqual([[id, 'Guests', 'Guests (1 → 2)']])
})
