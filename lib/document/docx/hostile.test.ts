import { crc32, deflateRawSync } from 'node:zlib'
import { strFromU8, unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { Refusal } from '@/lib/domain/refusal'
import { documentFromMarkdown } from '../build'
import { writeHtml } from '../export-html/write'
import type { ExportedStrategy } from '../exported'
import { readMarkdown } from '../markdown/read'
import { writeMarkdown } from '../markdown/write'
import { readFile } from '../read-any'
import { exportedSample, plainWords } from '../testing/exported-sample'
import { readDocx } from './read'
import { writeDocx } from './write'

interface Part {
  readonly name: string
  readonly data: Uint8Array | string
  /** What the directory says instead of the truth. */
  readonly size?: number
  readonly flags?: number
  readonly mode?: number
}

/** An archive written by hand, so that it can lie. */
function archive(parts: readonly Part[]): Uint8Array {
  const local: Buffer[] = []
  const central: Buffer[] = []
  let at = 0
  for (const { name, data, size, flags = 0, mode = 0 } of parts) {
    const bytes = typeof data === 'string' ? Buffer.from(data) : Buffer.from(data)
    const packed = deflateRawSync(bytes)
    const title = Buffer.from(name)
    const said = size ?? bytes.byteLength
    const head = Buffer.alloc(30)
    head.writeUInt32LE(0x04034b50, 0)
    head.writeUInt16LE(20, 4)
    head.writeUInt16LE(flags, 6)
    head.writeUInt16LE(8, 8)
    head.writeUInt32LE(crc32(bytes), 14)
    head.writeUInt32LE(packed.byteLength, 18)
    head.writeUInt32LE(said, 22)
    head.writeUInt16LE(title.byteLength, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE((3 << 8) | 20, 4)
    entry.writeUInt16LE(flags, 8)
    entry.writeUInt16LE(8, 10)
    entry.writeUInt32LE(crc32(bytes), 16)
    entry.writeUInt32LE(packed.byteLength, 20)
    entry.writeUInt32LE(said, 24)
    entry.writeUInt16LE(title.byteLength, 28)
    entry.writeUInt32LE((mode << 16) >>> 0, 38)
    entry.writeUInt32LE(at, 42)
    local.push(head, title, packed)
    central.push(entry, title)
    at += 30 + title.byteLength + packed.byteLength
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(directory.byteLength, 12)
  end.writeUInt32LE(at, 16)
  return new Uint8Array(Buffer.concat([...local, directory, end]))
}

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
const main = (body: string, prolog = '') =>
  `<?xml version="1.0"?>${prolog}<w:document ${W}><w:body>${body}</w:body></w:document>`
const types = { name: '[Content_Types].xml', data: '<Types/>' }
const paper = (body: string, ...more: Part[]) =>
  archive([types, { name: 'word/document.xml', data: main(body) }, ...more])
const word = (text: string) => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`

function refused(bytes: Uint8Array, name = 'x.docx'): string {
  const before = performance.now()
  let answer = 'read'
  try {
    readFile({ name, bytes })
  } catch (error) {
    answer = error instanceof Refusal ? error.code : `threw ${error}`
  }
  expect(performance.now() - before).toBeLessThan(2_000)
  return answer
}

test('an honest archive made the same way is read', () => {
  expect(JSON.stringify(readDocx(paper(word('hello'))).chapters)).toContain('hello')
})

test.each<[string, Uint8Array, string]>([
  [
    'a gigabyte in a megabyte',
    paper('', { name: 'word/media/a.bin', data: Buffer.alloc(60_000_000) }),
    'archive_too_large',
  ],
  [
    'a part that packs to less than a hundredth',
    paper('', { name: 'word/media/a.bin', data: Buffer.alloc(4_000_000) }),
    'archive_too_large',
  ],
  [
    'a part that says it is smaller than it is',
    archive([types, { name: 'word/document.xml', data: Buffer.alloc(200_000, 'a'), size: 1000 }]),
    'archive_too_large',
  ],
  [
    'a part that says it is larger than it is',
    archive([types, { name: 'word/document.xml', data: main(word('x')), size: 90_000 }]),
    'import_unreadable',
  ],
  [
    '2,001 parts',
    archive([types, ...Array.from({ length: 2_000 }, (_, i) => ({ name: `p${i}`, data: '' }))]),
    'archive_too_large',
  ],
  ['a name that leads elsewhere', paper('', { name: 'word/../../x', data: '' }), 'import_unreadable'],
  ['a name from the root', paper('', { name: '/etc/x', data: '' }), 'import_unreadable'],
  ['the same name twice', paper('', types), 'import_unreadable'],
  ['a symbolic link', paper('', { name: 'word/l', data: '/etc/passwd', mode: 0xa1ff }), 'import_unreadable'],
  ['a locked part', paper('', { name: 'word/l', data: 'x', flags: 1 }), 'import_unreadable'],
  [
    'a document type',
    archive([
      types,
      {
        name: 'word/document.xml',
        data: main(word('&x;'), '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
      },
    ]),
    'unsafe_xml',
  ],
  [
    'a billion laughs',
    archive([
      types,
      {
        name: 'word/document.xml',
        data: main(word('&b;'), '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'),
      },
    ]),
    'unsafe_xml',
  ],
  [
    'an entity nobody defined',
    archive([types, { name: 'word/document.xml', data: main(word('&x;')) }]),
    'import_unreadable',
  ],
  [
    'a document type in the styles',
    paper(word('x'), { name: 'word/styles.xml', data: '<!DOCTYPE a><w:styles/>' }),
    'unsafe_xml',
  ],
  [
    'elements a thousand deep',
    archive([
      types,
      { name: 'word/document.xml', data: main('<w:sdt>'.repeat(1000) + '</w:sdt>'.repeat(1000)) },
    ]),
    'archive_too_large',
  ],
  ['no XML at all', archive([types, { name: 'word/document.xml', data: 'PNG' }]), 'import_unreadable'],
  ['a spreadsheet', archive([types, { name: 'xl/workbook.xml', data: '<x/>' }]), 'wrong_type'],
  ['a picture', Buffer.from('\x89PNG\r\n\x1a\n0000000000000000000000', 'latin1'), 'wrong_type'],
  ['nothing', new Uint8Array(), 'wrong_type'],
  ['the first half of an archive', paper(word('x')).slice(0, 120), 'import_unreadable'],
])('%s is refused', (_, bytes, code) => {
  expect(refused(bytes)).toBe(code)
})

test('a name says nothing about what a file is', () => {
  const docx = paper(word('x'))
  const png = Buffer.from('\x89PNG\r\n\x1a\n\0\0\0', 'latin1')
  expect([
    refused(docx, 'x.md'),
    refused(docx, 'x.json'),
    refused(png, 'x.md'),
    refused(docx, 'x.exe'),
    refused(docx, 'x'),
  ]).toEqual(Array(5).fill('wrong_type'))
})

test('a comment that answers itself, a style based on itself, a list nobody defined', () => {
  const comments = `<w:comments ${W} xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w:comment w:id="1" w:author="A"><w:p w14:paraId="1"><w:r><w:t>one</w:t></w:r></w:p></w:comment><w:comment w:id="2" w:author="B"><w:p w14:paraId="2"><w:r><w:t>two</w:t></w:r></w:p></w:comment></w:comments>`
  const extended =
    '<w15:commentsEx xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"><w15:commentEx w15:paraId="1" w15:paraIdParent="2"/><w15:commentEx w15:paraId="2" w15:paraIdParent="1"/></w15:commentsEx>'
  const styles = `<w:styles ${W}><w:style w:styleId="A"><w:basedOn w:val="B"/></w:style><w:style w:styleId="B"><w:basedOn w:val="A"/></w:style></w:styles>`
  const body = `<w:p><w:pPr><w:pStyle w:val="A"/><w:numPr><w:ilvl w:val="99"/><w:numId w:val="7"/></w:numPr></w:pPr><w:commentRangeStart w:id="1"/><w:r><w:t>words</w:t></w:r><w:commentRangeEnd w:id="1"/></w:p>`
  const read = readDocx(
    paper(
      body,
      { name: 'word/comments.xml', data: comments },
      { name: 'word/commentsExtended.xml', data: extended },
      { name: 'word/styles.xml', data: styles },
    ),
  )
  expect(read.threads.flatMap((thread) => thread.comments.map(({ text }) => text)).sort()).toEqual([
    'one',
    'two',
  ])
  expect(JSON.stringify(read.chapters.preface)).toContain('bulletList')
})

test('Word’s own ways: tracked changes, links by field, merged cells, footnotes, tables of contents', () => {
  const body = [
    '<w:p><w:r><w:t xml:space="preserve">We </w:t></w:r><w:del><w:r><w:delText>sell</w:delText></w:r></w:del><w:ins><w:r><w:t>run</w:t></w:r></w:ins></w:p>',
    '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://example.com/" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>there</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>',
    '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "javascript:alert(1)" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>nowhere</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>',
    '<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>tall</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:tr></w:tbl>',
  ].join('')
  const { chapters, notes } = readDocx(paper(body))
  const [changed, link, dead, table] = chapters.preface
  expect(JSON.stringify(changed)).toContain('We run')
  expect(link?.content?.[0]?.marks).toEqual([{ type: 'link', attrs: { href: 'https://example.com/' } }])
  expect(dead?.content?.[0]).toEqual({ type: 'text', text: 'nowhere' })
  expect(table?.content?.[0]?.content?.[0]?.attrs).toMatchObject({ rowspan: 2, colspan: 1 })
  expect(table?.content?.[1]?.content).toHaveLength(1)
  expect(new Set(notes.map(({ code }) => code))).toEqual(
    new Set(['change_accepted', 'change_rejected', 'chapter_missing']),
  )
})

const nasty = [
  '=HYPERLINK("http://evil.example","x")',
  '+1+1',
  '-2',
  '@SUM(1)',
  '{ INCLUDETEXT "file:///etc/passwd" }',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '[x](javascript:alert(1)) ![y](http://evil.example/p.png)',
  '</style></w:t></w:r><w:instrText>',
  'control \u0000\u0007\u000b end, lone \ud800 half, noncharacter \uffff',
  '| a | b |',
  '**P1 Not an item.** at all',
  '# no heading',
  '- no list',
  '&lt;b&gt; &amp;',
]

function nastyStrategy(): ExportedStrategy {
  const base = exportedSample('smart-tourism', 'en')
  const lines = nasty.map((text) => ({
    type: 'paragraph',
    content: [{ type: 'text', text, marks: [{ type: 'link', attrs: { href: 'javascript:alert(1)' } }] }],
  }))
  const table = {
    type: 'table',
    content: [
      {
        type: 'tableRow',
        content: nasty.slice(0, 4).map((text) => ({
          type: 'tableCell',
          attrs: { colspan: 1, rowspan: 9 },
          content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
        })),
      },
    ],
  }
  return {
    ...base,
    title: nasty[8] ?? '',
    properties: [['=cmd|x', nasty[6] ?? '']],
    chapters: {
      ...base.chapters,
      preface: [...lines, table, { type: 'image', attrs: { fileId: '"><script>', alt: nasty[6] ?? '' } }],
    },
    threads: base.threads.map((thread) => ({
      ...thread,
      comments: thread.comments.map((one) => ({ ...one, author: nasty[6] ?? '', text: nasty.join('\n') })),
    })),
  }
}

test('nothing somebody typed becomes a field, a part or an address of a Word document', async () => {
  const files = unzipSync(await writeDocx(nastyStrategy(), plainWords))
  const xml = (name: string) => strFromU8(files[name] ?? new Uint8Array())
  // The only fields are the page numbers; they stand in the footer.
  expect(xml('word/document.xml')).not.toContain('<w:instrText')
  expect(xml('word/document.xml')).not.toContain('<w:fldSimple')
  for (const name of Object.keys(files)) {
    if (!/\.(xml|rels)$/.test(name)) continue
    expect(xml(name)).not.toMatch(/Target="(?!https?:|mailto:|[\w/.]+")/)
    expect(xml(name)).not.toContain('javascript:alert(1)"')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(xml(name)).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/)
  }
  const back = readDocx(await writeDocx(nastyStrategy(), plainWords))
  const text = JSON.stringify(back.chapters.preface)
  for (const line of nasty.filter((one) => !one.startsWith('control')))
    expect(text).toContain(JSON.stringify(line).slice(1, -1))
  expect(text).not.toContain('"link"')
})

test('nothing somebody typed runs, loads or styles anything in HTML', () => {
  const html = writeHtml(nastyStrategy(), { words: plainWords })
  expect(html).not.toMatch(/<script|<img|<iframe|<object|<link|<base|<form|javascript:alert\(1\)"|url\(/i)
  expect(html).not.toMatch(/<[^>]*\son\w+=/i)
  expect(html.match(/<style>/g)).toHaveLength(1)
  expect(html.match(/<\/style>/g)).toHaveLength(1)
  expect(html).toContain("default-src 'none'")
})

test('nothing somebody typed becomes markup in Markdown', () => {
  const { chapters, title } = nastyStrategy()
  const typed = chapters.preface.slice(0, nasty.length).map((node) => ({
    ...node,
    content: (node.content ?? []).map(({ type, text }) => ({
      type,
      text: (text ?? '').replace(/[\p{Cc}\p{Cs}\uffff]/gu, ''),
    })),
  }))
  const doc = new Y.Doc()
  Y.applyUpdate(doc, documentFromMarkdown({ chapters: { ...chapters, preface: typed }, properties: [] }))
  const read = readMarkdown(writeMarkdown(doc, { title, language: 'en' }))
  if (!read.ok) throw new Error('our own file can be read')
  expect(read.strategy.title).toBe(title)
  expect(read.strategy.chapters.preface).toEqual(typed)
})
