import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { setWords, wordsAt } from '@/lib/document/items/set-words'
import { docOf } from '@/lib/document/suggest/branch-over'
import { MOST_SPOKEN } from '@/lib/domain/coherence/spoken'
import { serve } from '@/lib/domain/serves'
import { must } from '@/lib/kit/assert'
import { coherencePage, impactPreview, throughlinePage } from '@/lib/queries/coherence'
import { movedWork } from '@/lib/queries/moved'
import { strategyProposals } from '@/lib/queries/proposals'
import { strategyServing } from '@/lib/queries/serving'
import { type House, house } from '@/lib/testing/builders'
import { exampleCompany } from '@/lib/testing/example-company'
import { refusal } from '@/lib/testing/refusal'
import { acceptRisk, dropRisk } from './accept-risk'
import { answerImpact, askImpact, leaveWords } from './ask-impact'
import type { Context } from './context'
import { decideChanges } from './decide-changes'
import { openProposal } from './open-proposal'
import { projectItems } from './project-items'

// A whole company is brought in by each test; on a busy machine that alone takes its time.
vi.setConfig({ testTimeout: 90_000 })

let home: House
beforeAll(async () => {
  home = await house()
})
afterAll(() => home.close())

async function strategyOf({ actor }: Context) {
  const workspace = must(await home.store.read.workspaces.find(actor.workspaceId), 'there')
  const id = must(workspace.currentStrategyId, 'the example company has one')
  const items = await home.store.read.strategyItems.list(id)
  const item = (code: string) =>
    must(
      items.find((one) => one.code === code || one.kind === code),
      code,
    ).id
  return { id, item }
}

test('the coherence of the example company, as rows have it', async () => {
  const { owner, people } = await exampleCompany(home)
  const page = must(await coherencePage(owner, null, 'UTC'), 'theirs to see')
  expect(page.matrix.uncovered.map(({ code }) => code)).toEqual(['P6'])
  expect(page.matrix.petProjects.map(({ title }) => title).sort()).toEqual([
    'A mascot for the website',
    'Move to a larger office',
    'Rewrite the billing service',
    'Trophy wall and incentive trip',
  ])
  expect(page.gaps.filter(({ state }) => state === 'amber').map(({ code }) => code)).toEqual(['G2'])
  expect(page.assumptions.filter(({ state }) => state === 'expired').map(({ code }) => code)).toEqual(['F4'])
  expect(page.cycles).toEqual(['2026-Q4', '2026-Q3', '2026-Q2', '2026-Q1'])
  expect(page.audit.days).toBeCloseTo(1418, 3)

  const graph = must(await throughlinePage(owner, '2026-Q3', 'UTC'), 'theirs').graph
  expect(graph.nodes.filter(({ station }) => station === 'activity')).toHaveLength(14)

  const adviser = await home.again(must(people.get('Bai Hetu'), 'adviser'))
  expect(await coherencePage(adviser, null, 'UTC')).toBeNull()
  expect(await throughlinePage(adviser, null, 'UTC')).toBeNull()
  const stranger = await home.workspace('Elsewhere')
  const { id, item } = await strategyOf(owner)
  expect(await impactPreview(stranger, { strategyId: id, serve: item('P1') }, 'UTC')).toBeNull()
  expect((await coherencePage(stranger, null, 'UTC'))?.items).toEqual([])
})

test('a difficulty that nobody works on is accepted until a day, by whoever may, and then asked about again', async () => {
  const { owner, people } = await exampleCompany(home)
  const { id, item } = await strategyOf(owner)
  const accept = (by: Context, until: string, itemId: string = item('P6')) =>
    acceptRisk(by, { strategyId: id, itemId, until, reason: ' The franchise ends. ' })
  const lead = await home.again(must(people.get('Gu Anran'), 'a manager'))
  expect((await refusal(accept(lead, '2026-12-31'))).code).toBe('not_allowed')
  expect((await refusal(accept(await home.workspace('Elsewhere'), '2026-12-31'))).code).toBe('not_found')
  for (const [until, code] of [
    ['', 'required'],
    ['2026-08-13', 'invalid_date'],
    ['2029-08-15', 'invalid_date'],
    ['soon', 'invalid_date'],
  ] as const)
    expect((await refusal(accept(owner, until))).code, until).toBe(code)
  // An itch may stay empty without anybody answering for it; what is not there cannot be accepted.
  const itch = must(
    (await home.store.read.strategyItems.list(id)).find(({ kind }) => kind === 'itch'),
    'the example has one',
  )
  for (const other of [itch.id, 'itm_gone'])
    expect((await refusal(accept(owner, '2026-12-31', other))).code).toBe('not_found')

  await accept(owner, '2026-08-20')
  await accept(owner, '2026-12-31')
  const matrix = must(await coherencePage(owner, null, 'UTC'), 'theirs').matrix
  expect(matrix.uncovered).toEqual([])
  expect(matrix.rows.find(({ code }) => code === 'P6')?.accepted).toEqual({
    until: '2026-12-31',
    reason: 'The franchise ends.',
    by: owner.actor.memberId,
  })
  expect((await refusal(dropRisk(lead, { strategyId: id, itemId: item('P6') }))).code).toBe('not_allowed')
  expect(await dropRisk(owner, { strategyId: id, itemId: item('P6') })).toMatchObject({ until: '2026-12-31' })
  expect(await dropRisk(owner, { strategyId: id, itemId: item('P6') })).toBeNull()
  expect((await coherencePage(owner, null, 'UTC'))?.matrix.uncovered.map(({ code }) => code)).toEqual(['P6'])
})

describe('words that others hang on', () => {
  test('owners are asked, cards carry the question until it is answered, and a newer question replaces it', async () => {
    const { owner, people } = await exampleCompany(home)
    const of = async (name: string) => home.again(must(people.get(name), name))
    const { id, item } = await strategyOf(owner)
    const whom = serve(item('positioning'), 'solution')
    const view = must(await impactPreview(owner, { strategyId: id, serve: whom }, 'UTC'), 'there')
    expect(view.activities.map(({ title }) => title).sort()).toEqual([
      'Campaign briefs drafted by a model, checked by an operator',
      'Renewals tied to same-store growth',
    ])
    const ask = (by: Context, now: string) =>
      askImpact(by, { strategyId: id, serve: whom, was: 'software', now })
    expect(await ask(owner, 'software')).toBeNull()
    const lead = await of('Gu Anran')
    expect((await refusal(ask(lead, 'hands'))).code).toBe('not_allowed')
    const first = must(await ask(owner, 'software and hands'), 'asked')
    expect(first.asked).toBe(2)
    // As much as an item can say, a question can repeat; more is nothing an item says.
    const long = '字'.repeat(MOST_SPOKEN)
    expect(must(await ask(owner, long), 'asked at length').impact.now).toBe(long)
    expect((await refusal(ask(owner, `${long}字`))).code).toBe('too_long')
    const second = must(await ask(owner, 'hands first'), 'asked again')
    const moved = await movedWork(owner)
    expect(moved).toHaveLength(2)
    expect(moved.every(({ impacts }) => impacts.length === 1 && impacts[0]?.now === 'hands first')).toBe(true)

    const [briefs, renewals] = ['Campaign', 'Renewals'].map((start) =>
      must(
        view.activities.find(({ title }) => title.startsWith(start)),
        start,
      ),
    )
    const answer = (by: Context, activityId: string, word: string, note = '') =>
      answerImpact(by, { impactId: second.impact.id, activityId, answer: word, note })
    const outsider = await of('Ji Ruochen')
    expect((await refusal(answer(outsider, must(renewals, 'r').activityId, 'right'))).code).toBe(
      'not_allowed',
    )
    // Whoever owns one is asked in their own work; others read the question, and are told that it waits.
    const asked = await movedWork(owner)
    expect(asked.map(({ title }) => title).sort()).toEqual(view.activities.map(({ title }) => title).sort())
    expect(asked.map(({ impacts }) => impacts)).toEqual([
      [{ id: second.impact.id, slot: 'solution', was: 'software', now: 'hands first' }],
      [{ id: second.impact.id, slot: 'solution', was: 'software', now: 'hands first' }],
    ])
    const read = (await movedWork(outsider)).find(({ title }) => title.startsWith('Renewals'))
    expect(read).toMatchObject({ mine: false, may: false })
    const holder = must(asked.find(({ ownerId }) => ownerId !== null)?.ownerId, 'somebody owns one')
    for (const name of people.keys()) {
      const one = await of(name)
      const mine = (await movedWork(one)).filter((work) => work.mine)
      expect(mine.every(({ may }) => may)).toBe(true)
      if (one.actor.memberId === holder) expect(mine.length).toBeGreaterThan(0)
    }
    await answer(lead, must(briefs, 'b').activityId, 'right')
    expect((await movedWork(owner)).map(({ activityId }) => activityId)).toEqual([
      must(renewals, 'r').activityId,
    ])
    await answer(owner, must(renewals, 'r').activityId, 'stop', 'Growth is not in the sentence any more.')
    expect(await movedWork(owner)).toEqual([])
    expect((await home.store.read.activities.find(must(renewals, 'r').activityId))?.halt).toBe('stopped')
    expect((await refusal(answer(owner, must(briefs, 'b').activityId, 'perhaps'))).code).toBe('invalid_input')
    expect(
      (
        await refusal(
          answerImpact(owner, {
            impactId: first.impact.id,
            activityId: must(briefs, 'b').activityId,
            answer: 'right',
          }),
        )
      ).code,
    ).toBe('not_found')
  })

  test('are kept until somebody asks, says that nobody need be asked, or they say so again', async () => {
    const { owner, people } = await exampleCompany(home)
    const { id, item } = await strategyOf(owner)
    const { documentId } = must(await home.store.read.strategies.find(id, owner.actor.memberId), 'there')
    const positioning = item('positioning')
    const say = async (part: string, words: string, itemId: string = positioning) => {
      await home.live.edit(documentId, { userId: owner.user.id, sessionId: null }, (doc) =>
        setWords(doc, { itemId, part, lang: itemId === positioning ? 'en' : null }, words),
      )
      await projectItems(owner, documentId)
    }
    const unasked = async (by: Context) =>
      (await strategyServing(by, id)).unasked.map(({ serve, was, now }) => [serve, was, now])
    const was = wordsAt(docOf(await home.live.readDocument(documentId)), {
      itemId: positioning,
      part: 'solution',
      lang: 'en',
    })
    const solution = serve(positioning, 'solution')

    expect(await unasked(owner)).toEqual([])
    await say('solution', 'software')
    await say('solution', 'hands first')
    expect(await unasked(owner)).toEqual([[solution, was, 'hands first']])
    // To whoever may not ask, nothing is offered.
    const lead = await home.again(must(people.get('Gu Anran'), 'a manager'))
    expect(await unasked(lead)).toEqual([])
    const leave = (by: Context, words: string) => leaveWords(by, { strategyId: id, serve: words })
    expect((await refusal(leave(lead, solution))).code).toBe('not_allowed')
    expect((await refusal(leave(await home.workspace('Elsewhere'), solution))).code).toBe('not_found')
    // As they were before is no change.
    await say('solution', must(was, 'the example says something'))
    expect(await unasked(owner)).toEqual([])
    // A pain nobody works on may say what it likes.
    await say('title', 'Franchise figures arrive', item('P6'))
    expect(await unasked(owner)).toEqual([])

    await say('solution', 'hands')
    // Typed a moment before, and not in the rows yet.
    await home.live.edit(documentId, { userId: owner.user.id, sessionId: null }, (doc) =>
      setWords(doc, { itemId: positioning, part: 'solution', lang: 'en' }, 'hands first'),
    )
    await askImpact(owner, { strategyId: id, serve: solution, was: must(was, 'said'), now: 'hands first' })
    expect(await unasked(owner)).toEqual([])
    await projectItems(owner, documentId)
    expect(await unasked(owner)).toEqual([])

    await say('title', 'Members come once', item('P3'))
    expect(await unasked(owner)).toEqual([
      [item('P3'), expect.any(String), expect.stringMatching(/^Members come once/)],
    ])
    await leave(owner, item('P3'))
    expect(await unasked(owner)).toEqual([])
  })

  test('of an accepted proposal are what whoever accepts may ask about', async () => {
    const { owner, people } = await exampleCompany(home)
    const { id, item } = await strategyOf(owner)
    const positioning = item('positioning')
    const author = await home.again(must(people.get('Gu Anran'), 'a manager'))
    const { id: proposalId } = await openProposal(author, { strategyId: id })
    const { documentId } = must(await home.store.read.proposals.find(proposalId), 'a branch')
    await home.live.edit(documentId, { userId: author.user.id, sessionId: null }, (doc) =>
      setWords(doc, { itemId: positioning, part: 'solution', lang: 'en' }, 'hands first'),
    )
    const [proposal] = (await strategyProposals(owner, id)).open
    const changes = must(proposal?.changes, 'changes').map((change) => change.id)
    expect((await strategyServing(owner, id)).unasked).toEqual([])
    const solution = serve(positioning, 'solution')
    const { moved } = await decideChanges(owner, { proposalId, changes, accept: true })
    expect(moved).toEqual([solution])
    // At once, not half a second later: the page asks for them with the answer in hand.
    expect((await strategyServing(owner, id)).unasked).toMatchObject([
      { serve: solution, slot: 'solution', now: 'hands first' },
    ])
  })
})
