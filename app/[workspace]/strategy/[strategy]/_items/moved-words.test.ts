import { expect, test } from 'vitest'
import { MovedWords, type Speaker, spokenBy } from './moved-words'

const id = `itm_${'0'.repeat(26)}`
const none = { from: null, to: null, unit: null }
const pain = (title: string): Speaker => ({
  id,
  kind: 'pain',
  parts: [{ name: 'title', lang: null, text: title, refs: [] }],
  fields: none,
})
const touched = new Set([id])
const nobody = new Set<string>()

test('a positioning says three things, each by itself, in the language of the strategy', () => {
  const said = spokenBy(
    {
      id,
      kind: 'positioning',
      parts: [
        { name: 'whom', lang: 'en', text: 'chains', refs: [] },
        { name: 'whom', lang: 'zh', text: '连锁', refs: [] },
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

test('what is typed here has moved, from what it said at first until it says so again', () => {
  const words = new MovedWords('en')
  expect(words.read([pain('No hands')], nobody)).toEqual([])
  expect(words.read([pain('No hand')], touched)).toMatchObject([
    { was: 'No hands', spoken: { words: 'No hand' } },
  ])
  // A pause later, without another key.
  expect(words.read([pain('No han')], nobody)).toMatchObject([
    { was: 'No hands', spoken: { words: 'No han' } },
  ])
  expect(words.read([pain('No hands')], touched)).toEqual([])
})

test('what others change is theirs to ask about', () => {
  const words = new MovedWords('en')
  words.read([pain('No hands')], nobody)
  expect(words.read([pain('No time')], nobody)).toEqual([])
  expect(words.read([pain('No money')], touched)).toMatchObject([{ was: 'No time' }])
})

test('what nobody had written yet cannot move; what was settled is what it says', () => {
  const words = new MovedWords('en')
  words.read([pain('')], nobody)
  expect(words.read([pain('No hands')], touched)).toEqual([])
  const [move] = words.read([pain('No time')], touched)
  if (!move) throw new Error('it moved')
  expect(words.settle(move)).toEqual([])
  expect(words.read([pain('No money')], touched)).toMatchObject([{ was: 'No time' }])
})
