import { expect, test } from 'vitest'
import { cleanAttrs, NODES } from '../schema/spec'
import { itemIdOf } from '../testing/sample'
import { itemAttributes, partAttributes, readItemAttributes, readPartAttributes } from './attributes'

const reader = (attributes: Readonly<Record<string, string | null>>) => (name: string) =>
  attributes[name] ?? null
const whole = (name: string, given: Record<string, unknown>) => cleanAttrs(NODES[name]?.attrs ?? {}, given)

test('an item cut in one page and pasted into another is whole', () => {
  const attrs = whole('item', {
    id: itemIdOf(1),
    kind: 'pain',
    code: 'P1',
    feltBy: [itemIdOf(2)],
    severity: 'high "so"',
    extra: [['<b>', '&']],
    agreed: { en: 'a', zh: 'b' },
  })
  expect(readItemAttributes(reader(itemAttributes(attrs)))).toEqual(attrs)
  for (const lang of ['en', 'zh', null]) {
    const part = whole('itemPart', { name: 'whom', lang, refs: [itemIdOf(1), itemIdOf(2)] })
    expect(readPartAttributes(reader(partAttributes(part)))).toEqual(part)
  }
  const empty = whole('itemPart', { name: 'text' })
  expect(readPartAttributes(reader(partAttributes(empty)))).toEqual(empty)
})

test('a page made by a stranger brings nothing that the schema does not take', () => {
  const nothing = whole('item', {})
  const strange = [
    '{',
    'null',
    '[]',
    '"x"',
    '{"id":{"a":1},"severity":["x"],"feltBy":"all","extra":{},"agreed":7,"onclick":"x"}',
    `{"severity":"${'x'.repeat(201)}","feltBy":["javascript:alert(1)"]}`,
    '{"__proto__":{"severity":"high"}}',
  ]
  for (const fields of strange) {
    const read = readItemAttributes(
      reader({ 'data-fields': fields, 'data-id': 'itm_x', 'data-code': 'p1', 'data-kind': 'x'.repeat(41) }),
    )
    expect(read).toEqual(nothing)
  }
  const part = readPartAttributes(reader({ 'data-name': 'a\nb', lang: 'fr', 'data-refs': 'itm_x <b>' }))
  expect(part).toEqual(whole('itemPart', {}))
})
