import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, expect, test } from 'vitest'
import { countFile } from '../count-file'
import type { ThreadForExport } from '../exported'
import { exportedSample, plainWords } from '../testing/exported-sample'
import { readDocx } from './read'
import { writeDocx } from './write'
import { elements, readXml, type Xml } from './xml'

const folder = mkdtempSync(join(tmpdir(), 'throughline-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const has = (program: string) => {
  try {
    execFileSync('which', [program], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

const strategy = exportedSample('restaurant-saas', 'zh')

test('the package holds what Word needs: parts with types, threads by paragraph ids, cells with paragraphs, Chinese fonts', async () => {
  const files = unzipSync(await writeDocx(strategy, plainWords))
  const part = (name: string) => readXml(files[name] ?? new Uint8Array())
  const known = strFromU8(files['[Content_Types].xml'] ?? new Uint8Array())
  for (const name of Object.keys(files)) {
    const ending = name.split('.').at(-1)
    expect(known.includes(`PartName="/${name}"`) || known.includes(`Extension="${ending}"`), name).toBe(true)
  }
  // Every comment has a range and a reference in the text, and its place in the threads.
  const comments = elements(part('word/comments.xml'), 'w:comment')
  const said = strategy.threads.flatMap((thread) => thread.comments).length
  // One thread ended with an outcome, which is one comment more.
  expect(comments).toHaveLength(said + 1)
  const body = strFromU8(files['word/document.xml'] ?? new Uint8Array())
  for (const { attrs } of comments)
    for (const mark of ['commentRangeStart', 'commentRangeEnd', 'commentReference'])
      expect(body.split(`<w:${mark} w:id="${attrs['w:id']}"/>`), `${mark} ${attrs['w:id']}`).toHaveLength(2)
  const paragraphs = new Set(
    comments.flatMap((comment) => elements(comment, 'w:p').map((p) => p.attrs['w14:paraId'])),
  )
  const extended = elements(part('word/commentsExtended.xml'))
  expect(extended).toHaveLength(comments.length)
  for (const { attrs } of extended) {
    expect(paragraphs.has(attrs['w15:paraId'])).toBe(true)
    if (attrs['w15:paraIdParent']) expect(paragraphs.has(attrs['w15:paraIdParent'])).toBe(true)
    // Word reads ids as signed numbers and calls anything larger damaged.
    expect(Number.parseInt(attrs['w15:paraId'] ?? '', 16)).toBeLessThan(0x80000000)
  }
  const every = (node: Xml, see: (element: Xml) => void): void => {
    see(node)
    for (const child of elements(node)) every(child, see)
  }
  every(part('word/document.xml'), (element) => {
    if (element.name === 'w:tc') expect(elements(element).at(-1)?.name).toBe('w:p')
    if (element.name === 'w:tr') expect(elements(element, 'w:tc').length).toBeGreaterThan(0)
  })
  expect(strFromU8(files['word/styles.xml'] ?? new Uint8Array())).toContain('w:eastAsia="SimSun"')
})

async function office(to: string, outdir: string): Promise<void> {
  const profile = `-env:UserInstallation=file://${folder}/profile`
  const args = [profile, '--headless', '--convert-to', to, '--outdir', outdir, join(folder, 'x.docx')]
  await promisify(execFile)('soffice', args, { timeout: 150_000 })
}

// What another program makes of it; where none is installed, the test above stands for it.
test.runIf(has('soffice') && has('pdftotext'))(
  'LibreOffice opens it, prints its Chinese, and writes it again with every comment',
  async () => {
    writeFileSync(join(folder, 'x.docx'), await writeDocx(strategy, plainWords))
    await office('pdf', folder)
    execFileSync('pdftotext', ['-layout', join(folder, 'x.pdf'), join(folder, 'x.txt')])
    const text = readFileSync(join(folder, 'x.txt'), 'utf8').replace(/\s+/g, '')
    for (const words of ['形势', '重大困难', 'P1', '谁的痛', '指导方针', '连贯性活动'])
      expect(text).toContain(words)
    await office('docx:MS Word 2007 XML', join(folder, 'again'))
    const again = readDocx(new Uint8Array(readFileSync(join(folder, 'again', 'x.docx'))))
    // Which comment answers which is not written by every version of it; who said what, and what is resolved, is.
    const said = (all: readonly ThreadForExport[]) =>
      all.flatMap(({ resolved, comments }) => comments.map(({ author, text }) => [author, text, resolved]))
    expect(said(again.threads)).toEqual(expect.arrayContaining(said(strategy.threads)))
    expect(again.title).toBe(strategy.title)
    expect(countFile(again).items).toEqual(countFile(strategy).items)
  },
  300_000,
)
