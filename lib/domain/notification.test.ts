import { expect, test } from 'vitest'
import { toldOf } from './notification'

test('each is told once, a mention before a reply, and never the author', () => {
  const told = toldOf({
    author: 'mem_a',
    mentioned: ['mem_b', 'mem_a'],
    took: ['mem_c', 'mem_b', 'mem_a', 'mem_c'],
  })
  expect([...told]).toEqual([
    ['mem_b', 'mention'],
    ['mem_c', 'reply'],
  ])
})
