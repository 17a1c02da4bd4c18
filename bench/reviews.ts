import type { Page } from '@playwright/test'
import { openJournal } from '@/db/repositories/journal'
import type { Store } from '@/db/store'
import { awake } from '@/e2e/support/awake'
import { acting, beside } from '@/e2e/support/boards'
import type { Team } from '@/e2e/support/people'
import { createEngine } from '@/lib/collab'
import { changeMeasure } from '@/lib/commands/change-measure'
import type { Context } from '@/lib/commands/context'
import { openCycle } from '@/lib/commands/open-cycle'
import { prepareReview } from '@/lib/commands/prepare-review'
import { recordReadings } from '@/lib/commands/record-readings'
import { startReview } from '@/lib/commands/run-review'
import { cycleDays, cycleOf } from '@/lib/domain/cycle'
import { addDays } from '@/lib/domain/day-text'
import { must } from '@/lib/kit/assert'
import { newId } from '@/lib/kit/ids'
import { orderKeys } from '@/lib/kit/order-key'
import { makeAuthorizer } from '@/lib/server/socket/authorize'
import { documentLimits, documentRoots } from '@/lib/server/socket/documents'
import { type Figure, median, quantile } from './figures'
import { openHouse, smallTeam } from './house'
import { typeAt } from './keystrokes'

const ACTIVITIES = 2_000
const FINDINGS = 100
const MEASURES = 200
const ROUNDS = 5

/** A meeting over 2,000 activities with 100 findings and 200 measures: its page, typing in its notes, and closing it. */
export async function reviews(): Promise<Figure[]> {
  const house = await openHouse()
  try {
    const us = await smallTeam(house)
    const peer = await us.join('Tomás Rivas', 'manager')
    const path = await beside((store) => meeting(store, us), house.app.dataDir)
    const visits = []
    for (let round = 0; round <= ROUNDS; round++) visits.push(await visit(us.owner.page, path))
    // The first one pays for what the server has never read.
    const warm = visits.slice(1)

    await peer.page.goto(path)
    for (const page of [us.owner.page, peer.page])
      await page.locator('.notes .note[contenteditable="true"]').waitFor()
    const typed = await typeAt(us.owner.page, peer.page, '.notes .note')

    const { page, t } = us.owner
    await page
      .getByRole('button', { name: t('reviews.ui_close'), exact: true })
      .first()
      .click()
    await page.locator('.carries').waitFor()
    // From the click as the page hears it: before that, a driver looks for the button and scrolls to it.
    await page.evaluate(() => {
      performance.clearResourceTimings()
      addEventListener('click', (event) => performance.mark('closing', { startTime: event.timeStamp }), {
        capture: true,
        once: true,
      })
    })
    await page.getByRole('button', { name: t('reviews.ui_close_now') }).click()
    await page.locator('main.closed').waitFor()
    const { closing, shown } = await page.evaluate(() => {
      const clicked = performance.getEntriesByName('closing')[0]?.startTime ?? Number.NaN
      // The action; what is read again after it comes later.
      const answer = performance
        .getEntriesByType('resource')
        .find(
          (entry): entry is PerformanceResourceTiming =>
            entry instanceof PerformanceResourceTiming &&
            entry.initiatorType === 'fetch' &&
            entry.startTime >= clicked,
        )
      return { closing: (answer?.responseEnd ?? Number.NaN) - clicked, shown: performance.now() - clicked }
    })
    return [
      { name: 'page: first byte', value: median(warm.map((one) => one.firstByte)), unit: 'ms', aim: 150 },
      { name: 'page: takes a click', value: median(warm.map((one) => one.awake)), unit: 'ms', aim: 1_500 },
      { name: 'page: as sent', value: median(warm.map((one) => one.size)) / 1_000, unit: 'KB' },
      {
        name: "a keystroke in the notes on the other's page, p50",
        value: quantile(typed.peer, 0.5),
        unit: 'ms',
        aim: 40,
      },
      {
        name: "a keystroke in the notes on the other's page, p95",
        value: quantile(typed.peer, 0.95),
        unit: 'ms',
      },
      { name: 'closing, 1,600 activities carried over', value: closing, unit: 'ms', aim: 500 },
      { name: 'closing: the closed review on the screen', value: shown, unit: 'ms' },
    ]
  } finally {
    await house.close()
  }
}

async function visit(page: Page, path: string) {
  await page.goto(path)
  await awake(page)
  return page.evaluate(() => {
    const [navigation] = performance.getEntriesByType('navigation')
    const known = navigation instanceof PerformanceNavigationTiming ? navigation : null
    return {
      firstByte: known?.responseStart ?? Number.NaN,
      awake: performance.now(),
      size: known?.transferSize ?? Number.NaN,
    }
  })
}

/** Everything a large meeting is made of, written beside the app; nothing of it is told to a page. Answers its path. */
async function meeting(store: Store, us: Team): Promise<string> {
  const silent = await acting(store, us.owner, us.workspace)
  const engine = createEngine({
    store: openJournal(store.sql),
    authorizer: makeAuthorizer(store.sql),
    roots: documentRoots,
    limits: documentLimits,
    log: { info() {}, warn() {}, error() {} },
  })
  // What is sealed is read as it is committed.
  const owner: Context = {
    ...silent,
    live: {
      ...silent.live,
      readDocument: async (documentId) => (await engine.read(documentId)).update,
      read: (documentId) => engine.read(documentId),
      look: (documentId, work) => engine.look(documentId, work),
    },
  }
  const { workspaceId, memberId } = owner.actor
  const at = new Date()
  const cycle = cycleOf(at.toISOString().slice(0, 10), 1)
  const { first } = cycleDays(cycle, 1)
  const boards = await store.read.boards.list(workspaceId)
  const columns = await store.read.boards.columns(boards.map(({ id }) => id))
  const places = orderKeys(ACTIVITIES)
  await store.transact(async (tx) => {
    await tx.activities.add(
      places.map((place, i) => {
        const board = must(boards[i % boards.length], 'five boards')
        const mine = columns.filter(({ boardId }) => boardId === board.id)
        return {
          id: newId('act'),
          workspaceId,
          boardId: board.id,
          columnId: must(mine[i % mine.length], 'five columns').id,
          place,
          title: `Activity ${i}`,
          documentId: newId('doc'),
          ownerId: memberId,
          helpers: [],
          watchers: [],
          cycle: cycle,
          start: null,
          due: addDays(first, 80),
          priority: null,
          effort: 1 + (i % 20),
          labels: [],
          serves: [],
          measures: [],
          checklist: [],
          halt: null,
          status: 'active' as const,
          revision: 1,
          createdBy: memberId,
          createdAt: at,
          updatedAt: at,
        }
      }),
    )
  })
  for (let i = 0; i < MEASURES; i++) {
    const { value } = await changeMeasure(owner, {
      change: {
        do: 'add',
        fields: { name: `Measure ${i}`, unit: '%', targets: [{ cycle, value: 40 + (i % 20) }] },
      },
    })
    await recordReadings(owner, {
      measureId: value.id,
      readings: Array.from({ length: 13 }, (_, week) => ({
        on: addDays(first, week * 7 - 45),
        value: 20 + week + (i % 7),
      })),
    })
  }
  await openCycle(owner, { cycle })
  const review = await prepareReview(owner, { cycle, departmentId: null })
  await startReview(owner, { reviewId: review.id })
  await store.transact(async (tx) => {
    for (let i = 0; i < FINDINGS; i++)
      await tx.reviews.addFinding({
        id: newId('fnd'),
        reviewId: review.id,
        by: memberId,
        step: 'check',
        text: `Finding ${i}: more was sold to chains below twenty stores, and they left after the second month.`,
        alone: true,
        about: [],
        causes: [{ text: 'Because', whys: ['of this', 'and that'] }],
        evidence: [],
        verdict: 'keep',
        lesson: '',
        agree: [],
        removed: false,
        at,
        revision: 1,
      })
  })
  return `${us.workspace}/reviews/${review.id}`
}
