import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { Language } from '@/lib/domain/language'
import { documentFromMarkdown } from '../build'
import { fillRoot } from '../fill'
import { fileDepartments, itemFields, itemKinds, kinds } from '../items/kinds'
import { newItem, type PartContent } from '../items/new-item'
import { itemsOf, wordsOf } from '../items/read-items'
import type { Json, NodeJson } from '../json'
import { strategyTemplates } from '../templates'
import { readTemplate } from '../templates/read'
import { comparable } from '../testing/comparable'
import { randomFrom } from '../testing/random'
import { documentWith, itemIdOf, link, node, paragraph, part, text, withAttrs } from '../testing/sample'
import { type ReadStrategy, readMarkdown } from './read'
import { writeMarkdown } from './write'

function read(markdown: string) {
  let next = 1
  const result = readMarkdown(markdown, () => itemIdOf(next++))
  if (!result.ok) throw new Error(result.code)
  const notes = result.report
    .filter(({ code }) => code !== 'chapter_missing')
    .map(({ line, code, text: words }) => `${line} ${code} ${words}`)
  return { ...result, notes }
}

function documentOf(strategy: Pick<ReadStrategy, 'chapters' | 'properties'>): Y.Doc {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, documentFromMarkdown(strategy))
  return doc
}

const itemsIn = (markdown: string) => itemsOf(documentOf(read(markdown).strategy))

const first = (markdown: string) => {
  const [item] = itemsIn(markdown)
  if (!item) throw new Error('an item')
  return item
}

const write = (doc: Y.Doc, language: Language = 'en') =>
  writeMarkdown(doc, { title: 'T', language, properties: [] })

/** Both ways: what is written reads back as the same items and words. */
function comesBack(doc: Y.Doc, language: Language): string {
  const written = write(doc, language)
  expect(comparable(documentOf(read(written).strategy)), written).toBe(comparable(doc))
  return written
}

const heading = (words: string, level = 3) => withAttrs({ level }, node('heading', words))

describe('reading', () => {
  test('a code, a title up to its full stop, a text that may hold more of them, properties', () => {
    const pain = first(
      '- **P2 Delivery eats the margin.** After the take, *less* than ¥3. Nothing is left.\n  - Felt by: S1\n  - Evidence: [Sheets](https://x.test) of 41 chains: all of them\n- **S1 Chains.**\n',
    )
    expect(pain).toMatchObject({ kind: 'pain', code: 'P2', refs: [itemIdOf(2)] })
    expect(wordsOf(pain, 'title')).toBe('Delivery eats the margin')
    expect(wordsOf(pain, 'text')).toBe('After the take, less than ¥3. Nothing is left.')
    expect(wordsOf(pain, 'evidence')).toBe('Sheets of 41 chains: all of them')
  })

  test.each([
    ['- **P2 Who pays?** We do.', 'Who pays?', 'We do.'],
    ['- **P2 v2.0 is late.** Yes.', 'v2.0 is late', 'Yes.'],
    ['- **P2 No stop** Text', 'No stop', 'Text'],
    ['- **P2** Only text.', '', 'Only text.'],
    ['- **P2 只有标题。**', '只有标题', ''],
    ['- **P2只有标题。** 文字', '只有标题', '文字'],
    ['- **P2**', '', ''],
    ['* **P2 Another bullet.**', 'Another bullet', ''],
  ])('%s', (markdown, title, words) => {
    const pain = first(markdown)
    expect([wordsOf(pain, 'title'), wordsOf(pain, 'text')]).toEqual([title, words])
  })

  test.each([
    '- **X2 No such letter.**',
    '- **p2 A small letter.**',
    '- P2 Not bold.',
    '- **Bold** but no code',
    '1. **P2 In a numbered list.**',
    '- [ ] **P2 A task.**',
    'A paragraph with **P2 A code.**',
    'References in prose (P2), (S1).',
    '- **P1234567 Too long.**',
  ])('%s stays prose', (markdown) => {
    expect(itemsIn(markdown)).toEqual([])
  })

  test('properties in either language and with either colon, whatever the language of the file', () => {
    const gap = first(
      '- **G1 增长。** 文字\n  - kind：风险\n  - From: 1.8\n  - 到：12\n  - UNIT:  % 同比\n  - 截止: 2026-12-31\n  - 指标：门店\n',
    )
    expect(gap.fields).toMatchObject({ gapKind: 'risk', from: 1.8, to: 12, unit: '% 同比', by: '2026-12-31' })
    const handoff = first('- **H1** A list\n  - 从：客户成功\n  - To: Product\n  - When: Monday: early\n')
    expect(handoff.fields).toMatchObject({ fromDepartment: 'success', toDepartment: 'product' })
    expect(wordsOf(handoff, 'when')).toBe('Monday: early')
    expect(first('- **S1 A.**\n  - 聚焦：否\n').fields.focus).toBe('no')
  })

  test('an unknown key is kept, a missing one is an empty field', () => {
    const factor = first('- **F1** Text\n  - Owner: Ada: Lovelace\n  - 负责人：阿达\n')
    expect(factor.extra).toEqual([
      ['Owner', 'Ada: Lovelace'],
      ['负责人', '阿达'],
    ])
    expect(factor.fields.confidence).toBeNull()
  })

  test('what cannot be read is kept as text and reported with its line', () => {
    const markdown =
      '- **F1** Text\n  - Valid until: 31/12\n  - Confidence: so so\n- **G1 A.**\n  - From: 1,800\n  - Kind: some day\n- **H1** B\n  - From: the moon\n- **P1 C.**\n  - Felt by: S1, S9\n- **S1 D.**\n'
    const { notes, strategy } = read(markdown)
    expect(notes).toEqual([
      '2 value_unreadable Valid until: 31/12',
      '3 value_unreadable Confidence: so so',
      '5 value_unreadable From: 1,800',
      '6 value_unreadable Kind: some day',
      '8 value_unreadable From: the moon',
      '10 code_unknown Felt by: S1, S9',
    ])
    const items = itemsOf(documentOf(strategy))
    expect(items[0]?.written).toMatchObject({ validUntil: '31/12', confidence: 'so so' })
    expect(items[0]?.fields).toMatchObject({ validUntil: null, confidence: null })
    expect(items[1]?.written.from).toBe('1,800')
    expect(items[2]?.fields.fromDepartment).toBe('the moon')
    expect(items[3]?.extra).toEqual([['Felt by', 'S1, S9']])
    const written = comesBack(documentOf(strategy), 'en')
    for (const words of ['31/12', 'so so', '1,800', 'some day', 'the moon', 'S1, S9'])
      expect(written).toContain(words)
  })

  test('a code that is there twice, and what is no property, are reported and not lost', () => {
    const { notes, strategy } = read(
      '- **P1 A.**\n- **P1 B.**\n  - just a remark\n  - Evidence: yes\n\n  > a quote\n- **P2 C.**\n  - **P3 D.**\n',
    )
    expect(notes).toEqual(['2 code_twice P1', '3 item_rest just a remark', '6 item_rest a quote'])
    expect(itemsOf(documentOf(strategy)).map(({ code }) => code)).toEqual(['P1', null, 'P2', 'P3'])
    expect(strategy.chapters.preface.map(({ type }) => type)).toEqual([
      'item',
      'item',
      'bulletList',
      'blockquote',
      'item',
      'item',
    ])
  })

  test('the area of a factor is the heading it stands under, in the first chapter', () => {
    const areasOf = (markdown: string) => itemsIn(markdown).map(({ fields }) => fields.area)
    expect(
      areasOf(
        '## 1\n\n## 1 Situation\n\n- **F1** a\n\n### 3. Technology\n\n- **F2** b\n\n#### Deeper\n\n> - **F3** c\n\n### 自身\n\n- **F4** d\n  - Area: market\n- **F5** e\n  - 领域：无\n\n### Other\n\n- **F6** f\n',
      ),
    ).toEqual([null, 'technology', 'technology', 'market', null, null])
    expect(areasOf('## 2 Major difficulties\n\n### Market\n\n- **F1** a\n')).toEqual([null])
  })

  test('the paragraph below a department is its intent', () => {
    const markdown =
      '## 4 Coherent activities\n\n### Sales\n\nSells *hard*.\n\nMore prose.\n\n### 客户成功\n\n- **H1** A list\n\n### Elsewhere\n\nProse.\n'
    const items = itemsIn(markdown)
    expect(items.map(({ kind, fields }) => [kind, fields.department])).toEqual([
      ['intent', 'sales'],
      ['handoff', null],
    ])
    expect(items[0] && wordsOf(items[0], 'text')).toBe('Sells hard.')
    expect(itemsIn('## 3 Guiding policy\n\n### Sales\n\nSells.\n')).toEqual([])
  })

  const SLOTS = '- **For whom** chains\n- **Which problem** standstill\n- **Through which solution** hands\n'

  test('the positioning: a quote that says what the slots compose is not kept twice', () => {
    const composed = read(`${SLOTS}\n> For chains, we solve standstill through hands.\n`)
    expect(composed.notes).toEqual([])
    expect(composed.strategy.chapters.preface).toHaveLength(1)
    expect(composed.strategy.chapters.preface[0]?.content?.map(({ attrs }) => attrs?.name)).toEqual([
      'whom',
      'problem',
      'solution',
    ])
  })

  test('a quote that differs is kept as the sentence, said, and the slots are left alone', () => {
    const { notes, strategy } = read(`${SLOTS}\n> Growth of the store you *have*.\n\nProse.\n`)
    expect(notes).toEqual(['5 sentence_differs Growth of the store you have.'])
    const [positioning] = itemsOf(documentOf(strategy))
    expect(positioning && wordsOf(positioning, 'sentence', 'en')).toBe('Growth of the store you have.')
    expect(positioning && wordsOf(positioning, 'whom', 'en')).toBe('chains')
    expect(comesBack(documentOf(strategy), 'en')).toContain('> Growth of the store you *have*.')
  })

  test('slots may cite, may be missing, and a second set is a second positioning', () => {
    const items = itemsIn(
      '- **S1 A.**\n- **为谁** 连锁\n  - 引用：S1\n- **解决什么问题** 停滞\n- **为谁** 别人\n\n> [!NOTE]\n> a callout\n',
    )
    expect(items.map(({ kind }) => kind)).toEqual(['segment', 'positioning', 'positioning'])
    expect(items[1]?.parts).toEqual([
      { name: 'whom', lang: 'zh', text: '连锁', refs: [itemIdOf(1)] },
      { name: 'problem', lang: 'zh', text: '停滞', refs: [] },
    ])
  })

  test('hostile words stay words', () => {
    const pain = first(
      '- **P1 <img src=x onerror=alert(1)>.** [x](javascript:alert(1))\n  - \\_\\_proto\\_\\_: polluted\n  - constructor: x\n  - Evidence: <script>alert(1)</script>\n',
    )
    expect(pain.extra).toEqual([
      ['__proto__', 'polluted'],
      ['constructor', 'x'],
    ])
    expect(wordsOf(pain, 'evidence')).toBe('<script>alert(1)</script>')
    const { doc } = documentWith([])
    fillRoot(
      doc.getXmlFragment('preface'),
      read('- **P1 a.** [x](javascript:alert(1))').strategy.chapters.preface,
    )
    expect(write(doc)).not.toContain('](javascript')
  })
})

describe('writing', () => {
  test.each(strategyTemplates.flatMap((id) => [[id, 'en'] as const, [id, 'zh'] as const]))(
    '%s, %s: imported, exported and imported again it is the same',
    (id, language) => {
      const doc = documentOf({ ...read(readTemplate(id, language)).strategy, properties: [] })
      comesBack(doc, language)
    },
  )

  test('items out of their natural place say where they belong', () => {
    const { doc } = documentWith(
      [
        heading('Politics'),
        withAttrs(
          { kind: 'factor', code: 'F1', area: 'market' },
          node('item', part('text', 'a'), part('source')),
        ),
        withAttrs({ kind: 'factor', code: 'F2' }, node('item', part('text', 'b'), part('source'))),
        withAttrs({ kind: 'intent', department: 'sales' }, node('item', part('text', 'c'))),
      ],
      'situation',
    )
    fillRoot(doc.getXmlFragment('activities'), [
      heading('Sales'),
      withAttrs({ kind: 'intent', department: 'product' }, node('item', part('text', 'd'))),
      heading('Product'),
      withAttrs({ kind: 'intent', department: `dep_${'0'.repeat(26)}` }, node('item', part('text', 'e'))),
    ])
    expect(write(doc)).toContain(
      '### Politics\n\n- **F1** a\n  - Area: market\n- **F2** b\n  - Area: none\n- **Intent** c\n  - Department: sales\n',
    )
    for (const language of ['en', 'zh'] as const) {
      const items = itemsOf(documentOf(read(write(doc, language)).strategy))
      expect(items.map(({ fields }) => fields.area ?? fields.department)).toEqual([
        'market',
        null,
        'sales',
        'product',
        `dep_${'0'.repeat(26)}`,
      ])
    }
  })

  test('prose around items stays prose, and a quote below a positioning is not taken for its sentence', () => {
    const pain = (code: string) =>
      newItem('pain', {
        id: itemIdOf(Number(code.slice(1))),
        language: 'en',
        attrs: { code },
        parts: { title: code },
      })
    const list = node('bulletList', node('listItem', paragraph('prose')))
    const { doc } = documentWith(
      [
        list,
        pain('P1'),
        pain('P2'),
        list,
        list,
        pain('P3'),
        newItem('positioning', { id: itemIdOf(9), language: 'en', parts: { whom: 'us' } }),
        node('blockquote', paragraph('For us.')),
        node('bulletList', node('listItem', paragraph('with'), pain('P4'), pain('P5'), list)),
        node('blockquote', pain('P6')),
      ],
      'difficulties',
    )
    expect(comesBack(doc, 'en')).toContain(
      '- prose\n\n* **P1 P1.**\n* **P2 P2.**\n\n- prose\n\n* prose\n\n- **P3 P3.**\n',
    )
  })

  test('an item without a code, and one whose code another has', () => {
    const { doc } = documentWith([
      newItem('pain', { id: itemIdOf(1), language: 'en', attrs: { code: 'P1' }, parts: { title: 'A' } }),
      newItem('pain', { id: itemIdOf(2), language: 'en', parts: { title: 'B' } }),
      newItem('pain', { id: itemIdOf(3), language: 'en', attrs: { code: 'S1' }, parts: { text: 'C' } }),
    ])
    expect(write(doc)).toContain('- **P1 A.**\n- **P? B.**\n- **P?** C\n')
  })

  test('both languages of a positioning have a file each', () => {
    const slots = (lang: string, words: string) =>
      ['whom', 'problem', 'solution'].map((name) => withAttrs({ name, lang }, part(name, words)))
    const { doc } = documentWith([
      withAttrs(
        { id: itemIdOf(1), kind: 'positioning' },
        node('item', ...slots('en', 'x'), ...slots('zh', '某')),
      ),
    ])
    expect(write(doc, 'en')).toContain('- **Through which solution** x\n\n> For x, we solve x through x.\n')
    expect(write(doc, 'zh')).toContain('- **通过什么方案** 某\n\n> 我们通过某，为某解决某。\n')
    expect(write(doc, 'en')).not.toContain('某')
  })
})

test('random strategies of items come back as they were, in both languages', () => {
  const seed = Number(process.env.SEED ?? 20260814)
  const random = randomFrom(seed)
  const WORDS = [
    'plan',
    '形势',
    'a_b',
    '*',
    '1.',
    '(P2)',
    '<b>',
    '|',
    '。',
    'x: y',
    'v2.0',
    '#',
    '-',
    '[x]',
    '&lt;',
    '问？',
    'P3',
  ]
  const words = () => {
    let out = random.pick(WORDS)
    for (let more = random.below(4); more > 0; more--) out += random.pick(['', ' ']) + random.pick(WORDS)
    return out.trim()
  }
  const inline = (): NodeJson[] => {
    const plain = words()
    const kind = random.below(5)
    if (kind === 0) return [text(`${plain} `), text(words(), 'italic')]
    if (kind === 1) return [text(`${plain} `), text('link', link('https://x.test/a'))]
    if (kind === 2) return [text(`${plain} `), text('code', 'code'), text(' end')]
    return [text(plain)]
  }
  const value = (name: keyof typeof itemFields, ids: readonly string[]): Json => {
    const spec = itemFields[name]
    if (random.below(4) === 0 && spec.type !== 'items') return null
    switch (spec.type) {
      case 'choice':
        return random.pick([...spec.of])
      case 'day':
        return random.pick(['2026-12-31', '31/12', 'soon'])
      case 'number':
        return random.pick(['12', '-1.5', 'about 3'])
      case 'department':
        return random.pick([...fileDepartments, 'the moon'])
      case 'items':
        return ids.length > 0 ? [random.pick(ids)] : null
      case 'line':
        return random.pick(['% a year', '百万元', 'a: b'])
    }
  }
  for (let round = 0; round < 30; round++) {
    const language = random.pick(['en', 'zh'] as const)
    const ids: string[] = []
    const numbers: Record<string, number> = {}
    let next = 1
    const item = (): NodeJson => {
      const kind = random.pick(itemKinds)
      const { letter, fields, parts } = kinds[kind]
      const id = itemIdOf(next++)
      const attrs: Record<string, Json> = {}
      // References go back only: an id that is not there yet has no code.
      for (const name of fields) {
        const given = value(name, ids)
        if (given !== null) attrs[name] = given
      }
      if (letter !== null) {
        numbers[letter] = (numbers[letter] ?? 0) + 1
        attrs.code = `${letter}${numbers[letter]}`
        ids.push(id)
      }
      if (random.below(6) === 0)
        attrs.extra = [
          ['Odd key', 'value: with'],
          ['另一个', '值'],
        ]
      const written: Partial<Record<keyof PartContent, NodeJson[]>> = {}
      for (const name of parts) {
        if (name === 'sentence') {
          if (random.below(4) === 0) written.sentence = [text('Something else entirely')]
        } else if (name === 'title') written.title = [text(words().replace(/[\s.。]+$/u, '') || 't')]
        else if (random.below(4) > 0) written[name] = inline()
      }
      const refs =
        kind === 'positioning' && ids.length > 0 && random.below(2) ? { whom: [random.pick(ids)] } : {}
      return newItem(kind, { id, language, attrs, parts: written, refs })
    }
    const prose = (): NodeJson =>
      random.pick([
        paragraph('prose here'),
        node('bulletList', node('listItem', paragraph('an entry'))),
        node('blockquote', paragraph('a quote')),
        heading('Somewhere', random.pick([3, 4])),
        heading(random.pick(['Market', '技术', 'Sales'])),
      ])
    const doc = new Y.Doc()
    for (const root of ['situation', 'policy', 'activities'] as const) {
      const blocks: NodeJson[] = []
      for (let more = 1 + random.below(7); more > 0; more--) {
        const block = random.below(3) === 0 ? prose() : item()
        // A paragraph right below a department is its intent by the convention.
        const below = blocks.at(-1)
        if (block.type === 'paragraph' && below?.type === 'heading') continue
        // Two quotes in a row are one in Markdown's eyes only when nothing stands between; keep them apart.
        if (block.type === 'blockquote' && below?.type === 'blockquote') continue
        blocks.push(block)
      }
      fillRoot(doc.getXmlFragment(root), blocks)
    }
    const written = comesBack(doc, language)
    expect(write(documentOf(read(written).strategy), language), `seed ${seed}`).toBe(written)
  }
}, 60_000)
