import { writeHtml } from '@/lib/document/export-html/write'
import { writeJson } from '@/lib/document/export-json/write'
import type { ExportedStrategy } from '@/lib/document/exported'
import { readMarkdown } from '@/lib/document/markdown/read'
import { exportWords } from '@/lib/queries/export-words'
import { openExchange } from '@/lib/server/exchange/open'
import { type Figure, median } from './figures'
import { largeMarkdown } from './house'

const TIMES = 3

/** The strategy of 100,000 characters out of the house and in again, threads and browser included. */
export async function exchange(): Promise<Figure[]> {
  const read = readMarkdown(largeMarkdown())
  if (!read.ok) throw new Error('the long strategy can be read')
  const strategy: ExportedStrategy = {
    title: read.strategy.title,
    language: 'en',
    at: Date.UTC(2026, 7, 14),
    properties: read.strategy.properties,
    chapters: read.strategy.chapters,
    threads: [],
    pictures: new Map(),
  }
  const house = openExchange()
  const html = writeHtml(strategy, { words: exportWords('en', strategy.at, 'UTC') })
  const docx = await house.docx(strategy, 'UTC')
  const json = new TextEncoder().encode(writeJson(strategy))
  const figures: Figure[] = [
    { name: 'write as Word', unit: 'ms', value: await took(() => house.docx(strategy, 'UTC')), aim: 3_000 },
    { name: 'size as Word', unit: 'KB', value: docx.byteLength / 1024 },
    {
      name: 'read from Word',
      unit: 'ms',
      value: await took(() => house.read({ name: 'x.docx', bytes: docx })),
      aim: 5_000,
    },
    {
      name: 'read from JSON',
      unit: 'ms',
      value: await took(() => house.read({ name: 'x.json', bytes: json })),
      aim: 2_000,
    },
    {
      name: 'write as HTML',
      unit: 'ms',
      value: await took(async () => writeHtml(strategy, { words: exportWords('en', strategy.at, 'UTC') })),
      aim: 200,
    },
  ]
  if (await house.printsPdf()) {
    const pdf = await house.pdf(html)
    figures.push(
      { name: 'print as PDF', unit: 'ms', value: await took(() => house.pdf(html)), aim: 10_000 },
      { name: 'size as PDF', unit: 'KB', value: pdf.byteLength / 1024 },
    )
  }
  return figures
}

async function took(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < TIMES; i++) {
    const before = performance.now()
    await work()
    times.push(performance.now() - before)
  }
  return median(times)
}
