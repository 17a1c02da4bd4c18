import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { chromium as launchOptions } from '@/e2e/support/chromium'
import { bundle } from '@/lib/tools/bundle.mjs'

// The device's copy in a real browser: two tabs, a closed tab, a deleted copy. What is written here is the program that
// runs in the page; `kept` is the module under test.

let folder: string
let server: Server
let browser: Browser
let context: BrowserContext
let address: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'throughline-indexeddb-'))
  const file = path.join(folder, 'kept.mjs')
  await bundle('lib/collab/client/indexeddb.ts', file, { packages: 'bundle' })
  const script = await readFile(file)
  server = createServer((request, response) => {
    if (request.url === '/kept.mjs')
      response.writeHead(200, { 'content-type': 'text/javascript' }).end(script)
    else response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>t</title>')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  browser = await chromium.launch(launchOptions())
})
afterAll(async () => {
  await browser?.close()
  await new Promise((resolve) => server.close(resolve))
  await rm(folder, { recursive: true, force: true })
})
beforeEach(async () => {
  context = await browser.newContext()
})
afterEach(() => context.close())

async function tab(): Promise<Page> {
  const page = await context.newPage()
  await page.goto(address)
  await page.evaluate(`(async () => {
    const kept = await import('/kept.mjs')
    window.forgetUser = kept.forgetUser
    window.open_ = (userId, room) => kept.openPersistence({ userId, room })
    window.copy = window.open_('ann', 'str_1')
    window.bytes = (...n) => Uint8Array.from(n)
    window.rows = async (of = window.copy) =>
      (await of.load()).map((row) => ({ bytes: [...row.bytes], unsent: row.unsent }))
    window.join = (updates) => Uint8Array.from(updates.flatMap((update) => [...update]))
  })()`)
  return page
}

it('CL2: what one tab wrote is there after it was closed, in order, with what is unsent', async () => {
  const first = await tab()
  await first.evaluate(`copy.append([{ bytes: bytes(1), unsent: 0 }, { bytes: bytes(2), unsent: 3 }])`)
  await first.close()
  const second = await tab()
  expect(await second.evaluate('rows()')).toEqual([
    { bytes: [1], unsent: 0 },
    { bytes: [2], unsent: 3 },
  ])
  await second.evaluate(`copy.load().then((all) => copy.markSent(all.map((row) => row.key)))`)
  expect(await second.evaluate('rows()')).toEqual([
    { bytes: [1], unsent: 0 },
    { bytes: [2], unsent: 0 },
  ])
})

it('CL2: two tabs write and compact at once, and no record is lost or doubled', async () => {
  const [one, two] = [await tab(), await tab()]
  const write = (n: number) => `(async () => {
    for (let i = 0; i < 120; i++) {
      await copy.append([{ bytes: bytes(${n}, i), unsent: i === 119 ? 1 : 0 }])
      if (i % 20 === 0) await copy.compact(join)
    }
    await copy.compact(join)
  })()`
  await Promise.all([one.evaluate(write(1)), two.evaluate(write(2))])
  await one.evaluate('copy.compact(join)')
  const rows = await two.evaluate<{ bytes: number[]; unsent: number }[]>('rows()')
  expect(rows.length).toBeLessThan(120)
  expect(rows.filter((row) => row.unsent > 0).length).toBe(2)
  const pairs = rows.flatMap((row) => row.bytes)
  const seen = new Map<number, number[]>([
    [1, []],
    [2, []],
  ])
  for (let i = 0; i < pairs.length; i += 2) seen.get(pairs[i] ?? 0)?.push(pairs[i + 1] ?? -1)
  for (const numbers of seen.values())
    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 120 }, (_, i) => i))
})

it('RV4: a copy is one user’s and one room’s; removing it, or all of a user’s, leaves the others', async () => {
  const page = await tab()
  await page.evaluate(`(async () => {
    await copy.append([{ bytes: bytes(1), unsent: 1 }])
    await open_('ann', 'str_2').append([{ bytes: bytes(2), unsent: 0 }])
    await open_('ben', 'str_1').append([{ bytes: bytes(3), unsent: 0 }])
    await copy.clear()
  })()`)
  const all = `Promise.all([['ann', 'str_1'], ['ann', 'str_2'], ['ben', 'str_1']].map(([u, r]) => rows(open_(u, r))))`
  const counts = async () => (await page.evaluate<unknown[][]>(all)).map((rows) => rows.length)
  expect(await counts()).toEqual([0, 1, 1])
  await page.evaluate(`forgetUser('ann')`)
  expect(await counts()).toEqual([0, 0, 1])
})

it('CL8: a browser without storage says no, and does not throw elsewhere', async () => {
  const page = await tab()
  const answer = await page.evaluate(`(async () => {
    Object.defineProperty(window, 'indexedDB', { value: undefined })
    return open_('ann', 'str_9').load().then(() => 'loaded', (error) => 'refused ' + (error instanceof Error))
  })()`)
  expect(answer).toBe('refused true')
})
