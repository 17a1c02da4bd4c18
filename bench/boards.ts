import type { BrowserContext, Page } from '@playwright/test'
import { acting, addCards, beside, boardPaths, cardOf, columnOf, openBoard } from '@/e2e/support/boards'
import { type Team, team } from '@/e2e/support/people'
import type { DepartmentKind } from '@/lib/domain/department'
import { must } from '@/lib/kit/assert'
import { type Figure, median, quantile } from './figures'
import { type House, openHouse } from './house'
import { processesBelow, processorTime } from './processes'
import { watch } from './watchers'

const ROUNDS = 5
const MOVES = 40
const WATCHERS = 50

/**
 * A board of 200, of 500 and of 2,000 cards: first visit, dragging, moving by key, a move in another browser, and what a
 * move costs the server while fifty look on.
 */
export async function boards(): Promise<Figure[]> {
  const house = await openHouse()
  try {
    const us = await team(house.browser)
    const peer = await us.join('Tomás Rivas', 'partner')
    const sizes: readonly (readonly [DepartmentKind, number])[] = [
      ['product', 200],
      ['marketing', 500],
      ['sales', 2_000],
    ]
    for (const [kind, n] of sizes) await addCards(us, kind, n, house.app.dataDir)
    const paths = boardPaths(us.workspace)
    const figures: Figure[] = []
    for (const [kind, n] of sizes) {
      const visits = await visited(house, us, paths[kind])
      const of = (key: keyof Visit) => median(visits.map((one) => one[key]))
      figures.push(
        { name: `${n} cards: HTML, first byte`, value: of('firstByte'), unit: 'ms' },
        { name: `${n} cards: HTML, gzip`, value: of('html'), unit: 'KB' },
        { name: `${n} cards: script until it rests, gzip`, value: of('script'), unit: 'KB', aim: 200 },
        { name: `${n} cards: first card answers a key`, value: of('interactive'), unit: 'ms', aim: 1_500 },
      )
    }
    for (const [kind, n] of [sizes[1], sizes[2]].flatMap((one) => (one ? [one] : []))) {
      await openBoard(us.owner.page, paths[kind])
      await openBoard(peer.page, paths[kind])
      await settled(us.owner.page)
      await settled(peer.page)
      const frames = await dragFrames(us.owner.page)
      const moved = await moves(us.owner.page, peer.page)
      figures.push(
        {
          name: `${n} cards: frame while dragging, p95`,
          value: quantile(frames, 0.95),
          unit: 'ms',
          aim: 16.7,
        },
        {
          name: `${n} cards: key to painted move, p95`,
          value: quantile(moved.own, 0.95),
          unit: 'ms',
          aim: 50,
        },
        {
          name: `${n} cards: move to the other browser, p50`,
          value: quantile(moved.peer, 0.5),
          unit: 'ms',
          aim: 60,
        },
        { name: `${n} cards: move to the other browser, p95`, value: quantile(moved.peer, 0.95), unit: 'ms' },
      )
    }
    figures.push(...(await watchedMoves(house, us, paths.product)))
    return figures
  } finally {
    await house.close()
  }
}

/** What the server's processes work for a move of a board of 200 cards, fifty pages listening. */
async function watchedMoves(house: House, us: Team, path: string): Promise<Figure[]> {
  const { page } = us.owner
  await openBoard(page, path)
  const watchers = await beside(async (store) => {
    const { workspaceId } = (await acting(store, us.owner, us.workspace)).actor
    const boards = await store.read.boards.list(workspaceId)
    const board = must(
      boards.find(({ kind }) => kind === 'product'),
      'the five departments',
    )
    // The two channels a browser on a board has.
    return watch(house.app, store, workspaceId, [board.id, workspaceId], WATCHERS)
  }, house.app.dataDir)
  await page.waitForTimeout(2_000)
  const { app, database } = processesBelow(house.app.pid)
  const before = { app: processorTime(app), database: processorTime(database) }
  const told = watchers.heard()
  await keyMoves(page)
  // Whatever is told after the answer belongs to the move as well.
  await page.waitForTimeout(500)
  const used = { app: processorTime(app) - before.app, database: processorTime(database) - before.database }
  const heard = watchers.heard() - told
  watchers.stop()
  return [
    {
      name: `200 cards, ${WATCHERS} watchers: processor time of the app per move`,
      value: used.app / MOVES,
      unit: 'ms',
    },
    {
      name: `200 cards, ${WATCHERS} watchers: processor time of the database per move`,
      value: used.database / MOVES,
      unit: 'ms',
    },
    { name: `200 cards, ${WATCHERS} watchers: events heard per move`, value: heard / MOVES, unit: 'count' },
  ]
}

interface Visit {
  readonly firstByte: number
  readonly html: number
  readonly script: number
  /** From the visit to the first card that answers a key pressed on it. */
  readonly interactive: number
}

/** First visits with an empty cache. */
async function visited(house: House, us: Team, path: string): Promise<Visit[]> {
  const cookies = await us.owner.context.cookies()
  const visits: Visit[] = []
  for (let round = 0; round < ROUNDS; round++) visits.push(await visit(house, cookies, path))
  return visits
}

type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>

async function visit(house: House, cookies: Cookies, path: string): Promise<Visit> {
  const context = await house.browser.newContext()
  await context.addCookies(cookies)
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.setExtraHTTPHeaders', { headers: { 'accept-encoding': 'gzip' } })
  const kinds = new Map<string, string>()
  const bytes: Record<string, number> = {}
  session.on('Network.responseReceived', ({ requestId, type }) => void kinds.set(requestId, type))
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId) ?? ''
    bytes[kind] = (bytes[kind] ?? 0) + encodedDataLength
  })
  await page.addInitScript(() => {
    const seen = { interactive: 0 }
    Object.assign(window, { bench: seen })
    // Chooses the first card by its key, again and again until it is chosen: then the page is in use.
    const timer = setInterval(() => {
      if (document.querySelector('.act[data-chosen]')) {
        seen.interactive = performance.now()
        clearInterval(timer)
        return
      }
      const link = document.querySelector<HTMLElement>('.act h3 a')
      if (!link) return
      link.focus()
      link.dispatchEvent(new KeyboardEvent('keydown', { key: 'x', bubbles: true, cancelable: true }))
    }, 10)
  })
  await page.goto(path)
  await page.waitForFunction(() => window.bench.interactive > 0)
  await page.waitForLoadState('networkidle')
  const times = await page.evaluate(() => {
    const [navigation] = performance.getEntriesByType('navigation')
    const { bench } = window
    return {
      firstByte: navigation instanceof PerformanceNavigationTiming ? navigation.responseStart : Number.NaN,
      interactive: bench.interactive,
    }
  })
  await context.close()
  return { ...times, html: (bytes.Document ?? 0) / 1_000, script: (bytes.Script ?? 0) / 1_000 }
}

/** Until nothing more is drawn or fetched: of long columns only what is near the screen is in the page. */
async function settled(page: Page): Promise<void> {
  await page.locator('.cols[data-draggable]').waitFor()
  await page.waitForLoadState('networkidle')
  // The compiler's helper for names of functions does not exist in the page.
  await page.evaluate('globalThis.__name = (made) => made')
}

/** The time between frames while a card is carried across the board and back. */
async function dragFrames(page: Page): Promise<number[]> {
  const from = must(await cardOf(page, 'Card 1').boundingBox(), 'it is on the page')
  await page.mouse.move(from.x + 40, from.y + 20)
  await page.mouse.down()
  await page.mouse.move(from.x + 60, from.y + 40, { steps: 4 })
  await page.locator('.ghost').waitFor()
  await page.evaluate(() => {
    const frames: number[] = []
    Object.assign(window, { drawn: frames })
    let before = performance.now()
    const tick = (now: number) => {
      frames.push(now - before)
      before = now
      requestAnimationFrame(tick)
    }
    requestAnimationFrame(tick)
  })
  for (let round = 0; round < 3; round++)
    for (const [x, y] of [
      [1_300, 500],
      [300, 400],
      [700, 600],
    ] as const)
      await page.mouse.move(x, y, { steps: 60 })
  const frames = await page.evaluate(() => window.drawn)
  await page.keyboard.press('Escape')
  await page.mouse.up()
  return frames.slice(2)
}

/** A card that is moved by key, here and in the other browser; both pages run on one machine's clock. */
async function moves(page: Page, peer: Page): Promise<{ own: number[]; peer: number[] }> {
  const watch = () => {
    const seen: number[] = []
    Object.assign(window, { seen })
    const find = () =>
      [...document.querySelectorAll('.col')].findIndex((one) =>
        [...one.querySelectorAll('.act h3 a')].some((link) => link.textContent === 'Card 2'),
      )
    let at = find()
    new MutationObserver(() => {
      const now = find()
      if (now < 0 || now === at) return
      at = now
      seen.push(performance.timeOrigin + performance.now())
    }).observe(document.querySelector('.cols') ?? document.body, { childList: true, subtree: true })
  }
  await peer.evaluate(watch)
  await page.evaluate(() => {
    const own: number[] = []
    const sent: number[] = []
    Object.assign(window, { own, sent })
    document.addEventListener(
      'keydown',
      (event) => {
        if (event.key !== 'Enter') return
        const at = performance.now()
        sent.push(performance.timeOrigin + at)
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel()
          port1.onmessage = () => own.push(performance.now() - at)
          port2.postMessage(null)
        })
      },
      true,
    )
  })
  await keyMoves(page, peer)
  const { own, sent } = await page.evaluate(() => {
    const { own, sent } = window
    return { own, sent }
  })
  const seen = await peer.evaluate(() => window.seen)
  return { own, peer: seen.map((at, i) => at - (sent[i] ?? at)) }
}

/** One card to and fro between two columns by key; each move is answered, and seen by the peer, before the next. */
async function keyMoves(page: Page, peer: Page = page): Promise<void> {
  await cardOf(page, 'Card 2').getByRole('link').first().focus()
  for (let i = 0; i < MOVES; i++) {
    await page.keyboard.press('m')
    await page.keyboard.press(i % 2 === 0 ? 'ArrowRight' : 'ArrowLeft')
    await page.keyboard.press('Enter')
    const kind = i % 2 === 0 ? 'doing' : 'planned'
    await columnOf(peer, kind).getByRole('link', { name: 'Card 2', exact: true }).waitFor()
    await page.waitForFunction(() => document.activeElement?.textContent === 'Card 2')
    await page.locator('.act[data-waiting]').waitFor({ state: 'detached' })
  }
}
