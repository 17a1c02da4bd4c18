import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { afterAll, expect, test } from 'vitest'
import { exportedSample } from '@/lib/document/testing/exported-sample'
import { Refusal } from '@/lib/domain/refusal'
import { openExchange } from './open'
import { openPrinter } from './pdf'

const folder = mkdtempSync(join(tmpdir(), 'throughline-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function code(work: Promise<unknown>): Promise<string> {
  try {
    await work
    return 'done'
  } catch (error) {
    return error instanceof Refusal ? error.code : `threw ${error}`
  }
}

test('a thread writes a Word document and reads it back; one that cannot be read is refused from there', async () => {
  const exchange = openExchange(openPrinter(null))
  const bytes = await exchange.docx(exportedSample('smart-tourism', 'zh'), 'Asia/Shanghai')
  expect((await exchange.read({ name: 'x.docx', bytes })).threads).toHaveLength(4)
  expect(await code(exchange.read({ name: 'x.docx', bytes: bytes.slice(0, 999) }))).toBe('import_unreadable')
  expect(await code(exchange.pdf('<p>x'))).toBe('pdf_unavailable')
  expect(await exchange.printsPdf()).toBe(false)
}, 60_000)

test('whoever reads a large file holds up nobody', async () => {
  const exchange = openExchange(openPrinter(null))
  const delay = monitorEventLoopDelay({ resolution: 5 })
  const text = `# x\n\n${'- **P1 A pain.** It hurts [here](https://example.com) and *there*.\n  - Felt by: S1\n'.repeat(300)}`
  delay.enable()
  const read = await exchange.read({ name: 'x.md', bytes: new TextEncoder().encode(text) })
  delay.disable()
  expect(read.chapters.preface.length).toBeGreaterThan(100)
  // The rest of a busy machine is in this number, too; a reading on this thread would be seconds.
  expect(delay.percentile(99) / 1e6).toBeLessThan(1_000)
}, 60_000)

/** A browser for tests: a script that does what `body` says, `$OUT` being the PDF it should write. */
function browser(name: string, body: string): string {
  const path = join(folder, name)
  writeFileSync(
    path,
    `#!/bin/sh\nif [ "$1" = --version ]; then echo Chromium 1.0; exit 0; fi\nfor a in "$@"; do case "$a" in --print-to-pdf=*) OUT="\${a#--print-to-pdf=}";; esac; done\n${body}\n`,
  )
  chmodSync(path, 0o755)
  chmodSync(folder, 0o777)
  return path
}

test('the browser gets a page and nothing of ours, one at a time, and leaves nothing behind', async () => {
  const log = join(folder, 'log')
  writeFileSync(log, '')
  chmodSync(log, 0o666)
  const path = browser(
    'honest',
    `echo begin >> ${log}; env | sed 's/=.*//' | sort | tr '\\n' ' ' > ${log}.env; sleep 0.2; echo PDF > "$OUT"; echo end >> ${log}`,
  )
  const printer = openPrinter(path)
  process.env.AUTH_SECRET = 'not for a browser'
  const before = readdirSync(tmpdir()).filter((name) => name.startsWith('throughline-print-')).length
  const pdfs = await Promise.all([printer.print('<p>1'), printer.print('<p>2')])
  delete process.env.AUTH_SECRET
  expect(pdfs.map((pdf) => Buffer.from(pdf).toString())).toEqual(['PDF\n', 'PDF\n'])
  expect(readFileSync(log, 'utf8')).toBe('begin\nend\nbegin\nend\n')
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith('throughline-print-'))).toHaveLength(before)
})

test('a browser that hangs is ended with all it began, one that fails is refused', async () => {
  const mark = join(folder, 'late')
  const hangs = openPrinter(browser('hangs', `(sleep 1; echo late > ${mark}) & sleep 60`), 300)
  expect(await code(hangs.print('<p>x'))).toBe('pdf_unavailable')
  expect(await code(openPrinter(browser('fails', 'exit 3')).print('<p>x'))).toBe('pdf_unavailable')
  expect(await code(openPrinter(browser('writes-nothing', 'exit 0')).print('<p>x'))).toBe('pdf_unavailable')
  expect(await code(openPrinter(join(folder, 'none')).print('<p>x'))).toBe('pdf_unavailable')
})
