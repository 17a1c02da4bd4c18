import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { text } from '@/lib/document/templates/restaurant-saas.boards'
import { shiftQuarters } from '@/lib/document/templates/shift'
import { hashOf } from '@/lib/domain/canonical'
import { readPlan } from '@/lib/domain/plan-seal'
import { must } from '@/lib/kit/assert'
import { activityPanel } from '@/lib/queries/activity'
import { coherencePage } from '@/lib/queries/coherence'
import { cyclePage } from '@/lib/queries/cycles'
import { wordingMarks } from '@/lib/queries/decisions'
import { reviewPage, reviewsPage } from '@/lib/queries/reviews'
import { type House, house } from '@/lib/testing/builders'
import { exampleCompany } from '@/lib/testing/example-company'
import { refusal } from '@/lib/testing/refusal'
import type { Context } from './context'
import { importReviews } from './import-reviews'
import { openCycle } from './open-cycle'
import { createSample, removeSample } from './sample-workspace'

// A whole company is brought in by each test; on a busy machine that alone takes its time.
vi.setConfig({ testTimeout: 90_000 })

let home: House
beforeAll(async () => {
  home = await house()
})
afterAll(() => home.close())

test('the quarters and reviews of the example company, through the import', async () => {
  const { owner, people } = await exampleCompany(home)
  const manager = await home.again(must(people.get('Gu Anran'), 'manager'))
  expect((await refusal(importReviews(manager, { text }))).code).toBe('not_allowed')
  expect((await refusal(importReviews(owner, { text: '[]' }))).code).toBe('import_unreadable')
  expect(await importReviews(owner, { text })).toEqual({
    cycles: 3,
    reviews: 3,
    findings: 10,
    decisions: 6,
    left: [],
  })
  const again = await importReviews(owner, { text })
  expect(again).toMatchObject({ cycles: 0, reviews: 0, findings: 0 })

  const rows = await home.store.read.cycles.list(owner.actor.workspaceId)
  expect(rows.map(({ cycle, state }) => `${cycle} ${state}`)).toEqual([
    '2026-Q4 planned',
    '2026-Q3 running',
    '2026-Q2 closed',
    '2026-Q1 closed',
  ])
  // The first quarter was planned for chains of any size, with what was stopped later in it.
  const [, , second, first] = rows
  if (first?.state !== 'closed' || second?.state !== 'closed') throw new Error('they were closed')
  expect(readPlan(first.seal)).toMatchObject({
    strategy: null,
    positioning: { whom: 'restaurant chains of any size' },
  })
  expect(readPlan(second.seal).positioning?.whom).toBe('restaurant chains with 10 to 300 similar stores')
  const opening = must(await cyclePage(owner, '2026-Q1', 'UTC'), 'theirs')
  expect(opening.scope?.dropped.map(({ title }) => title)).toEqual([
    'A mascot for the website',
    "Bid for a hotel group's tender",
  ])
  for (const row of [first, second]) {
    const review = must(await home.store.read.reviews.find(row.reviewId), 'it closed it')
    if (review.state !== 'closed') throw new Error('closed')
    expect(hashOf(review.result.bytes)).toBe(row.resultHash)
    expect(hashOf(row.seal.bytes)).toBe(row.seal.hash)
  }

  // The verdict station of the line.
  const activities = await home.store.read.activities.ofWorkspace(owner.actor.workspaceId)
  const panelOf = async (title: string) =>
    must(
      await activityPanel(
        owner,
        must(
          activities.find((one) => one.title === title),
          title,
        ).id,
        'UTC',
      ),
      title,
    )
  const birthday = await panelOf('Birthday coupons in 340 stores')
  expect(birthday.verdict).toMatchObject({ verdict: 'keep', cycle: '2026-Q1' })
  expect(birthday.trace.links.at(-1)).toEqual({ station: 'verdict', state: 'joined', ids: ['keep'] })
  expect((await panelOf('Member tiers and points')).verdict).toMatchObject({
    verdict: 'adjust',
    cycle: '2026-Q2',
  })

  // The prepared one: what was decided last time, with its state, and what the app finds by itself.
  const list = await reviewsPage(owner, 'UTC')
  expect(list.reviews.map(({ cycle, state }) => `${cycle} ${state}`)).toEqual([
    '2026-Q3 preparing',
    '2026-Q2 closed',
    '2026-Q1 closed',
  ])
  const page = must(await reviewPage(owner, must(list.reviews[0], 'prepared').id, 'UTC'), 'theirs')
  expect(page.lastDecisions.map(({ effect, fate }) => [effect.kind, fate])).toEqual([
    ['wording', 'done'],
    ['activity', 'accepted'],
    ['target', expect.stringMatching(/accepted|done/)],
  ])
  expect(page.agenda.filter(({ auto }) => auto).map(({ kind, code }) => code ?? kind)).toEqual([
    'G2',
    'F4',
    'P6',
    'conflict',
    'returned',
    'late',
  ])
  const workspace = must(await home.store.read.workspaces.find(owner.actor.workspaceId), 'there')
  const marks = await wordingMarks(owner, must(workspace.currentStrategyId, 'there'))
  expect(marks.map(({ part, cycle }) => [part, cycle])).toEqual([
    ['whom', '2026-Q1'],
    ['title', '2026-Q2'],
  ])
})

test('a quarter that people run is not closed by a file', async () => {
  const { owner } = await exampleCompany(home)
  await openCycle(owner, { cycle: '2026-Q1' })
  const told = await importReviews(owner, { text })
  expect(told.left).toEqual(expect.arrayContaining(['2026-Q1', 'review 2026-Q1', 'review 2026-Q2']))
  const rows = await home.store.read.cycles.list(owner.actor.workspaceId)
  expect(
    rows.filter(({ state }) => state !== 'planned').map(({ cycle, state }) => `${cycle} ${state}`),
  ).toEqual(['2026-Q1 running'])
})

describe('the sample workspace', () => {
  const inside = async (context: Context, id: string): Promise<Context> => ({
    ...context,
    actor: must(await home.store.read.members.actor(id, context.user.id, context.sessionId), 'its owner'),
  })

  test.each(['en', 'zh'] as const)('in one click, whole, and gone in one (%s)', async (language) => {
    const user = await home.workspace('Own company')
    const count = async () => {
      const [row] = await home.store.sql<{ n: string }[]>`select count(*) as n from users`
      return Number(row?.n)
    }
    const before = await count()
    const made = await createSample(user, { language })
    const owner = await inside(user, made.id)
    expect(owner.actor.role).toBe('owner')
    expect(await count()).toBe(before + 12)
    const page = must(await coherencePage(owner, null, 'UTC'), 'theirs')
    expect(page.matrix.uncovered.map(({ code }) => code)).toEqual(['P6'])
    expect(page.matrix.petProjects).toHaveLength(4)
    expect(page.gaps.filter(({ state }) => state === 'amber').map(({ code }) => code)).toEqual(['G2'])
    expect((await reviewsPage(owner, 'UTC')).reviews).toHaveLength(3)
    expect((await cyclePage(owner, null, 'UTC'))?.state).toBe('running')

    // Another workspace is no sample, and a member of the sample is not its owner.
    expect((await refusal(removeSample(user))).code).toBe('not_found')
    const member = await home.member(owner, 'manager')
    expect((await refusal(removeSample(member))).code).toBe('not_allowed')
    await removeSample(owner)
    expect(await home.store.read.workspaces.find(made.id)).toBeNull()
    // The one who really signs in stays.
    expect(await count()).toBe(before + 1)
    for (const table of ['activities', 'documents', 'reviews', 'cycles', 'strategies', 'members'] as const) {
      const [left] = await home.store.sql<{ n: string }[]>`
        select count(*) as n from ${home.store.sql(table)} where workspace_id = ${made.id}`
      expect([table, Number(left?.n)]).toEqual([table, 0])
    }
  })

  test('lies in the present quarter, whenever it is made', () => {
    expect(shiftQuarters('2026-08-14 cyc_2026_q3 2026-Q4 17 stores', 0)).toBe(
      '2026-08-14 cyc_2026_q3 2026-Q4 17 stores',
    )
    expect(shiftQuarters('2026-08-31T07:00:00Z cyc_2026_q3 2026-Q4', 2)).toBe(
      '2027-02-28T07:00:00Z cyc_2027_q1 2027-Q2',
    )
    expect(shiftQuarters('2026-01-05 cyc_2026_q1', -1)).toBe('2025-10-05 cyc_2025_q4')
  })

  test('made two quarters later it is as alive as before', async () => {
    const user = await home.workspace('Later')
    const wait = Date.UTC(2027, 1, 14) - home.now()
    home.pass(wait)
    await home.store.sql`update sessions set expires_at = expires_at + interval '1 year'`
    try {
      const made = await createSample(user, { language: 'en' })
      const owner = await inside(user, made.id)
      const quarter = must(await cyclePage(owner, null, 'UTC'), 'theirs')
      expect([quarter.cycle, quarter.state]).toEqual(['2027-Q1', 'running'])
      const page = must(await coherencePage(owner, null, 'UTC'), 'theirs')
      expect(page.gaps.filter(({ state }) => state === 'amber').map(({ code }) => code)).toEqual(['G2'])
      expect(page.assumptions.filter(({ state }) => state === 'expired').map(({ code }) => code)).toEqual([
        'F4',
      ])
      await removeSample(owner)
    } finally {
      home.pass(-wait)
    }
  })
})
