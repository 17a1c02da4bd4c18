import { expect, test } from 'vitest'
import { words } from '@/lib/i18n/words'
import { servedHtml } from './served-html'

const given = { slug: 'parstock', say: words('en'), kind: 'pain', worked: true, itemId: 'itm_1' }
const activity = (n: number) => ({ id: `act_${n}`, title: `Do ${n}`, board: 'sales', kind: 'sales' as const })

test('names three activities with a way to each, and counts the rest', () => {
  const html = servedHtml({ activities: [1, 2, 3, 4, 5].map(activity), measures: [] }, given)
  expect(html.match(/<a /g)).toHaveLength(4)
  expect(html).toContain('href="/parstock/boards/sales?card=act_1"')
  expect(html).toContain('and 2 more')
  expect(html).toContain('href="/parstock/coherence#itm_1"')
})

test('a pain nobody works on says so, once anybody works at all; a principle needs nobody', () => {
  expect(servedHtml(undefined, given)).toContain('Nobody works on it')
  expect(servedHtml(undefined, { ...given, worked: false })).toBe('')
  expect(servedHtml(undefined, { ...given, kind: 'principle' })).toBe('')
})

test('what others wrote stays words', () => {
  const evil = { id: 'act_1', title: '<img src=x onerror=alert(1)>"', board: 'sales', kind: 'sales' as const }
  const html = servedHtml({ activities: [evil], measures: [{ id: 'mea_"><', name: '<b>' }] }, given)
  expect(html).not.toMatch(/<img|<b>|"><"/)
  expect(html).toContain('&lt;img')
})
