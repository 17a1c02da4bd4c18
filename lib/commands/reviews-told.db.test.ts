import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { sayTold } from '@/lib/i18n/say-told'
import { words } from '@/lib/i18n/words'
import { must } from '@/lib/kit/assert'
import { inbox, unreadCount } from '@/lib/queries/inbox'
import { type House, house } from '@/lib/testing/builders'
import { exampleCompany } from '@/lib/testing/example-company'
import { answerImpact, askImpact } from './ask-impact'
import { changeMeasure } from './change-measure'
import type { Context } from './context'
import { createActivity } from './create-activity'
import { decideInReview } from './decide-in-review'
import { mailNotifications } from './mail-notifications'
import { markRead } from './mark-read'
import { openCycle } from './open-cycle'
import { changeReview, prepareReview, sayPrepared } from './prepare-review'
import { remind } from './remind'
import { startReview } from './run-review'
import { createSample, removeSample } from './sample-workspace'
import { setPreferences } from './set-preferences'
import { watchActivity } from './watch-activity'

vi.setConfig({ testTimeout: 90_000 })

const DAY = 86_400_000

let home: House
beforeAll(async () => {
  home = await house({ delivers: true })
})
afterAll(() => home.close())
beforeEach(() => void home.told.letters.splice(0))

async function lines(context: Context, language: 'en' | 'zh' = 'en'): Promise<string[]> {
  const t = words(language)
  const { entries } = await inbox(context)
  return entries.map(({ kind, by, of }) => sayTold({ t, language }, by?.name ?? '', kind, of))
}

const mailed = async () => {
  home.pass(40 * 60_000)
  await mailNotifications(home.guest())
  return home.told.letters.splice(0)
}

test('of a review is told who takes part: the invitation, its day, its start, what is theirs to follow', async () => {
  const owner = await home.workspace('Told')
  const ada = await home.member(owner, 'manager', 'Ada')
  const bo = await home.member(owner, 'member', 'Bo')
  const advisor = await home.member(owner, 'adviser', 'Cy')
  await openCycle(owner, { cycle: '2026-Q3' })
  const review = await prepareReview(owner, {
    cycle: '2026-Q3',
    departmentId: null,
    fields: {
      heldOn: '2026-09-29',
      limited: true,
      participants: [owner, ada, bo].map(({ actor }) => actor.memberId),
    },
  })
  expect(await lines(ada)).toEqual(['Owner of Told asks you to the review of Q3 2026, on September 29, 2026'])
  expect(await lines(ada, 'zh')).toEqual(['Owner of Told邀请您参加2026 年第三季度复盘，日期 2026年9月29日'])
  expect(await lines(owner)).toEqual([])
  expect(home.told.events.filter(({ event }) => event.type === 'inbox.changed')).not.toEqual([])
  for (const heldOn of ['2026-09-28', '2026-09-30'])
    await changeReview(ada, { reviewId: review.id, fields: { heldOn } })
  expect(await lines(bo)).toEqual([
    'Ada moved the review of Q3 2026 to September 30, 2026',
    'Owner of Told asks you to the review of Q3 2026, on September 30, 2026',
  ])
  // One letter for all of it, and none to whoever has read.
  await markRead(ada, { kind: 'review', reviewId: review.id })
  expect(await unreadCount(ada)).toBe(0)
  const letters = await mailed()
  expect(new Map(letters.map(({ to, subject }) => [to, subject]))).toEqual(
    new Map([
      [owner.user.email, 'Reviews of Told: 1 piece of news for you'],
      [bo.user.email, 'Reviews of Told: 2 pieces of news for you'],
    ]),
  )
  expect(letters.map(({ text }) => text).join()).toContain(`/reviews/${review.id}`)

  await startReview(ada, { reviewId: review.id })
  expect((await lines(bo))[0]).toBe('Ada began the review of Q3 2026')
  // Its owner follows a decision wherever it was taken; the review itself stays shut.
  const { value: measure } = await changeMeasure(owner, {
    change: { do: 'add', fields: { name: 'Days to go live', unit: 'days', direction: 'down' } },
  })
  await decideInReview(ada, {
    reviewId: review.id,
    title: 'Aim lower',
    ownerId: advisor.actor.memberId,
    due: '2026-10-10',
    decision: { kind: 'target', measureId: measure.id, value: 12 },
  })
  expect(await lines(advisor)).toEqual([
    'Ada gave you a decision to follow: “Aim lower”, by October 10, 2026',
  ])
  expect((await inbox(advisor)).entries[0]?.where).toMatchObject({ in: 'review', mayRead: false })
  expect(await unreadCount(advisor)).toBe(1)
  // Whoever was taken out of a limited review hears nothing of it any more.
  await changeReview(ada, {
    reviewId: review.id,
    fields: { participants: [owner, ada].map(({ actor }) => actor.memberId) },
  })
  expect(await lines(bo)).toEqual([])
  expect(await unreadCount(bo)).toBe(0)
  expect((await mailed()).map(({ to }) => to)).not.toContain(bo.user.email)
})

test('whose words have moved is asked, once for the newest change, and no more once it is answered', async () => {
  const { owner, people } = await exampleCompany(home)
  const workspace = must(await home.store.read.workspaces.find(owner.actor.workspaceId), 'there')
  const strategyId = must(workspace.currentStrategyId, 'it has one')
  const items = await home.store.read.strategyItems.list(strategyId)
  const pain = must(
    items.find(({ code }) => code === 'P1'),
    'P1',
  )
  const asked = must(
    await askImpact(owner, { strategyId, serve: pain.id, was: 'this', now: 'that' }),
    'somebody serves it',
  )
  await askImpact(owner, { strategyId, serve: pain.id, was: 'that', now: 'these very words' })
  const activities = await home.store.read.activities.ofWorkspace(owner.actor.workspaceId)
  const questions = (await home.store.read.impacts.questions(owner.actor.workspaceId)).filter(
    ({ impactId }) => impactId !== asked.impact.id,
  )
  const mine = must(
    activities.find(
      ({ id, ownerId }) => ownerId !== null && questions.some(({ activityId }) => activityId === id),
    ),
    'one that is asked',
  )
  const answering = must(
    [...people.values()].find(({ actor }) => actor.memberId === mine.ownerId),
    'its owner',
  )
  const of = async () =>
    (await inbox(answering)).entries.filter(
      ({ kind, where }) => kind === 'impact_asked' && where.in === 'board' && where.activityId === mine.id,
    )
  expect((await of()).map(({ words }) => words)).toEqual(['these very words'])
  await answerImpact(answering, {
    impactId: must(questions[0], 'asked').impactId,
    activityId: mine.id,
    answer: 'right',
  })
  expect(await of()).toEqual([])
})

test('everybody is reminded once, however often and by however many nodes; letters only to who wants them', async () => {
  const owner = await home.workspace('Reminded')
  const ada = await home.member(owner, 'manager', 'Ada')
  const bo = await home.member(owner, 'member', 'Bo')
  await setPreferences(bo, { mails: false })
  const board = must((await home.store.read.boards.list(owner.actor.workspaceId))[0], 'a board')
  const columns = await home.store.read.boards.columns([board.id])
  const on = (days: number) => new Date(home.now() + days * DAY).toISOString().slice(0, 10)
  const add = async (title: string, fields: { due: string; ownerId: string }, column = 0) =>
    (
      await createActivity(owner, {
        boardId: board.id,
        to: { columnId: must(columns[column], 'a column').id, after: null, before: null },
        title,
        fields,
      })
    ).value
  const { memberId } = bo.actor
  const done = columns.findIndex(({ phase }) => phase === 'act')
  await add('Print the menus', { due: on(1), ownerId: memberId })
  await add('Done long ago', { due: on(1), ownerId: memberId }, done)
  await add('Next month', { due: on(30), ownerId: memberId })
  const quiet = await add('Not to be heard of', { due: on(1), ownerId: memberId })
  await watchActivity(bo, { activityId: quiet.id, watch: false })
  const review = await prepareReview(owner, {
    cycle: '2026-Q3',
    departmentId: null,
    fields: { heldOn: on(2), participants: [ada, bo].map(({ actor }) => actor.memberId) },
  })
  await sayPrepared(ada, { reviewId: review.id, prepared: true })
  for (const one of [ada, bo]) await markRead(one, { kind: 'all' })

  const news = async (context: Context) =>
    (await inbox(context)).entries.filter(({ read }) => !read).map(({ kind }) => kind)
  await Promise.all([remind(home.guest()), remind(home.guest())])
  await remind(home.guest())
  expect((await news(bo)).sort()).toEqual(['due_soon', 'review_unprepared'])
  expect(await news(ada)).toEqual([])
  expect((await lines(bo, 'zh')).filter((line) => line.includes('印') || line.includes('到期'))).toHaveLength(
    1,
  )
  expect((await mailed()).map(({ to }) => to)).not.toContain(bo.user.email)

  home.pass(DAY)
  await remind(home.guest())
  expect(await news(ada)).toEqual(['review_soon'])
  expect((await news(bo)).sort()).toEqual(['due_soon', 'review_soon', 'review_unprepared'])
  const letters = await mailed()
  expect(letters.find(({ to }) => to === ada.user.email)?.text).toContain('the review of Q3 2026')
  // Another day is another reminder.
  await changeReview(owner, { reviewId: review.id, fields: { heldOn: on(2) } })
  await remind(home.guest())
  expect((await news(bo)).filter((kind) => kind === 'review_unprepared')).toHaveLength(2)
})

test('an invented company reminds nobody', async () => {
  const user = await home.workspace('Own')
  const made = await createSample(user, { language: 'en' })
  await home.store.sql`update reviews set held_on = ${new Date(home.now() + DAY).toISOString().slice(0, 10)}
    where workspace_id = ${made.id} and state = 'preparing'`
  await remind(home.guest())
  const [row] = await home.store.sql<{ n: string }[]>`
    select count(*) as n from notifications where workspace_id = ${made.id}`
  expect(Number(row?.n)).toBe(0)
  const actor = must(await home.store.read.members.actor(made.id, user.user.id, user.sessionId), 'its owner')
  await removeSample({ ...user, actor })
})
