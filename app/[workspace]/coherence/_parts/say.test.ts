import { expect, test } from 'vitest'
import { words } from '@/lib/i18n/words'
import { stateOf } from './say'

test('where a card is and how it is, joined as each language joins words', () => {
  const late = { phase: 'do', health: 'late' } as const
  expect(stateOf(late, words('en'))).toMatch(/^[^,，]+, [^,，]+$/)
  expect(stateOf(late, words('zh'))).toMatch(/^[^,，]+，[^,，\s]+$/)
})
