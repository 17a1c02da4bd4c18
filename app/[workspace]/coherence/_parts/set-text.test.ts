import { expect, test } from 'vitest'
import { setText, textWidth } from './set-text'

test('breaks between words, and between any two Chinese characters', () => {
  expect(setText('one two three', 10, textWidth('one two ', 10), 5)).toEqual(['one two', 'three'])
  expect(setText('纲举目张', 10, 20, 5)).toEqual(['纲举', '目张'])
})

test('ends in an ellipsis where there is no room for more, and never exceeds the width', () => {
  const lines = setText('word '.repeat(40), 12, 120, 2)
  expect(lines).toHaveLength(2)
  expect(lines[1]).toMatch(/…$/)
  for (const line of lines) expect(textWidth(line, 12)).toBeLessThanOrEqual(120)
})

test('nothing is nothing', () => {
  expect(setText('  ', 12, 100, 3)).toEqual([])
})
