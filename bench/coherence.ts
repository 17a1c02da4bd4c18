import type { BrowserContext } from '@playwright/test'
import { strategyItems } from '@/db/schema'
import { acting, beside } from '@/e2e/support/boards'
import { type Team, team } from '@/e2e/support/people'
import { assumptionsOf } from '@/lib/domain/coherence/assumptions'
import { auditEffort } from '@/lib/domain/coherence/effort-audit'
import { trackGaps } from '@/lib/domain/coherence/gap-tracker'
import { graphOf, lineThrough } from '@/lib/domain/coherence/graph'
import { impactOf } from '@/lib/domain/coherence/impact'
import { matrixOf } from '@/lib/domain/coherence/matrix'
import { serve } from '@/lib/domain/serves'
import { must } from '@/lib/kit/assert'
import type { Id } from '@/lib/kit/ids'
import { newId } from '@/lib/kit/ids'
import { orderKeys } from '@/lib/kit/order-key'
import { largeWorld } from '@/lib/testing/large-world'
import { type Figure, median } from './figures'
import { type House, openHouse } from './house'

/** Milliseconds of processor time of the slowest of twenty runs: what a page would wait for. */
function slowest(work: () => unknown): number {
  let most = 0
  for (let run = 0; run < 20; run++) {
    const before = process.cpuUsage()
    work()
    const { user, system } = process.cpuUsage(before)
    most = Math.max(most, (user + system) / 1000)
  }
  return most
}

/** A strategy of 500 items and boards of 2,000 activities: what is read off them, and the pages that show it. */
export async function coherence(): Promise<Figure[]> {
  return [...reads(), ...(await pages())]
}

/** The pure reads: processor time of the slowest of 20. */
function reads(): Figure[] {
  const world = largeWorld(500, 2_000)
  const graph = graphOf(world, new Map())
  const segment = world.items.find(({ kind }) => kind === 'segment')
  const figure = (name: string, work: () => unknown): Figure => ({
    name,
    value: slowest(work),
    unit: 'ms',
    aim: 100,
  })
  return [
    figure('matrix', () => matrixOf(world)),
    figure('throughline graph', () => graphOf(world, new Map())),
    figure('line through a segment', () => lineThrough(graph, segment?.id ?? '')),
    figure('impact of a segment', () => (segment ? impactOf(world, segment.id) : null)),
    figure('gap tracker', () => trackGaps(world)),
    figure('effort audit', () => auditEffort(world)),
    figure('assumption ledger', () => assumptionsOf(world, '2026-09-30')),
  ]
}

const ITEMS = 500
const ACTIVITIES = 2_000
const ROUNDS = 5
/** Visits before that: a server that has just started compiles what it runs. */
const WARM = 4

/** First visits with an empty cache. */
async function pages(): Promise<Figure[]> {
  const house = await openHouse()
  try {
    const us = await team(house.browser)
    const focus = await fill(us, house.app.dataDir)
    const cookies = await us.owner.context.cookies()
    const at = `${us.workspace}/coherence`
    const figures: Figure[] = []
    for (const [name, path, awake] of [
      ['matrix', at, '.mxwrap[data-awake]'],
      ['throughline', `${at}?view=graph`, '.tl-frame[data-awake]'],
      ['throughline of one item', `${at}?view=graph&focus=${focus}`, '.tl-frame[data-awake]'],
      ['gaps', `${at}?view=gaps`, 'section.gap'],
    ] as const) {
      const visits: Visit[] = []
      for (let round = -WARM; round < ROUNDS; round++) {
        const one = await visit(house, cookies, path, awake)
        if (round >= 0) visits.push(one)
      }
      const of = (key: keyof Visit) => median(visits.map((one) => one[key]))
      figures.push(
        { name: `${name}: HTML, first byte`, value: of('firstByte'), unit: 'ms', aim: 150 },
        { name: `${name}: HTML, gzip`, value: of('html'), unit: 'KB' },
        { name: `${name}: script, gzip`, value: of('script'), unit: 'KB', aim: 200 },
        { name: `${name}: interactive`, value: of('interactive'), unit: 'ms', aim: 1_500 },
      )
    }
    return figures
  } finally {
    await house.close()
  }
}

/** Fields that coherence does not read. */
const others = {
  area: null,
  severity: null,
  frequency: null,
  fromDepartment: null,
  toDepartment: null,
  department: null,
}

/** Items and activities of the large world as rows of a workspace. Answers a pain to look at. */
async function fill(us: Team, dataDir: string): Promise<string> {
  const world = largeWorld(ITEMS, ACTIVITIES)
  return beside(async (store) => {
    const owner = await acting(store, us.owner, us.workspace)
    const { workspaceId, memberId } = owner.actor
    const workspace = must(await store.read.workspaces.find(workspaceId), 'it is theirs')
    const strategyId = must(workspace.currentStrategyId, 'it begins with one')
    const fresh = new Map(world.items.map(({ id }) => [id as string, newId('itm')]))
    const known = (id: string): Id<'itm'> => must(fresh.get(id), 'an item of the world')
    await store.database.insert(strategyItems).values(
      world.items.map((item) => ({
        strategyId,
        itemId: known(item.id),
        kind: item.kind,
        code: null,
        chapter: 'difficulties',
        position: item.position,
        title: `Of ${item.title.toLowerCase()}: what keeps a chain of ten stores from growing`,
        text: '',
        fields: { ...others, ...item.fields, feltBy: item.fields.feltBy.map(known) },
        details: { parts: [], written: {}, extra: [], behind: null },
        refs: item.refs.map(known),
        hash: item.id,
        seq: 0,
      })),
    )
    const boards = await store.read.boards.list(workspaceId)
    const columns = await store.read.boards.columns(boards.map(({ id }) => id))
    const places = orderKeys(ACTIVITIES)
    const now = new Date()
    await store.transact((tx) =>
      tx.activities.add(
        world.activities.map((activity, i) => {
          const board = must(boards[i % boards.length], 'five boards')
          const mine = columns.filter(({ boardId }) => boardId === board.id)
          return {
            id: newId('act'),
            workspaceId,
            boardId: board.id,
            columnId: must(mine[i % mine.length], 'five columns').id,
            place: must(places[i], 'a place for each'),
            title: `Activity ${i}: first store live in thirty days`,
            documentId: newId('doc'),
            ownerId: memberId,
            helpers: [],
            watchers: [],
            cycle: activity.cycle,
            start: null,
            due: activity.due,
            priority: null,
            effort: activity.effort,
            labels: [],
            serves: activity.serves.map((text) => {
              const [id = '', slot] = text.split('/')
              return slot === 'whom' || slot === 'problem' || slot === 'solution'
                ? serve(known(id), slot)
                : known(id)
            }),
            measures: [],
            checklist: [],
            halt: activity.halt,
            status: 'active' as const,
            revision: 1,
            createdBy: memberId,
            createdAt: now,
            updatedAt: now,
          }
        }),
      ),
    )
    return known(
      must(
        world.items.find(({ kind }) => kind === 'pain'),
        'there are pains',
      ).id,
    )
  }, dataDir)
}

interface Visit {
  readonly firstByte: number
  readonly html: number
  readonly script: number
  readonly interactive: number
}

async function visit(
  house: House,
  cookies: Awaited<ReturnType<BrowserContext['cookies']>>,
  path: string,
  awake: string,
): Promise<Visit> {
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
  await page.addInitScript((awake) => {
    const seen = { interactive: 0 }
    Object.assign(window, { bench: seen })
    const timer = setInterval(() => {
      if (!document.querySelector(awake)) return
      seen.interactive = performance.now()
      clearInterval(timer)
    }, 5)
  }, awake)
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
