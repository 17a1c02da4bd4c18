import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createActivity } from '@/lib/commands/create-activity'
import { importBoards } from '@/lib/commands/import-boards'
import { offerHandOff } from '@/lib/commands/offer-hand-off'
import { sendRequest } from '@/lib/commands/send-request'
import { undoChange } from '@/lib/commands/undo-change'
import { cardsStamp } from '@/lib/domain/card'
import { traceOf } from '@/lib/domain/trace'
import { must } from '@/lib/kit/assert'
import { newId } from '@/lib/kit/ids'
import { type House, house, staff } from '@/lib/testing/builders'
import { exampleCompany } from '@/lib/testing/example-company'
import { refusal } from '@/lib/testing/refusal'
import { activitiesServing, activityPanel } from './activity'
import { boardAgain, boardNamed, boardPage, settledCards } from './board'
import { exportBoardCsv, exportSet } from './export-boards'
import { measurePage, measuresPage } from './measures'
import { myWork } from './my-work'
import { boardsOverview } from './overview'

const ZONE = 'Asia/Shanghai'
const words = {
  column: ({ kind, name }: { kind: string | null; name: string | null }) => name ?? kind ?? '',
  department: ({ kind, name }: { kind: string | null; name: string | null }) => name ?? kind ?? '',
}

let home: House
beforeAll(async () => {
  home = await house()
})
afterAll(() => home.close())

/** How many statements a piece of work asks. */
async function statements<T>(work: () => Promise<T>): Promise<{ value: T; asked: number }> {
  const asked = vi.spyOn(home.store.sql, 'unsafe')
  const value = await work()
  const calls = asked.mock.calls.length
  asked.mockRestore()
  return { value, asked: calls }
}

async function crowded(cards: number) {
  const owner = await home.workspace()
  const [board, other] = await home.store.read.boards.list(owner.actor.workspaceId)
  const boardId = must(board, 'product').id
  const text = `title,column,labels,checklist\n${Array.from(
    { length: cards },
    (_, n) => `Card ${n},${['backlog', 'planned', 'doing', 'checking', 'done'][n % 5]},l${n % 7},a;b\n`,
  ).join('')}`
  await importBoards(owner, { format: 'csv', text, boardId, dry: false })
  return { owner, boardId, other: must(other, 'marketing').id }
}

test('a board of 500 cards costs as many statements as one of 5, and they are few', async () => {
  const [small, large] = [await crowded(5), await crowded(500)]
  const few = await statements(() => boardPage(small.owner, small.boardId, ZONE))
  const many = await statements(() => boardPage(large.owner, large.boardId, ZONE))
  expect(must(many.value, 'mine to see').cards).toHaveLength(500)
  // Whoever knows the cards gets what lies beside them, and not the cards.
  const stamp = cardsStamp(must(many.value, 'mine to see').cards)
  const again = await statements(() => boardAgain(large.owner, large.boardId, ZONE, stamp))
  expect(again.value).toEqual({ ...many.value, cards: null })
  expect(again.asked).toBe(many.asked)
  const other = await boardAgain(large.owner, large.boardId, ZONE, cardsStamp([]))
  expect(other?.cards).toEqual(many.value?.cards)
  expect(few.asked).toBeGreaterThan(5)
  expect(many.asked).toBe(few.asked)
  expect(many.asked).toBeLessThanOrEqual(22)
  const overview = await statements(() => boardsOverview(large.owner, ZONE))
  expect(overview.value.boards[0]?.cards).toBe(500)
  expect(overview.asked).toBeLessThanOrEqual(9)
  const mine = await statements(() => myWork(large.owner, ZONE))
  expect(mine.asked).toBeLessThanOrEqual(9)
})

describe('who sees what', () => {
  test('advisers and strangers see no board; a viewer sees it and may change nothing', async () => {
    const { owner, boardId } = await crowded(1)
    const card = must((await boardPage(owner, boardId, ZONE))?.cards[0], 'imported')
    const viewer = await home.member(owner, 'viewer')
    for (const by of [await home.member(owner, 'adviser'), await home.workspace('Elsewhere')]) {
      expect(await boardPage(by, boardId, ZONE)).toBeNull()
      expect(await activityPanel(by, card.id, ZONE)).toBeNull()
      expect(await settledCards(by, boardId, 'trashed')).toBeNull()
      expect(await exportBoardCsv(by, boardId, words)).toBeNull()
      expect((await boardsOverview(by, ZONE)).boards.some((line) => line.boardId === boardId)).toBe(false)
    }
    for (const id of ['', 'x', 'brd_\u0000', newId('brd')])
      expect(await boardPage(owner, id, ZONE)).toBeNull()
    const page = must(await boardPage(viewer, boardId, ZONE), 'a viewer reads')
    // What one looks by is one's own.
    expect(Object.entries(page.may).filter(([, may]) => may)).toEqual([['saveFilter', true]])
  })

  test('who may not read the strategy reads the board without its words', async () => {
    const { owner } = await exampleCompany(home)
    const { workspaceId } = owner.actor
    const workspace = must(await home.store.read.workspaces.find(workspaceId), 'there')
    const member = await home.member(owner, 'member')
    await home.store.transact((tx) =>
      tx.strategies.setAccess(must(workspace.currentStrategyId, 'made'), member.actor.memberId, 'none'),
    )
    const [board] = await home.store.read.boards.list(workspaceId)
    const page = must(await boardPage(member, must(board, 'product').id, ZONE), 'a member reads')
    expect(page.cards.length).toBeGreaterThan(5)
    expect([page.items, page.strategyId]).toEqual([[], null])
  })
})

describe('the example company through our own import', () => {
  test('everything is in place', async () => {
    const { owner, people, imported } = await exampleCompany(home)
    expect(imported.plan.problems).toEqual([])
    const overview = await boardsOverview(owner, ZONE)
    expect(overview.boards.map(({ kind }) => kind)).toEqual([
      'product',
      'marketing',
      'sales',
      'success',
      'organization',
    ])
    expect(overview.boards.reduce((sum, { cards }) => sum + cards, 0)).toBe(48)
    expect(overview.boards.reduce((sum, { effort }) => sum + effort, 0)).toBe(1_418)
    const measures = must(await measuresPage(owner, ZONE), 'mine to see')
    expect(measures.measures).toHaveLength(14)
    let readings = 0
    for (const { id } of measures.measures)
      readings += must(await measurePage(owner, id, ZONE), 'there').readings.length
    expect(readings).toBe(442)
    const ids = overview.boards.map(({ boardId }) => boardId)
    const activities = await home.store.read.activities.onBoards(ids)
    expect(await home.store.read.activities.handOffsOf(ids)).toHaveLength(18)
    expect(
      await home.store.read.activities.relationsOf({ workspaceId: owner.actor.workspaceId }),
    ).toHaveLength(1)

    // What was put into the data on purpose is found by the trace.
    const page = must(await boardPage(owner, must(ids[0], 'product'), ZONE), 'mine to see')
    const items = new Map(page.items.map((item) => [item.id, item]))
    const lines = new Map(page.measures.map((measure) => [measure.id, measure]))
    const traces = activities.map((activity) => traceOf(activity, items, lines))
    expect(traces.filter(({ petProject }) => petProject)).toHaveLength(4)
    expect(traces.flatMap(({ loose }) => loose)).toEqual([])
    const served = new Set(activities.flatMap(({ serves }) => serves.map((text) => text.split('/')[0])))
    const uncovered = page.items
      .filter(({ kind }) => ['segment', 'pain', 'itch', 'delight', 'gap'].includes(kind))
      .filter(({ id }) => !served.has(id))
    expect(uncovered.map(({ code }) => code)).toEqual(['P6'])
    const gap = must(
      page.items.find(({ code }) => code === 'G2'),
      'G2',
    )
    expect(await activitiesServing(owner, [gap.id])).toHaveLength(5)

    const lead = await home.again(must([...people.values()][3], 'somebody'))
    expect((await myWork(lead, ZONE)).owned.length).toBeGreaterThan(0)
  })

  test('out as JSON and in again somewhere else: the same', async () => {
    const { owner } = await exampleCompany(home)
    const text = await exportSet(owner, words)
    const other = await home.workspace('Copy')
    const { plan } = await importBoards(other, { format: 'set', text, boardId: null, dry: false })
    expect(plan.activities).toHaveLength(48)
    expect(plan.measures.flatMap(({ readings }) => readings)).toHaveLength(442)
    // Nobody there has those names, and there is no strategy: that is said, not swallowed.
    expect(new Set(plan.problems.map(({ code }) => code))).toEqual(
      new Set(['unknown_person', 'unknown_item']),
    )
    const again = JSON.parse(await exportSet(other, words))
    const bare = ({ activities }: { activities: { title: string; column: string; checklist: unknown }[] }) =>
      activities
        .map(({ title, column, checklist }) => ({ title, column, checklist }))
        .sort((a, b) => a.title.localeCompare(b.title))
    expect(bare(again)).toEqual(bare(JSON.parse(text)))
  })

  test('a dry run says the same and writes nothing; undo takes the import back', async () => {
    const owner = await home.workspace()
    const [board] = await home.store.read.boards.list(owner.actor.workspaceId)
    const boardId = must(board, 'product').id
    const file = { format: 'csv', text: 'title,owner\n=1+1,Nobody\n', boardId } as const
    const dry = await importBoards(owner, { ...file, dry: true })
    expect(dry.undo).toBeNull()
    expect((await boardPage(owner, boardId, ZONE))?.cards).toEqual([])
    const wet = await importBoards(owner, { ...file, dry: false })
    expect(wet.plan).toEqual(dry.plan)
    expect(await exportBoardCsv(owner, boardId, words)).toContain("\r\n'=1+1,")
    await undoChange(owner, { changeId: must(wet.undo, 'imported') })
    expect((await boardPage(owner, boardId, ZONE))?.cards).toEqual([])
    expect(await settledCards(owner, boardId, 'trashed')).toHaveLength(1)
    const member = await home.member(owner, 'member')
    expect((await refusal(importBoards(member, { ...file, dry: true }))).code).toBe('not_allowed')
  })
})

test('my work: what I own, what waits for my department, what I asked for', async () => {
  const owner = await home.workspace()
  const [product, marketing] = await home.store.read.boards.list(owner.actor.workspaceId)
  const mine = must(product, 'product')
  const theirs = must(marketing, 'marketing')
  const plain = await home.member(owner, 'member')
  await staff(home.store, mine.departmentId, plain.actor.memberId)
  const me = await home.again(plain)
  const column = async (boardId: string, n: number) =>
    must((await home.store.read.boards.columns([boardId]))[n], 'a column').id
  const end = async (boardId: string, n: number) => ({
    columnId: await column(boardId, n),
    after: null,
    before: null,
  })
  await createActivity(me, {
    boardId: mine.id,
    to: await end(mine.id, 3),
    title: 'Late and checked',
    fields: { ownerId: me.actor.memberId, due: '2026-08-01' },
  })
  const far = await createActivity(owner, {
    boardId: theirs.id,
    to: await end(theirs.id, 2),
    title: 'Helping',
    fields: { helpers: [me.actor.memberId], due: '2026-12-01' },
  })
  await offerHandOff(owner, {
    fromActivityId: far.value.id,
    toBoardId: mine.id,
    toActivityId: null,
    title: 'Figures',
    due: null,
  })
  await sendRequest(owner, { boardId: mine.id, title: 'Please', text: '', due: null })
  await sendRequest(me, { boardId: theirs.id, title: 'A poster', text: '', due: null })
  const work = await myWork(me, ZONE)
  expect(work.owned.map(({ title, late }) => [title, late])).toEqual([['Late and checked', true]])
  expect(work.helping.map(({ title }) => title)).toEqual(['Helping'])
  expect(work.due.map(({ title }) => title)).toEqual(['Late and checked'])
  expect(work.checking.map(({ title }) => title)).toEqual(['Late and checked'])
  expect(work.requests.map(({ title }) => title)).toEqual(['Please'])
  expect(work.sent.map(({ title }) => title)).toEqual(['A poster'])
  expect(work.handOffs.map(({ title }) => title)).toEqual(['Figures'])
})

test('a board is found by the kind of its department or by its id, and says what the strategy asks of it', async () => {
  const { owner, people } = await exampleCompany(home)
  const marketing = must(await boardNamed(owner, 'marketing'), 'one of the five')
  expect(await boardNamed(owner, marketing.boardId)).toEqual(marketing)
  expect(await boardNamed(owner, 'nothing')).toBeNull()
  const stranger = await home.workspace('Elsewhere')
  expect(await boardNamed(stranger, marketing.boardId)).toBeNull()
  const page = must(await boardPage(owner, marketing.boardId, ZONE), 'mine to see')
  expect(page.intent?.text).toContain('growth of the existing store')
  expect(page.people.filter(({ id }) => page.leads.includes(id)).map(({ name }) => name)).toEqual([
    'Tomas Veld',
  ])
  // Onto the other four boards an owner moves cards; who works in one department moves them nowhere else.
  expect(new Set(page.elsewhere.map(({ boardId }) => boardId)).size).toBe(4)
  const tomas = await home.again(must(people.get('Tomas Veld'), 'of the example'))
  expect(must(await boardPage(tomas, marketing.boardId, ZONE), 'theirs').elsewhere).toEqual([])
})
