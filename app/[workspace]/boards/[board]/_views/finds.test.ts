import { describe, expect, it } from 'vitest'
import { finds } from './finds'

describe('finds', () => {
  const title = '漏损地图：按时段、菜品、桌位看清丢了多少'
  it.each([
    ['漏损', true],
    ['菜品', true],
    ['lousun', true],
    ["lou'sun", true],
    ['caipin', true],
    ['cpzw', true],
    ['丢 caipin', true],
    ['漏损 营销', false],
    ['l', false],
    ['zzz', false],
  ])('%s: %s', (query, found) => expect(finds(query, [title])).toBe(found))

  it('folds case and accents, and joins the texts of a card', () => {
    expect(finds('TOMAS breakfast', ['Breakfast in Leeds', 'Tomás Veld'])).toBe(true)
    expect(finds('tomas lunch', ['Breakfast in Leeds', 'Tomás Veld'])).toBe(false)
    expect(finds('  ', ['x'])).toBe(true)
  })
  it('does not take letters of a Latin title for initials', () => {
    expect(finds('bil', ['Breakfast in Leeds'])).toBe(false)
  })
})
