import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { isLanguage } from '@/lib/domain/language'
import { documentFromMarkdown } from '../build'
import { contentHash } from '../content-hash'
import type { NodeJson } from '../json'
import { readNodes } from '../read-nodes'
import { strategyTemplates } from '../templates'
import { randomFrom } from '../testing/random'
import { documentWith, FILE, link, node, paragraph, text, withAttrs } from '../testing/sample'
import { type ReadStrategy, readMarkdown } from './read'
import { writeMarkdown, writeRoot } from './write'

function read(markdown: string) {
  const result = readMarkdown(markdown)
  if (!result.ok) throw new Error(result.code)
  return result
}

const preface = (markdown: string) => read(markdown).strategy.chapters.preface

function documentOf(strategy: ReadStrategy): Y.Doc {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, documentFromMarkdown(strategy))
  return doc
}

/** Through a document and back. */
function again(markdown: string): string {
  const { strategy } = read(markdown)
  return writeMarkdown(documentOf(strategy), { title: strategy.title, language: strategy.language ?? 'en' })
}

const notes = (markdown: string) =>
  read(markdown)
    .report.filter(({ code }) => code !== 'chapter_missing')
    .map(({ line, code, text: words }) => `${line} ${code} ${words}`)

describe('the frame', () => {
  test.each(strategyTemplates.flatMap((id) => [`${id}.en`, `${id}.zh`]))(
    '%s comes back byte for byte',
    (name) => {
      const file = readFileSync(new URL(`../templates/${name}.md`, import.meta.url), 'utf8')
      const { strategy, report } = read(file)
      expect(again(file)).toBe(file)
      expect(report).toEqual([])
      expect(strategy.language).toBe(name.slice(-2))
      expect(isLanguage(strategy.language)).toBe(true)
      expect(strategy.properties).toHaveLength(5)
    },
  )

  test('chapters are found by name in either language, whatever number and case', () => {
    const { chapters } = read(
      '# T\n\nbefore\n\n## GUIDING  policy\n\np\n\n## 4. 连贯性活动\n\na\n\n## 形势\n\ns\n\n## 7 major difficulties\n\nd\n',
    ).strategy
    expect(chapters).toEqual({
      preface: [paragraph('before')],
      situation: [paragraph('s')],
      difficulties: [paragraph('d')],
      policy: [paragraph('p')],
      activities: [paragraph('a')],
    })
  })

  test('an unknown chapter, a second one and a second title stay as headings where they stand', () => {
    const markdown = '# T\n\n## 1 Situation\n\na\n\n## Appendix\n\nb\n\n## Situation\n\n# Again\n'
    expect(read(markdown).strategy.chapters.situation).toEqual([
      paragraph('a'),
      withAttrs({ level: 3 }, node('heading', 'Appendix')),
      paragraph('b'),
      withAttrs({ level: 3 }, node('heading', 'Situation')),
      withAttrs({ level: 3 }, node('heading', 'Again')),
    ])
    expect(notes(markdown)).toEqual([
      '7 chapter_unknown Appendix',
      '11 chapter_twice Situation',
      '13 title_extra Again',
    ])
    expect(read(markdown).report.filter(({ code }) => code === 'chapter_missing')).toHaveLength(3)
  })

  test('properties: either colon, later colons belong to the value; a list of anything else is prose', () => {
    expect(
      read('# T\n\n- Company: Ladle: works\n- 周期：2026-Q3\n- Odd key:  x\n').strategy.properties,
    ).toEqual([
      ['Company', 'Ladle: works'],
      ['周期', '2026-Q3'],
      ['Odd key', 'x'],
    ])
    const prose = read('# T\n\n- Company: L\n- just a line\n').strategy
    expect(prose.properties).toEqual([])
    expect(prose.chapters.preface).toHaveLength(1)
  })

  test('a list of prose that looks like properties is not taken for them after a round trip', () => {
    const { doc } = documentWith(
      [node('bulletList', node('listItem', paragraph('Not: a property')))],
      'preface',
    )
    const written = writeMarkdown(doc, { title: 'T', language: 'en', properties: [] })
    expect(read(written).strategy.properties).toEqual([])
    expect(read(written).strategy.chapters.preface).toHaveLength(1)
  })

  test('no title, Windows line ends, a byte order mark', () => {
    const { strategy } = read('\ufeffa\r\n\r\n## Situation\r\n\r\nb\r\n')
    expect(strategy.title).toBe('')
    expect(strategy.chapters.preface).toEqual([paragraph('a')])
    expect(strategy.chapters.situation).toEqual([paragraph('b')])
  })

  test('an empty strategy is its frame', () => {
    expect(writeMarkdown(new Y.Doc(), { title: '新战略', language: 'zh' })).toBe(
      '# 新战略\n\n## 1 形势\n\n## 2 重大困难\n\n## 3 指导方针\n\n## 4 连贯性活动\n',
    )
  })
})

describe('what a file may bring', () => {
  test('every block', () => {
    const markdown = `### H3

###### H6

a **b** *c* ~~d~~ \`e\` [f](https://x.test) ***g***\\
next

3. three
4. four

- [x] done
- [ ] open

> quote
>
> - in it

> [!WARNING]
> mind

\`\`\`ts
const a = 1
\`\`\`

| h | i |
| --- | --: |
| j | **k** |

---

![alt](/files/${FILE})`
    expect(preface(markdown)).toEqual([
      withAttrs({ level: 3 }, node('heading', 'H3')),
      withAttrs({ level: 5 }, node('heading', 'H6')),
      paragraph(
        'a ',
        text('b', 'bold'),
        ' ',
        text('c', 'italic'),
        ' ',
        text('d', 'strike'),
        ' ',
        text('e', 'code'),
        ' ',
        text('f', link('https://x.test')),
        ' ',
        text('g', 'italic', 'bold'),
        { type: 'hardBreak' },
        'next',
      ),
      withAttrs(
        { start: 3 },
        node('orderedList', node('listItem', paragraph('three')), node('listItem', paragraph('four'))),
      ),
      node(
        'taskList',
        withAttrs({ checked: true }, node('taskItem', paragraph('done'))),
        withAttrs({ checked: false }, node('taskItem', paragraph('open'))),
      ),
      node('blockquote', paragraph('quote'), node('bulletList', node('listItem', paragraph('in it')))),
      withAttrs({ kind: 'attention' }, node('callout', paragraph('mind'))),
      withAttrs({ language: 'ts' }, node('codeBlock', 'const a = 1')),
      node(
        'table',
        node(
          'tableRow',
          withAttrs({ align: null }, node('tableHeader', paragraph('h'))),
          withAttrs({ align: 'right' }, node('tableHeader', paragraph('i'))),
        ),
        node(
          'tableRow',
          withAttrs({ align: null }, node('tableCell', paragraph('j'))),
          withAttrs({ align: 'right' }, node('tableCell', paragraph(text('k', 'bold')))),
        ),
      ),
      { type: 'horizontalRule' },
      { type: 'image', attrs: { fileId: FILE, alt: 'alt' } },
    ])
  })

  test('a wrapped paragraph is one line: a space between words, nothing between Chinese characters', () => {
    expect(preface('one\ntwo\n\n形势\n比人强\n')).toEqual([paragraph('one two'), paragraph('形势比人强')])
  })

  test('HTML is text', () => {
    const markdown = 'a <b onclick="x()">b</b>\n\n<script>alert(1)</script>\n\n<!-- secret -->\n'
    expect(preface(markdown)).toEqual([
      paragraph('a <b onclick="x()">b</b>'),
      paragraph('<script>alert(1)</script>'),
      paragraph('<!-- secret -->'),
    ])
    expect(notes(markdown).map((note) => note.split(' ').slice(0, 2).join(' '))).toEqual([
      '1 html_as_text',
      '1 html_as_text',
      '3 html_as_text',
      '5 html_as_text',
    ])
    // And stays text in what we write.
    expect(again(markdown)).toContain('\\<script>alert(1)\\</script>')
  })

  test.each([
    'javascript:alert(1)',
    'JAVASCRIPT:x',
    'data:text/html,x',
    '&#106;avascript:x',
    'file:///etc/passwd',
  ])('row 33: a link to %s is its words', (href) => {
    expect(preface(`[press **me**](${href})`)).toEqual([paragraph('press ', text('me', 'bold'))])
    expect(notes(`[press](${href})`)[0]).toMatch(/^1 link_dropped /)
  })

  test('row 39: a picture from elsewhere becomes a link to it, or its alt text', () => {
    expect(preface('![chart](https://x.test/a.png)')).toEqual([
      paragraph(text('chart', link('https://x.test/a.png'))),
    ])
    expect(preface('![chart](javascript:x)')).toEqual([paragraph('chart')])
    expect(preface(`before ![alt](/files/${FILE}) after`)).toEqual([
      paragraph('before '),
      { type: 'image', attrs: { fileId: FILE, alt: 'alt' } },
      paragraph(' after'),
    ])
    expect(notes('![a](https://x.test/a.png) ![b](b.png)')).toEqual([
      '1 image_as_link https://x.test/a.png',
      '1 image_as_text b.png',
    ])
  })

  test('references, footnotes and definitions lose no words', () => {
    const markdown =
      '[a][x] and [b] and c[^1]\n\n[x]: https://x.test\n[unused]: https://y.test\n\n[^1]: the note\n'
    expect(preface(markdown)).toEqual([
      paragraph(text('a', link('https://x.test')), ' and [b] and c[^1]'),
      paragraph('[unused]: https://y.test'),
      paragraph('[^1]: the note'),
    ])
    expect(notes(markdown).map((note) => note.split(' ')[1])).toEqual([
      'footnote_as_text',
      'definition_as_text',
      'footnote_as_text',
    ])
  })

  test('a list in which only some entries have a box becomes several', () => {
    expect(preface('- [ ] a\n- b\n').map(({ type }) => type)).toEqual(['taskList', 'bulletList'])
  })
})

describe('a file that would hold up the server is refused', () => {
  test.each([
    ['over two million characters', 'a'.repeat(2_000_001), 'too_large'],
    ['quotes in quotes on one line', `${'>'.repeat(20_000)} a`, 'too_deep'],
    ['lists in lists on one line', `${'- '.repeat(20_000)}a`, 'too_deep'],
    [
      'lists in lists by indentation',
      Array.from({ length: 100 }, (_, i) => `${'  '.repeat(i)}- a`).join('\n'),
      'too_deep',
    ],
    ['emphasis in emphasis', `${'*a **a '.repeat(150)}b${'** a*'.repeat(150)}`, 'too_deep'],
    ['openers without closers', '**a*_'.repeat(10_000), 'too_tangled'],
    ['brackets', '[a]('.repeat(100_000), 'too_tangled'],
    ['lines of one character', '- a\n'.repeat(100_000), 'too_tangled'],
  ])('%s', (_, markdown, code) => {
    expect(readMarkdown(markdown)).toEqual({ ok: false, code })
  })

  test('and an honest large one is not', () => {
    const item = (i: number) =>
      `- **P${i} A pain.** What it costs (S1), *measured*.\n  - Felt by: S1\n  - Evidence: [sheet](https://x.test/${i})\n`
    const markdown = `# T\n\n## Situation\n\n${Array.from({ length: 600 }, (_, i) => item(i)).join('')}`
    const items = read(markdown).strategy.chapters.situation
    expect(items.map(({ type }) => type)).toEqual(Array.from({ length: 600 }, () => 'item'))
  })
})

describe('writing', () => {
  const written = (...nodes: NodeJson[]) => writeRoot(documentWith(nodes).root)

  test.each([
    ['# no heading', '\\# no heading'],
    ['1. no list', '1\\. no list'],
    ['2026) no list', '2026\\) no list'],
    ['- no list', '\\- no list'],
    ['+', '\\+'],
    ['---', '\\---'],
    ['> no quote', '\\> no quote'],
    ['*no* emphasis', '\\*no\\* emphasis'],
    ['snake_case stays, _this_ not', 'snake_case stays, \\_this\\_ not'],
    ['`no code`', '\\`no code\\`'],
    ['[no](link)', '\\[no](link)'],
    ['a < b, <b>', 'a < b, \\<b>'],
    ['R&D, &amp;', 'R&D, \\&amp;'],
    ['~~no~~', '\\~\\~no\\~\\~'],
    ['C:\\dir', 'C:\\\\dir'],
    ['see https://x.test or www.x.test or a@x.test', 'see https\\://x.test or www\\.x.test or a\\@x.test'],
    ['a | b', 'a | b'],
    ['(P2) ¥40, 12 % - so', '(P2) ¥40, 12 % - so'],
    ['  edges  ', '&#x20; edges &#x20;'],
    ['#hashtag 1.5', '#hashtag 1.5'],
  ])('%s', (words, markdown) => {
    expect(written(paragraph(words))).toBe(markdown)
    expect(preface(markdown)).toEqual([paragraph(words)])
  })

  test.each<[string, NodeJson[]]>([
    ['bold that ends in a full stop before a letter', [text('重点。', 'bold'), text('后文')]],
    ['bold inside a word', [text('re'), text('do', 'bold'), text('ing')]],
    ['italic then bold', [text('a', 'italic'), text('b', 'bold')]],
    ['bold with italic in it', [text('a ', 'bold'), text('b', 'bold', 'italic'), text(' c', 'bold')]],
    ['italic over bold and not', [text('a', 'italic', 'bold'), text(' b', 'italic')]],
    ['code with ticks', [text('a `b`', 'code'), text(' '), text('`', 'code')]],
    ['bold code in a link', [text('x', 'bold', 'code', link('https://x.test/a_(b)'))]],
    ['an address as its own words', [text('https://x.test/a?b=1', link('https://x.test/a?b=1')), text(' .')]],
    ['a mail address', [text('a.b@x.test', link('mailto:a.b@x.test'))]],
    ['a mark before a link', [text('!'), text('x', link('https://x.test/'))]],
    ['two links side by side', [text('a', link('https://a.test')), text('b', link('https://b.test'))]],
    ['a bracket in a link', [text('a]b[c', link('https://x.test'))]],
    ['lines', [text('a'), { type: 'hardBreak' }, text('- b'), { type: 'hardBreak' }, text('===')]],
  ])('%s comes back', (_, inline) => {
    const [back] = preface(written(paragraph(...inline)))
    expect(flatten(back?.content ?? [])).toBe(flatten(inline))
  })

  test('space at the edge of a mark goes outside, underline is left out', () => {
    expect(written(paragraph('a', text(' b ', 'bold'), text('c', 'underline')))).toBe('a **b** c')
  })

  test('what no Markdown can say keeps its words', () => {
    const inline = [text('x'), text('a', 'italic'), text('b', 'bold'), text('y')]
    const [back] = preface(written(paragraph(...inline)))
    expect((back?.content ?? []).map((part) => part.text).join('')).toBe('xaby')
  })

  test('blocks that would run into each other', () => {
    const nodes = [
      node('bulletList', node('listItem', paragraph('a'))),
      node(
        'bulletList',
        node('listItem', paragraph('b'), paragraph('c'), node('blockquote', paragraph('d'))),
      ),
      withAttrs({ start: 2 }, node('orderedList', node('listItem', paragraph('e')))),
      withAttrs(
        { start: 1 },
        node('orderedList', node('listItem', paragraph('f'), node('codeBlock', 'g\n\n  h'))),
      ),
      node('blockquote', paragraph('i')),
      node('blockquote', paragraph('[!NOTE]')),
      withAttrs({ kind: 'note' }, node('callout', node('bulletList', node('listItem', paragraph('j'))))),
      withAttrs({ language: null }, node('codeBlock', '````\n```')),
    ]
    const back = preface(written(...nodes))
    expect(contentHash(documentWith(back).doc)).toBe(contentHash(documentWith(nodes).doc))
  })

  test('a cell is one line', () => {
    const cell = node('tableCell', paragraph('a|b'), node('bulletList', node('listItem', paragraph('c'))))
    const table = node('table', node('tableRow', node('tableHeader', paragraph('h'))), node('tableRow', cell))
    expect(written(table)).toBe('| h |\n| --- |\n| a\\|b c |')
  })

  test('an unsafe link written past the editor is its words', () => {
    expect(written(paragraph(text('x', link('javascript:alert(1)'))))).toBe('x')
  })

  test('strange nodes are their words', () => {
    const { doc, root } = documentWith([paragraph('a')])
    const card = new Y.XmlElement('kpiCard')
    card.insert(0, [new Y.XmlText('# 12 %')])
    root.insert(1, [card, new Y.XmlText('loose')])
    expect(writeRoot(doc.getXmlFragment('situation'))).toBe('a\n\n\\# 12 %\n\nloose')
  })
})

/** Letters with their marks; spaces carry none, as Markdown has it. */
function flatten(nodes: readonly NodeJson[]): string {
  return nodes
    .flatMap(({ text: words, marks }) => {
      const names = (marks ?? []).map(({ type, attrs }) => `${type}${attrs?.href ?? ''}`).sort()
      return words === undefined
        ? ['⏎']
        : [...words].map((char) => (char === ' ' ? ' ' : `${char}<${names}>`))
    })
    .join('')
}

test('random strategies come back as they were: write, read, write', () => {
  const random = randomFrom(20260814)
  const WORDS = [
    'plan',
    '形势',
    'a_b',
    '*',
    '**',
    '1.',
    '-',
    '#',
    '>',
    '`',
    '[x]',
    '(P2)',
    '&lt;',
    '<b>',
    '~',
    '|',
    '\\',
    '。',
    '!',
    'https://x.test',
    'x@y.test',
    '===',
    '---',
    '$1',
    '¥40',
    '_',
    ':',
    '+',
    'www.a.test',
    '"q"',
    "it's",
    '（）',
  ]
  const words = () => {
    let out = random.pick(WORDS)
    for (let i = random.below(5); i > 0; i--) out += random.pick(['', ' ', ' ']) + random.pick(WORDS)
    return out
  }
  const inline = (marked: boolean): NodeJson[] => {
    const parts: NodeJson[] = []
    for (let i = 1 + random.below(4); i > 0; i--) {
      const style = marked ? random.below(7) : 0
      if (style === 1) parts.push(text(words(), 'bold'))
      else if (style === 2) parts.push(text(words(), 'italic'))
      else if (style === 3) parts.push(text(words(), 'code'))
      else if (style === 4) parts.push(text(words(), link('https://x.test/(a)_b')))
      else if (style === 5 && parts.length > 0) parts.push({ type: 'hardBreak' }, text(words()))
      else parts.push(text(words()))
      parts.push(text(' '))
    }
    // Neighbours with the same marks are one text in a document.
    return parts.slice(0, -1)
  }
  const block = (depth: number): NodeJson => {
    const item = () =>
      node(
        'listItem',
        paragraph(...inline(true)),
        ...(depth > 0 && random.below(2) ? [block(depth - 1)] : []),
      )
    const task = () =>
      withAttrs({ checked: random.below(2) === 0 }, node('taskItem', paragraph(...inline(true))))
    switch (random.below(depth > 0 ? 9 : 4)) {
      case 0:
        return withAttrs({ level: 3 + random.below(3) }, node('heading', ...inline(false)))
      case 1:
        return withAttrs({ language: random.pick([null, 'ts']) }, node('codeBlock', `${words()}\n${words()}`))
      case 4:
        return node('bulletList', item(), item())
      case 5:
        return withAttrs({ start: random.pick([1, 9, 2026]) }, node('orderedList', item(), item()))
      case 6:
        return node('taskList', task(), task())
      case 7:
        return node('blockquote', block(depth - 1), block(depth - 1))
      case 8:
        return withAttrs({ kind: random.pick(['note', 'attention']) }, node('callout', block(depth - 1)))
      default:
        return paragraph(...inline(true))
    }
  }
  for (let round = 0; round < 60; round++) {
    const { root } = documentWith([block(2), block(2), block(1)])
    const once = writeRoot(root)
    const { root: back } = documentWith([...preface(once)])
    const plain = (fragment: Y.XmlFragment) => plainShape(readNodes(fragment))
    expect(plain(back), once).toEqual(plain(root))
    expect(writeRoot(back)).toBe(once)
  }
})

/** Blocks and words without emphasis, which cannot always be written. */
function plainShape(nodes: readonly NodeJson[]): unknown {
  const out: unknown[] = []
  for (const { type, attrs, content, text: words, marks } of nodes) {
    const kept = (marks ?? []).filter((mark) => mark.type === 'link' || mark.type === 'code')
    if (words === undefined) out.push({ type, attrs, content: content ? plainShape(content) : undefined })
    else {
      const last = out.at(-1)
      const key = JSON.stringify(kept)
      if (Array.isArray(last) && last[1] === key) last[0] += words
      else out.push([words, key])
    }
  }
  return out
}
