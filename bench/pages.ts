import type { BrowserContext, Page } from '@playwright/test'
import { type Figure, median } from './figures'
import { type House, importLarge, openHouse, smallTeam } from './house'

const ROUNDS = 5

interface Visit {
  readonly firstByte: number
  /** First paint with text in it. */
  readonly text: number
  /** The first chapter accepts a keystroke. Zero on pages without an editor. */
  readonly editable: number
  /** Scripts as sent, with gzip: what every browser and proxy takes, and what the limits are about. */
  readonly script: number
  /** The same with Brotli, which a browser takes over https and from its own machine. */
  readonly brotli: number
}

/** First visits, with an empty cache: script sent, first byte, text, editable. */
export async function pages(): Promise<Figure[]> {
  const house = await openHouse()
  try {
    const us = await smallTeam(house)
    const large = await importLarge(us)
    const cookies = await us.owner.context.cookies()
    const figures: Figure[] = []
    const measure = async (name: string, path: string, editor: boolean, aims: Partial<Visit>) => {
      const visits: Visit[] = []
      for (let round = 0; round < ROUNDS; round++) {
        const zipped = await visit(house, cookies, path, editor, 'gzip')
        const own = await visit(house, cookies, path, editor)
        visits.push({ ...own, script: zipped.script, brotli: own.script })
      }
      const of = (key: keyof Visit) => median(visits.map((one) => one[key]))
      const figure = (what: string, key: keyof Visit, unit: Figure['unit']) => {
        const aim = aims[key]
        figures.push({ name: `${name}: ${what}`, value: of(key), unit, ...(aim !== undefined && { aim }) })
      }
      figure('script, gzip', 'script', 'KB')
      figure('script, Brotli', 'brotli', 'KB')
      figure('HTML, first byte', 'firstByte', 'ms')
      figure('text visible', 'text', 'ms')
      if (editor) figure('editable, empty cache', 'editable', 'ms')
    }
    await measure('sign-in', '/sign-in', false, { script: 150 })
    await measure('home', us.workspace, false, { script: 150 })
    await measure('list of strategies', `${us.workspace}/strategy`, false, { script: 150 })
    await measure('settings', `${us.workspace}/settings`, false, { script: 150 })
    await measure('departments', `${us.workspace}/settings/departments`, false, { script: 150 })
    await measure('members', `${us.workspace}/settings/members`, false, { script: 150 })
    await measure('all boards', `${us.workspace}/boards`, false, { script: 150 })
    await measure('measures', `${us.workspace}/measures`, false, { script: 150 })
    await measure('my work', `${us.workspace}/my-work`, false, { script: 150 })
    await measure('strategy', us.strategy, true, { script: 320, text: 300, editable: 1_000 })
    await measure('strategy of 100,000 characters', large, true, { script: 320, text: 300, editable: 1_500 })
    return figures
  } finally {
    await house.close()
  }
}

type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>

/** `takes`: the encoding the browser says it takes, if not those it says by itself. */
async function visit(
  house: House,
  cookies: Cookies,
  path: string,
  editor: boolean,
  takes?: string,
): Promise<Omit<Visit, 'brotli'>> {
  const context = await house.browser.newContext()
  // The sign-in page is for strangers.
  if (path !== '/sign-in') await context.addCookies(cookies)
  const page = await context.newPage()
  const script = await countScript(page, takes)
  await page.addInitScript(() => {
    const seen = { editable: 0 }
    Object.assign(window, { bench: seen })
    // No function here has a name: the compiler's helper for names does not exist in the page.
    new MutationObserver(() => {
      if (seen.editable > 0) return
      if (document.querySelector('[data-root="situation"] .text[contenteditable="true"]'))
        seen.editable = performance.now()
    }).observe(document, {
      subtree: true,
      childList: true,
      attributes: true,
      attributeFilter: ['contenteditable'],
    })
  })
  await page.goto(path)
  if (editor) await page.locator('main.page[data-phase="ready"]').waitFor()
  await page.waitForLoadState('networkidle')
  const times = await page.evaluate(() => {
    const [navigation] = performance.getEntriesByType('navigation')
    const paint = performance.getEntriesByName('first-contentful-paint')[0]
    const { bench } = window
    return {
      firstByte: navigation instanceof PerformanceNavigationTiming ? navigation.responseStart : Number.NaN,
      text: paint?.startTime ?? Number.NaN,
      editable: bench.editable,
    }
  })
  await context.close()
  return { ...times, script: script() / 1_000 }
}

/** Counts the bytes of scripts as they came over the wire. */
async function countScript(page: Page, takes?: string): Promise<() => number> {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  if (takes) await session.send('Network.setExtraHTTPHeaders', { headers: { 'accept-encoding': takes } })
  const scripts = new Set<string>()
  let bytes = 0
  session.on('Network.responseReceived', (event) => {
    if (event.type === 'Script') scripts.add(event.requestId)
  })
  session.on('Network.loadingFinished', (event) => {
    if (scripts.has(event.requestId)) bytes += event.encodedDataLength
  })
  return () => bytes
}
