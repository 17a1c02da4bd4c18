import { describe, expect, test } from 'vitest'
import { checkPassword, passwordText } from './password'
import { Refusal } from './refusal'

const ines = { name: 'Ines Weber', email: 'ines.weber@parstock.example' }

function reason(password: string, owner = ines): string {
  try {
    checkPassword(password, owner)
    return 'accepted'
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return String(error.detail.reason ?? error.code)
  }
}

describe('accepted', () => {
  test.each([
    'kettle drum sevenfold',
    'Tz8#kq2!wV0p',
    '纲举目张则万目皆张也善哉',
    'møøse-bite-1974',
    'the quick brown fox',
    'correct-battery-horse-lamp',
    'wine-cellar-22',
    'p'.concat('qzmtghwk', '9x'),
  ])('%s', (password) => {
    expect(reason(password)).toBe('accepted')
  })
})

describe('refused', () => {
  test.each([
    ['ninechars', 'short'],
    ['          ', 'common'],
    ['👩‍🚀👩‍🚀', 'short'],
    ['x'.repeat(201), 'too_long'],
    ['1234567890', 'common'],
    ['0987654321', 'common'],
    ['qwertyuiop', 'common'],
    ['qwertyuiopasdfgh', 'common'],
    ['abcdefghijkl', 'common'],
    ['aaaaaaaaaaaa', 'common'],
    ['abcabcabcabc', 'common'],
    ['password123', 'common'],
    ['Password2026!', 'common'],
    ['P4ssw0rd!!!!', 'common'],
    ['123password456', 'common'],
    ['１２３４５６７８９０', 'common'],
    ['woaini520520', 'common'],
    ['qazwsxedc123', 'common'],
    ['correct horse battery staple', 'common'],
    ['throughline1', 'common'],
    ['inesweber1974', 'personal'],
    ['Weber.Ines!2026', 'personal'],
    ['parstock2026', 'personal'],
    ['ines.weber@parstock.example', 'personal'],
  ])('%s is %s', (password, expected) => {
    expect(reason(password)).toBe(expected)
  })

  test('a Chinese name with a year behind it', () => {
    expect(reason('王小明王小明2026', { name: '王小明', email: 'wang@parstock.example' })).toBe('personal')
  })
})

test('a name inside a long sentence does no harm', () => {
  expect(reason('ines walks the harbour wall')).toBe('accepted')
})

test('full width and half width are the same password', () => {
  expect(passwordText('ｋｅｔｔｌｅ１２３４')).toBe('kettle1234')
})
