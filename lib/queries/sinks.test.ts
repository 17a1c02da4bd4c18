import { strFromU8, unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { diffStrategies } from '@/lib/document/diff/diff'
import type { Labels } from '@/lib/document/diff/html'
import { handsOf, viewDiff } from '@/lib/document/diff/passages'
import { writeDocx } from '@/lib/document/docx/write'
import { articleHtml, writeHtml } from '@/lib/document/export-html/write'
import { readJson } from '@/lib/document/export-json/read'
import { writeJson } from '@/lib/document/export-json/write'
import type { ExportedStrategy, ThreadForExport } from '@/lib/document/exported'
import type { Json } from '@/lib/document/json'
import { readMarkdown } from '@/lib/document/markdown/read'
import { writeMarkdown } from '@/lib/document/markdown/write'
import { renderHtml } from '@/lib/document/render/html'
import { TEXT_ROOTS } from '@/lib/document/roots'
import { plainWords } from '@/lib/document/testing/exported-sample'
import { itemIdOf } from '@/lib/document/testing/sample'
import { readContent } from './export'

/** Reliability S6: addresses that must lead nowhere, written as a link by raw Yjs. */
const addresses = [
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  ' javascript:alert(1)',
  'java\nscript:alert(1)',
  'java\tscript:alert(1)',
  '\u0001javascript:alert(1)',
  'javascript&colon;alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'data:image/svg+xml;base64,PHN2Zy8+',
  'vbscript:msgbox(1)',
  'file:///etc/passwd',
  'blob:https://evil.test/1',
  'ms-word:ofe|u|https://evil.test/x.docm',
  '//evil.test',
  '/relative',
  'https:evil.test',
  'https://a b',
]

/** Words that mean something to a browser, a spreadsheet, Word or Markdown. */
const words = [
  '<script>window.__pwn=1</script>',
  '"><img src=x onerror=alert(1)>',
  '<svg onload=alert(1)>',
  '<iframe srcdoc="x">',
  '<style>*{background:url(https://evil.test)}</style>',
  '<a href="javascript:alert(1)">x</a>',
  '=HYPERLINK("http://evil.test","x")',
  "=cmd|' /C calc'!A0",
  '+1+1',
  '-2+3',
  '@SUM(1)',
  '{ DDEAUTO c:\\windows\\system32\\cmd.exe "/k calc" }',
  '{ INCLUDETEXT "file:///etc/passwd" }',
  ']]></w:t></w:r><w:instrText>INCLUDEPICTURE</w:instrText>',
  '[x](javascript:alert(1))',
  '![y](http://evil.test/p.png)',
  '[ref]: javascript:alert(1)',
  '<javascript:alert(1)>',
  '# no heading',
  '| a | b |',
  '{{constructor.constructor("alert(1)")()}}',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is what somebody may type
  '${alert(1)}',
  '\u202egnp.exe',
]

const attribute = '" onmouseover="alert(1)" x="'

/** All of it, where editors of ours would never have put it. */
function hostile(): Y.Doc {
  const doc = new Y.Doc()
  const root = doc.getXmlFragment('situation')
  const line = (...runs: [string, object?][]) => {
    const made = new Y.XmlElement('paragraph')
    const text = new Y.XmlText()
    made.insert(0, [text])
    text.applyDelta(runs.map(([insert, attributes]) => ({ insert, ...(attributes && { attributes }) })))
    return made
  }
  root.insert(
    0,
    addresses.map((href) => line(['press me', { link: { href, target: '_top', onclick: 'alert(1)' } }])),
  )
  root.insert(
    root.length,
    words.map((one) => line([one])),
  )
  root.insert(root.length, [
    line(['styled', { textStyle: { style: 'position:fixed' }, script: {}, bold: { onclick: 'x' } }]),
  ])
  for (const name of ['script', 'iframe', 'svg', 'object', 'form', 'meta', 'base', 'kpiCard']) {
    const element = new Y.XmlElement(name)
    element.setAttribute('src', 'https://evil.test')
    element.setAttribute('onload', 'alert(1)')
    element.insert(0, [new Y.XmlText('alert(1)')])
    root.insert(root.length, [element])
  }
  const heading = new Y.XmlElement<Record<string, Json>>('heading')
  heading.setAttribute('level', 99)
  heading.setAttribute('id', attribute)
  heading.insert(0, [new Y.XmlText('loud')])
  const image = new Y.XmlElement('image')
  for (const name of ['fileId', 'src', 'alt', 'width'])
    image.setAttribute(name, name === 'alt' ? attribute : 'http://127.0.0.1:5432/"><script>')
  const code = new Y.XmlElement('codeBlock')
  code.setAttribute('language', '"><script>alert(1)</script>')
  code.insert(0, [new Y.XmlText('```\n<script>alert(1)</script>\n~~~')])
  const callout = new Y.XmlElement('callout')
  callout.setAttribute('kind', attribute)
  callout.insert(0, [line(['mind'])])
  const table = new Y.XmlElement('table')
  const row = new Y.XmlElement('tableRow')
  const cell = new Y.XmlElement<Record<string, Json>>('tableCell')
  cell.setAttribute('colspan', 1e9)
  cell.setAttribute('align', attribute)
  cell.setAttribute('style', 'background:url(https://evil.test)')
  table.insert(0, [row])
  row.insert(0, [cell as Y.XmlElement])
  cell.insert(0, [line(['=1+1'])])
  const item = new Y.XmlElement<Record<string, Json>>('item')
  const given = {
    id: itemIdOf(1),
    kind: 'factor',
    code: '<b>F1',
    area: attribute,
    confidence: '<script>',
    validUntil: 'javascript:alert(1)',
    extra: [[attribute, attribute]],
  }
  for (const [name, value] of Object.entries(given)) item.setAttribute(name, value)
  const part = new Y.XmlElement('itemPart')
  part.setAttribute('name', attribute)
  part.setAttribute('lang', attribute)
  part.insert(0, [new Y.XmlText('<img src=x onerror=alert(1)>')])
  item.insert(0, [part])
  root.insert(root.length, [heading, image, code, callout, table, item] as Y.XmlElement[])
  root.insert(root.length, [new Y.XmlText('<i onclick=alert(1)>root text</i>')])
  return doc
}

const threads: ThreadForExport[] = [
  {
    id: `thr_${'0'.repeat(26)}`,
    anchor: { kind: 'words', root: 'situation', quote: words.join(' ').slice(0, 280) },
    resolved: true,
    outcome: 'watch',
    reason: words[0] ?? '',
    until: '2027-01-01',
    measure: words[1] ?? '',
    onDeletedText: true,
    comments: [
      {
        author: words[1] ?? '',
        at: 0,
        editedAt: null,
        text: words.join('\n'),
        reactions: [{ reaction: 'yes', by: [words[1] ?? ''] }],
      },
    ],
  },
]

function exported(doc: Y.Doc): ExportedStrategy {
  return {
    title: words[0] ?? '',
    language: 'en',
    at: Date.UTC(2026, 7, 14),
    ...readContent(Y.encodeStateAsUpdate(doc)),
    properties: [[words[1] ?? '', words[6] ?? '']],
    threads,
    pictures: new Map(),
  }
}

/** Reads HTML as a browser does, as far as tags and attributes go, and says what is wrong with it. */
function wrongIn(html: string, { style = false } = {}): string[] {
  const wrong: string[] = []
  for (const [tag, close, name = '', rest = ''] of html.matchAll(
    /<(\/?)([a-zA-Z!][^\s/>]*)((?:"[^"]*"|'[^']*'|[^"'>])*)>/g,
  )) {
    if (close) continue
    if (
      !TAGS.has(name.toLowerCase()) &&
      !(style && ['style', '!doctype', 'html', 'head', 'body', 'meta', 'title'].includes(name.toLowerCase()))
    )
      wrong.push(tag)
    for (const [, attr = '', , value = ''] of rest.matchAll(/([^\s=/"']+)(\s*=\s*"([^"]*)")?/g)) {
      const key = attr.toLowerCase()
      if (key.startsWith('on') || key === 'srcdoc' || key === 'style' || key === 'formaction') wrong.push(tag)
      if (
        (key === 'href' || key === 'src') &&
        !/^(?:https?:\/\/[^\s]+$|mailto:|#|\/files\/|data:image\/(?:png|jpeg|gif|webp);base64,)/.test(value)
      )
        wrong.push(tag)
    }
  }
  return wrong
}

const TAGS = new Set(
  (
    'a abbr article aside b blockquote br button code dd del details div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img ins li mark nav ol p pre q s section small span strong ' +
    'sub summary sup table tbody td th thead time tr u ul input label'
  ).split(' '),
)

const labels: Labels = {
  kind: (kind) => String(kind),
  part: (name) => String(name),
  field: (name) => name,
  value: (_, value) => (typeof value === 'string' ? value : JSON.stringify(value)),
  form: ({ after }) => String(after),
  nothing: () => '-',
}

test('the oracle notices what it is there for', () => {
  for (const bad of [
    '<script>',
    '<p onclick="x">',
    '<a href="javascript:x">',
    '<img src="http://x y">',
    '<p style="x">',
  ])
    expect(wrongIn(bad), bad).not.toEqual([])
  expect(wrongIn('<p><a href="https://example.com/a" rel="x">y</a></p>')).toEqual([])
})

test('S6: nothing written past the editor runs in the page', () => {
  const doc = hostile()
  for (const root of TEXT_ROOTS) expect(wrongIn(renderHtml(doc.getXmlFragment(root)))).toEqual([])
})

test('S6: nor in a comparison of versions, added, taken out, side by side or unchanged', () => {
  const doc = hostile()
  const empty = new Y.Doc()
  const hands = handsOf(
    { wrote: () => ({ userId: attribute as `usr_${string}`, at: 0 }), tookAway: () => null },
    null,
  )
  for (const [before, after] of [
    [empty, doc],
    [doc, empty],
    [doc, doc],
  ] as const) {
    const { chapters } = viewDiff(diffStrategies(before, after), hands, labels)
    const html = chapters.flatMap(({ passages }) =>
      passages.flatMap((passage) =>
        passage.kind === 'changed' ? [passage.html, passage.before, passage.after] : [passage.html],
      ),
    )
    expect(html.flatMap((one) => wrongIn(one.replaceAll(/data-who="[^"]*"/g, '')))).toEqual([])
  }
})

test('S6: nor in the share page, the printed page and the HTML file', () => {
  const strategy = exported(hostile())
  expect(wrongIn(articleHtml(strategy, { words: plainWords }))).toEqual([])
  const file = writeHtml(strategy, { words: plainWords })
  expect(wrongIn(file, { style: true })).toEqual([])
  expect(file).toContain("default-src 'none'")
  expect(file.match(/<style>/g)).toHaveLength(1)
})

test('S6: Markdown reads back as the same words, with no link, picture or HTML in it', () => {
  const doc = hostile()
  const text = writeMarkdown(doc, { title: words[0] ?? '', language: 'en' })
  const read = readMarkdown(text)
  if (!read.ok) throw new Error('our own file can be read')
  const nodes = JSON.stringify(read.strategy.chapters)
  for (const line of words.filter((one) => !one.startsWith('\u202e')))
    expect(nodes).toContain(JSON.stringify(line).slice(1, -1))
  expect(nodes).not.toMatch(/"type":"(?:link|image)"/)
  // What another reader of Markdown would make of it: no HTML begins outside of code.
  const outside = text.replaceAll(/^(`{3,}|~{3,})[\s\S]*?^\1/gm, '')
  expect(outside).not.toMatch(/(?<!\\)<(?:script|img|svg|iframe|style|a |i )/i)
})

test('S6: a Word document has no field, no address and no part of anybody else', async () => {
  const files = unzipSync(await writeDocx(exported(hostile()), plainWords))
  for (const [name, bytes] of Object.entries(files)) {
    expect(name).toMatch(
      /^(?:\[Content_Types\]\.xml|_rels\/\.rels|docProps\/\w+\.xml|word\/[\w/.]+\.(?:xml|rels))$/,
    )
    const xml = strFromU8(bytes)
    expect(xml).not.toMatch(/Target="(?!https?:|mailto:|[\w/.]+")/)
    expect(xml).not.toMatch(/TargetMode="External"/)
    expect(xml).not.toMatch(/<w:fldSimple|<o:OLEObject|<w:object|<w:altChunk|attachedTemplate/)
    if (name === 'word/document.xml' || name === 'word/comments.xml')
      expect(xml).not.toContain('<w:instrText')
  }
})

test('S6: JSON takes all of it along as words, and what comes in again is as inert', () => {
  const read = readJson(writeJson(exported(hostile())))
  const nodes = JSON.stringify(read.chapters)
  expect(nodes).not.toMatch(/"(?:onclick|onload|onmouseover|style|srcdoc)"/)
  expect(nodes).not.toMatch(/"type":"(?:script|iframe|svg|object|form|meta|base|kpiCard|textStyle)"/)
  for (const line of words) expect(nodes).toContain(JSON.stringify(line).slice(1, -1))
  const again = articleHtml({ ...exported(hostile()), chapters: read.chapters }, { words: plainWords })
  expect(wrongIn(again)).toEqual([])
})
