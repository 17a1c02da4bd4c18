import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { checkIn } from '@/lib/commands/check-in'
import type { Context } from '@/lib/commands/context'
import { createActivity } from '@/lib/commands/create-activity'
import { createSample } from '@/lib/commands/sample-workspace'
import { must } from '@/lib/kit/assert'
import { newId } from '@/lib/kit/ids'
import { type House, house } from '@/lib/testing/builders'
import { refusal } from '@/lib/testing/refusal'
import { checkInPage } from './check-in'
import { duties } from './duties'
import { effectState, homeQuarter, shareDone } from './home-quarter'
import { reviewPage } from './reviews'

// A whole company is brought in; on a busy machine that alone takes its time.
vi.setConfig({ testTimeout: 90_000 })

let home: House
beforeAll(async () => {
  home = await house()
})
afterAll(() => home.close())

async function sample(): Promise<Context> {
  const user = await home.workspace('Own')
  const made = await createSample(user, { language: 'en' })
  const actor = must(await home.store.read.members.actor(made.id, user.user.id, user.sessionId), 'its owner')
  return { ...user, actor }
}

test('one measure after another: a reading, and a finding that only its author reads until the review begins', async () => {
  const context = await sample()
  const page = must(await checkInPage(context, null, 'UTC'), 'theirs')
  const [measure] = page.measures
  expect(page.measures.map(({ done, sealed }) => [done, sealed])).toEqual([[false, true]])
  const review = must(page.review, 'one is prepared')
  const waiting = await duties(context, 'UTC')
  expect(waiting.checkIn).toMatchObject({ reviewId: review.id, missing: [measure?.name] })
  expect(waiting.toPrepare.map(({ id }) => id)).toEqual([review.id])

  const say = (text: string, id: string, value: number, outlook = 'It will not reach 61.5.') =>
    checkIn(context, {
      measureId: must(measure, 'asked').id,
      reading: { on: page.today, value },
      word: { reviewId: review.id, id, text, outlook },
    })
  const id = newId('fnd')
  expect(await say('Both crews are ready.', id, 54.3)).toEqual({ findingId: id })
  // Sent again, or said again in other words, it is the same finding.
  await say('Both crews are ready.', id, 54.3)
  await say('The sites are not.', id, 54.4, '')
  const again = must(await checkInPage(context, review.id, 'UTC'), 'theirs')
  expect(again.measures).toMatchObject([
    { done: true, finding: { id, text: 'The sites are not.', note: 'It will not reach 61.5.' } },
  ])
  expect(again.measures[0]?.values.at(-1)).toEqual({ on: page.today, value: 54.4 })
  expect((await duties(context, 'UTC')).checkIn).toBeNull()
  expect(
    (await reviewPage(context, review.id, 'UTC'))?.findings.map(({ about, step }) => [about, step]),
  ).toEqual([[[measure?.id], 'check']])

  // A stranger's review or measure is not there; what is refused there writes no number either.
  const other = await home.workspace('Other')
  const foreign = { measureId: must(measure, 'asked').id, reading: { on: page.today, value: 1 } }
  expect((await refusal(checkIn(other, { ...foreign, word: null }))).code).toBe('not_found')
  const word = { reviewId: newId('rev'), id: newId('fnd'), text: 'x', outlook: '' }
  expect((await refusal(checkIn(context, { ...foreign, word }))).code).toBe('not_found')
  expect(
    (await checkInPage(context, null, 'UTC'))?.measures[0]?.values.at(-1)?.value,
    'nothing was half written',
  ).toBe(54.4)
})

test('home draws the quarter from its seal to its review, and what became of the work', async () => {
  const context = await sample()
  const quarter = must(await homeQuarter(context, 'UTC'), 'theirs')
  expect(quarter).toMatchObject({ cycle: '2026-Q3', state: 'running', day: 45, days: 92 })
  expect(quarter.sealedOn).not.toBeNull()
  expect(quarter.review).toMatchObject({ state: 'preparing' })
  expect(quarter.marks.map(({ kind }) => kind)).toContain('reading')
  expect(quarter.effects).toHaveLength(5)
  for (const { work, gap } of quarter.effects)
    for (const share of [work, gap]) expect(share ?? 0).toSatisfy((n: number) => n >= 0 && n <= 1)
  // Ticked steps of what is under way count, and what the quarter before left unfinished; in the order of the chain.
  expect(quarter.effects.map(({ work }) => Math.round((work ?? 0) * 100))).toEqual([55, 50, 26, 51, 30])
  const empty = must(await homeQuarter(await home.workspace('Empty'), 'UTC'), 'theirs')
  expect(empty).toMatchObject({ state: 'planned', sealedOn: null, review: null, marks: [], mayOpen: true })
  expect(
    empty.effects.every(({ work, gap, state }) => work === null && gap === null && state === 'none'),
  ).toBe(true)
  expect(await homeQuarter(await home.member(context, 'adviser'), 'UTC')).toBeNull()
})

test('work without steps counts as not begun until it is done', async () => {
  const owner = await home.workspace('Without steps')
  const [board] = await home.store.read.boards.list(owner.actor.workspaceId)
  const { id: boardId, departmentId } = must(board, 'the usual departments')
  const columns = await home.store.read.boards.columns([boardId])
  for (const phase of ['plan', 'act'] as const) {
    const { id: columnId } = must(
      columns.find((column) => column.phase === phase),
      phase,
    )
    const to = { columnId, after: null, before: null }
    await createActivity(owner, { boardId, to, title: phase, fields: { cycle: '2026-Q3' } })
  }
  const quarter = must(await homeQuarter(owner, 'UTC'), 'theirs')
  expect(quarter.effects.find((effect) => effect.departmentId === departmentId)?.work).toBe(0.5)
})

test('what has no estimate weighs like the average of the others, and without any estimate all weigh the same', () => {
  expect(shareDone([{ unrated: 1, done: 1, rated: 1, effort: 10, doneEffort: 0 }])).toBe(0.5)
  expect(shareDone([{ unrated: 4, done: 1, rated: 0, effort: 0, doneEffort: 0 }])).toBe(0.25)
  expect(shareDone([])).toBeNull()
})

test.each([
  [0.92, 0.1, 0.9, 'off'],
  [0.5, 0.25, 0.3, 'good'],
  [0.5, 0.24, 0.3, 'off'],
  [0.4, 0.1, 0.5, 'risk'],
  [0.4, 0.4, 0.5, 'good'],
  [null, 0.1, 0.5, 'risk'],
  [0.9, null, 0.9, 'none'],
])('work %s, gap %s after %s of the quarter: %s', (work, gap, gone, state) => {
  expect(effectState(work, gap, gone)).toBe(state)
})
