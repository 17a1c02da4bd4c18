import { expect, test } from 'vitest'
import type { Speaker } from '@/lib/domain/coherence/spoken'
import { MovedWords } from './moved-words'

const id = `itm_${'0'.repeat(26)}`
const none = { from: null, to: null, unit: null }
const pain = (title: string): Speaker => ({
  id,
  kind: 'pain',
  parts: [{ name: 'title', lang: null, text: title }],
  fields: none,
})
const touched = new Set([id])
const nobody = new Set<string>()

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
