import { expect, it } from 'vitest'
import { departmentMark } from './department-mark'
import { whoOf } from './who'

it('marks the five by their usual letters, others by their name', () => {
  expect(departmentMark('success', null, 'en')).toBe('CS')
  expect(departmentMark('success', null, 'zh')).toBe('客')
  expect(departmentMark('success', 'Care', 'en')).toBe('CA')
  expect(departmentMark(null, 'Field operations', 'en')).toBe('FO')
  expect(departmentMark(null, '运营', 'en')).toBe('运')
})

it('gives people one of eight colours, always the same, and spreads those who differ in one letter', () => {
  const all = Array.from({ length: 64 }, (_, i) => whoOf(`mem_01k9zzzzzz000000000000000${i}`))
  expect(whoOf('usr_1')).toBe(whoOf('usr_1'))
  expect(new Set(all).size).toBe(8)
  expect(Math.min(...all)).toBeGreaterThanOrEqual(1)
  expect(Math.max(...all)).toBeLessThanOrEqual(8)
})
