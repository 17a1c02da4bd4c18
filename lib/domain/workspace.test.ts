import { describe, expect, test } from 'vitest'
import {
  cleanSlug,
  cleanWorkspaceName,
  isMonth,
  isSlug,
  MAX_SLUG,
  reservedSlugs,
  suggestSlug,
} from './workspace'

describe('slugs', () => {
  test.each(['ab', 'parstock', 'a1', 'kase-und-sohne', '2026', 'x'.repeat(40)])('%s is one', (slug) => {
    expect(isSlug(slug)).toBe(true)
    expect(cleanSlug(slug)).toBe(slug)
  })

  test.each([
    '',
    'a',
    'x'.repeat(41),
    '-ab',
    'ab-',
    'a--b',
    'a_b',
    'a b',
    'a/b',
    'a.b',
    '..',
    '纲举',
    'ws_0123456789abcdefghjkmnpqrs',
    'ab\u0000',
  ])('%j is none', (slug) => {
    expect(isSlug(slug)).toBe(false)
    expect(() => cleanSlug(slug)).toThrow('invalid_slug')
  })

  test.each([...reservedSlugs])('%s is a page of the app', (slug) => {
    expect(isSlug(slug)).toBe(false)
  })

  test('every address of the app is reserved', () => {
    const pages = [
      'sign-in',
      'sign-up',
      'api',
      'new',
      'account',
      'workspaces',
      'reset',
      'invite',
      'files',
      'collab',
    ]
    for (const slug of [...pages, 'health', 'static']) expect(reservedSlugs.has(slug)).toBe(true)
  })

  test('capitals and spaces around are forgiven', () => {
    expect(cleanSlug('  Parstock ')).toBe('parstock')
  })
})

describe('a slug suggested from a name', () => {
  test.each([
    ['Parstock', 'parstock'],
    ['Käse & Söhne GmbH', 'kase-sohne-gmbh'],
    ['  Ærøskøbing Straße  ', 'aeroskobing-strasse'],
    ['Łódź – Đà Nẵng', 'lodz-da-nang'],
    ["L'Été d’Or", 'lete-dor'],
    ['ＦＵＬＬ　ｗｉｄｔｈ', 'full-width'],
    ['A.B.C. 2026', 'a-b-c-2026'],
  ])('%s becomes %s', (name, slug) => {
    expect(suggestSlug(name, 'zz99zz')).toBe(slug)
  })

  test('Chinese names take some chance, as pinyin would often be wrong', () => {
    expect(suggestSlug('纲举科技', '01jd7k2m9x')).toBe('w-7k2m9x')
    expect(suggestSlug('纲举 SaaS', '01jd7k2m9x')).toBe('saas')
    expect(suggestSlug('', '01jd7k2m9x')).toBe('w-7k2m9x')
  })

  test('a name like one of our pages gets a tail', () => {
    expect(suggestSlug('New', '01jd7k2m9x')).toBe('new-7k2m9x')
    expect(suggestSlug('A', '01jd7k2m9x')).toBe('a-7k2m9x')
  })

  test('is always a slug', () => {
    for (const name of [
      'x'.repeat(300),
      `${'ab-'.repeat(30)}`,
      '😀',
      '‏‏',
      'sign-in',
      '___',
      'İstanbul',
      '\u0000',
    ]) {
      const slug = suggestSlug(name, '01jd7k2m9x')
      expect(isSlug(slug), `${name} -> ${slug}`).toBe(true)
      expect(slug.length).toBeLessThanOrEqual(MAX_SLUG)
    }
  })
})

describe('names', () => {
  test('one line, trimmed, composed', () => {
    expect(cleanWorkspaceName('  Käse \n und   Söhne ')).toBe('Käse und Söhne')
    expect(cleanWorkspaceName('Ka\u0308se')).toBe('Käse')
    expect(cleanWorkspaceName('纲举\u202e科技')).toBe('纲举 科技')
  })

  test('60 characters, counted as people count', () => {
    expect(cleanWorkspaceName('纲'.repeat(60))).toHaveLength(60)
    expect(cleanWorkspaceName('😀'.repeat(60))).toBe('😀'.repeat(60))
    expect(() => cleanWorkspaceName('纲'.repeat(61))).toThrow('too_long')
    expect(() => cleanWorkspaceName(' \t\u200b ')).toThrow('required')
  })
})

test('months are 1 to 12', () => {
  expect([1, 4, 12].every(isMonth)).toBe(true)
  expect([0, 13, 1.5, Number.NaN].some(isMonth)).toBe(false)
})
