import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { newStrategyDocument } from './build'
import { renderHtml } from './render/html'
import { documentWith, EVERYTHING, node, paragraph, text, withAttrs } from './testing/sample'
import { countDocument, countText, outlineOf, outlineOfDocument, plainText } from './text'

describe('counting', () => {
  test.each([
    ['', 0, 0, 0],
    ['one two', 2, 7, 6],
    ['形势比人强。', 5, 6, 6],
    ['我们用 SaaS 服务 74 家连锁', 10, 18, 14],
    ["it's day-to-day, 2,060 stores", 4, 29, 26],
    ['P1, P2; (P3)', 3, 12, 10],
    ['e-mail a.b@x.test now', 3, 21, 19],
    ['¥40 - 12 %', 2, 10, 7],
    ['日本の会社', 5, 5, 5],
    ['안녕 세계', 2, 5, 4],
    ['line\nline', 2, 8, 8],
    ['Zürich naïve', 2, 12, 11],
    ['cafe\u0301', 1, 4, 4],
    ['👍🏽 ok', 1, 5, 4],
    ['𠮷野家', 3, 3, 3],
    ['…、。', 0, 3, 3],
  ])('%j', (words, count, characters, withoutSpaces) => {
    expect(countText(words)).toEqual({ words: count, characters, charactersWithoutSpaces: withoutSpaces })
  })

  test('the two languages of a template', () => {
    for (const [language, low, high] of [
      ['en', 1700, 2600],
      ['zh', 2700, 4500],
    ] as const) {
      const doc = new Y.Doc()
      Y.applyUpdate(doc, newStrategyDocument('restaurant-saas', language))
      const { words } = countDocument(doc)
      expect(words).toBeGreaterThan(low)
      expect(words).toBeLessThan(high)
    }
  })
})

test('plain text is one line per block, in order', () => {
  const { root } = documentWith(EVERYTHING)
  expect(plainText(root).split('\n')).toEqual([
    'Market & rivals',
    '小标题',
    'Plain boldbothstruckundercode <b>a link and bold in itinertsaid twice',
    'one',
    'two',
    '',
    'a',
    'b',
    'four',
    'one',
    'done "so"',
    'quoted',
    'twice',
    'mind',
    'note',
    'const a = 1 < 2',
    '',
    '  indented',
    'h1',
    'h2',
    'wide',
    'Chains',
    '10 to 80 stores',
    '餐饮连锁',
    'A "chart"',
    'not ours',
  ])
})

describe('outline', () => {
  const heading = (level: number, ...words: Parameters<typeof node>[1][]) =>
    withAttrs({ level }, node('heading', ...words))

  test('headings in reading order, wherever they stand, with the ids of the server’s HTML', () => {
    const { root } = documentWith([
      heading(3, 'One'),
      paragraph('x'),
      node('callout', heading(4, 'In a ', text('callout', 'bold'))),
      heading(5, '三'),
    ])
    const outline = outlineOf(root)
    expect(outline.map(({ level, text: words, index }) => [level, words, index])).toEqual([
      [3, 'One', 0],
      [4, 'In a callout', 1],
      [5, '三', 2],
    ])
    const ids = [...renderHtml(root).matchAll(/ id="([^"]+)"/g)].map((match) => match[1])
    expect(outline.map(({ key }) => key)).toEqual(ids)
  })

  test('a heading keeps its key while its words and its neighbours change', () => {
    const { root } = documentWith([heading(3, 'One'), heading(3, 'Two')])
    const before = outlineOf(root)[1]?.key
    const first = root.get(0)
    if (first instanceof Y.XmlElement) first.setAttribute('level', '4')
    root.delete(0, 1)
    const two = root.get(0)
    const words = two instanceof Y.XmlElement ? two.get(0) : null
    if (words instanceof Y.XmlText) words.insert(0, 'No longer ')
    expect(outlineOf(root)).toEqual([{ key: before, level: 3, text: 'No longer Two', index: 0 }])
  })

  test('the whole strategy, root by root', () => {
    const doc = new Y.Doc()
    Y.applyUpdate(doc, newStrategyDocument('smart-tourism', 'zh'))
    expect(
      outlineOfDocument(doc).map(({ root, headings }) => [root, headings.map(({ text: words }) => words)]),
    ).toEqual([
      ['preface', []],
      ['situation', ['政治', '经济', '社会', '技术', '市场', '竞争对手', '客户', '自身']],
      ['difficulties', ['客群', '痛点', '痒点', '爽点', '落差']],
      ['policy', ['定位', '原则', '取舍']],
      ['activities', ['产品', '市场', '销售', '客户成功', '组织']],
    ])
  })
})
