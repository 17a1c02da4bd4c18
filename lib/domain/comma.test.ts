import { expect, test } from 'vitest'
import { betweenSentences } from './comma'

test('English sentences have a space between them, Chinese ones none', () => {
  expect(`It moved.${betweenSentences('en')}Nobody was asked.`).toBe('It moved. Nobody was asked.')
  expect(`它动了。${betweenSentences('zh')}还没有问过。`).toBe('它动了。还没有问过。')
})
