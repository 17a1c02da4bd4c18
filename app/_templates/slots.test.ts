import { expect, test } from 'vitest'
import { templates } from '@/lib/document/templates'
import { languages } from '@/lib/domain/language'
import { messages } from '@/lib/i18n/messages'
import { slotsOf } from './slots'

const sentences = languages.flatMap((language) => [
  ...templates.map(({ id, positioning }) => [id, language, positioning[language]] as const),
  ['blank', language, messages[language].people.blank_sentence] as const,
])

test.each(sentences)('%s in %s: three slots, and not a letter lost', (_, language, sentence) => {
  const pieces = slotsOf(sentence, language)
  expect(pieces.filter((piece) => piece.slot)).toHaveLength(3)
  expect(pieces.map((piece) => piece.text).join('')).toBe(sentence)
})

test('whom, problem and solution are what is marked', () => {
  const marked = slotsOf('我们通过怎样的方案，为谁解决什么问题。', 'zh').filter((piece) => piece.slot)
  expect(marked.map((piece) => piece.text)).toEqual(['怎样的方案', '谁', '什么问题'])
})

test('another sentence stays in one piece', () => {
  expect(slotsOf('We help everybody.', 'en')).toEqual([{ text: 'We help everybody.', slot: false }])
})
