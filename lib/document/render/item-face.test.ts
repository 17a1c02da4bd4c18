import { expect, test } from 'vitest'
import type { Json } from '../json'
import { documentWith, itemIdOf, node, part, withAttrs } from '../testing/sample'
import { dayWords } from './day-words'
import { renderHtml } from './html'
import { type ItemDress, itemFace } from './item-face'

/** Says the key and what it was given. */
const say: ItemDress['say'] = (key, values) =>
  [key.slice('items.'.length), ...Object.values(values ?? {})].join(' ')

const dress: ItemDress = {
  say,
  language: 'en',
  written: 'en',
  today: '2026-09-18',
  named: new Map([[itemIdOf(1), { kind: 'segment', code: 'S1', title: 'Chains' }]]),
  broken: new Set([itemIdOf(3)]),
  atHome: new Set(),
  departments: [{ id: 'dep_x', kind: null, name: 'Legal <b>' }],
  editable: true,
}
const face = (attrs: Record<string, Json>, over: Partial<ItemDress> = {}) =>
  itemFace(attrs, [], { ...dress, ...over })

test('a factor says what it was checked against; past its day it asks to be checked again, only of who may', () => {
  const held = face({ kind: 'factor', checkedOn: '2026-08-12', validUntil: '2027-03-31', confidence: 'high' })
  expect(held.after).toContain('checked_until 12 Aug 31 Mar 2027 · confidence_high')
  expect(held.attributes).not.toHaveProperty('data-expired')
  const last = face({ kind: 'factor', validUntil: '2026-09-18' })
  expect(last.attributes).not.toHaveProperty('data-expired')
  const over = face({ kind: 'factor', validUntil: '2026-09-17' })
  expect(over.attributes).toHaveProperty('data-expired')
  expect(over.after).toContain('data-act="check"')
  expect(face({ kind: 'factor', validUntil: '2026-09-17' }, { editable: false }).after).not.toContain(
    'button',
  )
})

test('a value nobody can read is shown as it was written', () => {
  expect(face({ kind: 'factor', validUntil: '31/12' }).after).toContain('unreadable field_validUntil 31/12')
  expect(face({ kind: 'pain', severity: 'awful' }).after).toContain('field_severity “awful”')
  expect(face({ kind: 'factor', area: 'weather' }).before).toContain('>weather<')
})

test('a gap shows how far it is, without the errors of binary fractions, and that its day has passed', () => {
  const gap = face({ kind: 'gap', from: '11.4', to: '5', unit: '%', by: '2026-12-31' })
  expect(gap.after).toContain('<span>11.4 %</span>')
  expect(gap.after).toContain('apart_points 6.4 · by 31 Dec')
  expect(face({ kind: 'gap', from: '0.1', to: '0.3', by: '2026-01-01' }).after).toMatch(
    /gap num late.*apart 0\.2/,
  )
  expect(face({ kind: 'gap', id: itemIdOf(3) }).attributes['data-line']).toBe('missing')
  expect(face({ kind: 'gap', id: itemIdOf(4) }).attributes['data-line']).toBe('joined')
})

test('an item is named by its code; what is gone is not named at all', () => {
  expect(face({ kind: 'pain', feltBy: [itemIdOf(1), itemIdOf(9)] }).after).toContain('felt_by S1<')
})

test('nothing people wrote becomes a tag, an attribute or a way out of one', () => {
  const evil = '"><script>alert(1)</script>'
  const html = [
    face({ kind: 'handoff', fromDepartment: 'dep_x', toDepartment: evil, extra: [[evil, evil]] }),
    face({ kind: evil, code: evil, id: evil }),
    face({ kind: 'gap', from: evil, unit: evil, measure: evil }),
  ]
    .map(({ before, after }) => before + after)
    .join('')
  expect(html).not.toContain('<script')
  expect(html).toContain('Legal &lt;b&gt;')
  const { root } = documentWith([
    withAttrs(
      { id: itemIdOf(1), kind: 'positioning' },
      node('item', withAttrs({ name: 'whom', lang: 'en' }, part('whom', evil))),
    ),
  ])
  const page = renderHtml(root, dress)
  expect(page).not.toContain('<script')
  expect(page).toContain('<u>"&gt;&lt;script&gt;alert(1)&lt;/script&gt;</u>')
})

test('days are written the same by every machine', () => {
  expect(dayWords('2026-08-12', '2026-09-18', 'en')).toBe('12 Aug')
  expect(dayWords('2027-03-01', '2026-09-18', 'en')).toBe('1 Mar 2027')
  expect(dayWords('2026-08-12', '2026-09-18', 'zh')).toBe('8月12日')
  expect(dayWords('2027-03-01', '2026-09-18', 'zh')).toBe('2027年3月1日')
})
