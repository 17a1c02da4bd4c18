import { type AnyExtension, getSchema } from '@tiptap/core'
import { expect, test } from 'vitest'
import { extensions } from './extensions'
import { Bold, Code, Italic, Strike, Underline } from './marks'

const schema = getSchema(extensions())

/** The words a mark's rules find in a line, as they would be left. */
function found(mark: AnyExtension, what: 'addInputRules' | 'addPasteRules', line: string): string[] {
  const { name } = mark
  const make: unknown = Reflect.get(mark.config, what)
  if (typeof make !== 'function') return []
  const rules: { find: RegExp | ((text: string) => unknown) }[] = make.call({
    name,
    type: schema.marks[name],
  })
  return rules.flatMap(({ find }) => {
    if (!(find instanceof RegExp)) {
      const answer = find(line)
      return [answer].flat().flatMap((one) => (one ? [(one as { replaceWith: string }).replaceWith] : []))
    }
    const all = find.global ? [...line.matchAll(find)] : [find.exec(line)]
    return all.flatMap((match) => (match ? [match.at(-1) ?? ''] : []))
  })
}

test.each([
  [Bold, 'so **stark**', 'stark'],
  [Bold, 'so __stark__', 'stark'],
  [Italic, 'ganz *leise*', 'leise'],
  [Italic, 'ganz _leise_', 'leise'],
  [Strike, 'nicht ~~mehr~~', 'mehr'],
  [Code, 'in `code`', 'code'],
  [Bold, '我们 **方针**', '方针'],
] as const)('signs typed around words: %#', (mark, line, words) => {
  expect(found(mark, 'addInputRules', line)).toEqual([words])
  expect(found(mark, 'addPasteRules', line)).toEqual([words])
})

test.each([
  [Bold, 'no**where**'],
  [Italic, '2 * 3 * 4'],
  [Italic, 'a **b**'],
  [Italic, 'snake_case_name'],
  [Strike, 'a ~ b ~ c'],
  [Code, '```js`'],
] as const)('signs that mean something else: %#', (mark, line) => {
  expect(found(mark, 'addInputRules', line)).toEqual([])
})

test('what is pasted says bold and the rest in more than one way', () => {
  const tags = (mark: AnyExtension) =>
    (schema.marks[mark.name]?.spec.parseDOM ?? []).map((rule) => rule.tag ?? rule.style)
  expect(tags(Bold)).toEqual(['strong', 'b', 'font-weight=400', 'font-weight'])
  expect(tags(Italic)).toEqual(['em', 'i', 'font-style=normal', 'font-style=italic'])
  expect(tags(Strike)).toEqual(['s', 'del', 'strike', 'text-decoration'])
  expect(tags(Underline)).toEqual(['u', 'text-decoration'])
  expect(tags(Code)).toEqual(['code'])
})
