import { expect, test } from 'vitest'
import { openArchive } from '../docx/zip'
import { readMarkdown } from '../markdown/read'
import { bullets, heading, paragraph, quote, table, text } from './nodes'
import type { Report } from './report'
import { writeReportDocx } from './write-docx'
import { writeReportHtml } from './write-html'
import { writeReportMarkdown } from './write-markdown'

const hostile = 'A <script>alert(1)</script> & *stars* | pipes'

const report: Report = {
  title: `Third-quarter review: ${hostile}`,
  language: 'en',
  properties: [['Led by', 'Ines _Okafor_']],
  sections: [
    {
      title: 'Plan',
      blocks: [
        heading('What it was for'),
        quote('For chains with 10 to 300 stores.'),
        paragraph(text('Adjust', 'bold'), ': ', hostile),
      ],
    },
    {
      title: 'Check',
      blocks: table(
        ['Measure', 'Target'],
        [
          ['Days | to go live', '14'],
          [hostile, '9 %'],
        ],
        [1],
      ),
    },
    {
      title: 'Why',
      blocks: bullets(['Crews were ready', [paragraph('Because'), ...bullets(['nobody counted'])]]),
    },
    { title: 'Empty', blocks: [] },
  ],
  made: 'Written out on 29 September 2026.',
}

test('Markdown: words stay words, tables stay tables', () => {
  const markdown = writeReportMarkdown(report)
  expect(markdown.split('\n')[0]).toContain('Third-quarter review')
  expect(markdown).not.toMatch(/(?<!\\)<script/)
  expect(markdown.match(/^## .*$/gm)).toEqual(['## Plan', '## Check', '## Why', '## Empty'])
  expect(markdown).toContain('> For chains with 10 to 300 stores.')
  expect(markdown).toMatch(/Days \\\| to go live/)
  expect(markdown).toMatch(/^- Crews were ready$/m)
  expect(markdown).toMatch(/^ {2}- nobody counted$/m)
  expect(markdown.trimEnd().endsWith('Written out on 29 September 2026.')).toBe(true)
  // The app's own reader finds the table again.
  const read = readMarkdown(markdown)
  expect(JSON.stringify(read)).toContain('"tableHeader"')
  expect(JSON.stringify(read)).toContain('Days | to go live')
})

test('HTML: everything escaped, nothing loaded, nothing run', () => {
  const html = writeReportHtml(report)
  expect(html).not.toContain('<script')
  expect(html).toContain('&lt;script&gt;')
  expect(html).toContain("default-src 'none'")
  expect(html).not.toMatch(/\b(?:src|href)=/)
  expect(html.match(/<h2>/g)).toHaveLength(4)
  expect(html).toContain('<strong>Adjust</strong>')
  expect(html).toMatch(/class="right">14/)
})

test('Word: headings, a table whose head repeats, the words as they are', async () => {
  const archive = openArchive(await writeReportDocx(report))
  const document = new TextDecoder().decode(archive.read('word/document.xml') ?? new Uint8Array())
  expect(document).toContain('w:val="Heading1"')
  expect(document).toContain('<w:tblHeader/>')
  expect(document).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  expect(document).toContain('Written out on 29 September 2026.')
  expect(document.match(/<w:tr[ >]/g)).toHaveLength(3)
})
