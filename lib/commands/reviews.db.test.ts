import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { hashOf } from '@/lib/domain/canonical'
import { sealPlan } from '@/lib/domain/plan-seal'
import { readResult } from '@/lib/domain/review-result'
import { serve } from '@/lib/domain/serves'
import { must } from '@/lib/kit/assert'
import { newId } from '@/lib/kit/ids'
import { activityPanel } from '@/lib/queries/activity'
import { boardPage } from '@/lib/queries/board'
import { cyclePage } from '@/lib/queries/cycles'
import { wordingMarks } from '@/lib/queries/decisions'
import { reviewChoices } from '@/lib/queries/review-choices'
import { reviewDuties, reviewPage, reviewsPage } from '@/lib/queries/reviews'
import { makeAuthorizer } from '@/lib/server/socket/authorize'
import { type House, house } from '@/lib/testing/builders'
import { exampleCompany } from '@/lib/testing/example-company'
import { refusal } from '@/lib/testing/refusal'
import { carryActivity } from './carry-activity'
import { closeReview } from './close-review'
import type { Context } from './context'
import { decideChanges } from './decide-changes'
import { decideInReview, followDecision } from './decide-in-review'
import { addFinding, agreeWithFinding, changeFinding, judgeFinding, removeFinding } from './find-in-review'
import { captureForSeal, planNow } from './hold-cycle'
import { mailRecaps } from './mail-recap'
import { openCycle } from './open-cycle'
import { changeReview, prepareReview, sayPrepared } from './prepare-review'
import { postponeReview, startReview, steerReview } from './run-review'

// A whole company is brought in by each test; on a busy machine that alone takes its time.
vi.setConfig({ testTimeout: 90_000 })

let home: House
beforeAll(async () => {
  home = await house({ delivers: true })
})
afterAll(() => home.close())

/** The example company in its third quarter, with its review prepared by three. */
async function prepared(limited = false) {
  const company = await exampleCompany(home)
  const of = async (name: string) => home.again(must(company.people.get(name), name))
  const [partner, success, product] = [await of('Shen Yubo'), await of('He Suyun'), await of('Gu Anran')]
  const { owner } = company
  await openCycle(owner, { cycle: '2026-Q3' })
  const review = await prepareReview(success, {
    cycle: '2026-Q3',
    departmentId: null,
    fields: {
      participants: [success, partner, product].map(({ actor }) => actor.memberId),
      goals: 'Member data in order everywhere.',
      limited,
    },
  })
  const workspace = must(await home.store.read.workspaces.find(owner.actor.workspaceId), 'there')
  const strategyId = must(workspace.currentStrategyId, 'it has one')
  const items = await home.store.read.strategyItems.list(strategyId)
  const item = (code: string) =>
    must(
      items.find((one) => one.code === code || one.kind === code),
      code,
    ).id
  const measure = async (name: string) =>
    must(
      (await home.store.read.measures.list(owner.actor.workspaceId)).find((one) => one.name === name),
      name,
    )
  const boards = await home.store.read.boards.list(owner.actor.workspaceId)
  const department = (kind: string) =>
    must(
      boards.find((one) => one.kind === kind),
      kind,
    ).departmentId
  return { ...company, of, owner, partner, success, product, review, strategyId, item, measure, department }
}

const byId = (a: { readonly id: string }, b: { readonly id: string }) => (a.id < b.id ? -1 : 1)

const page = async (by: Context, id: string) => must(await reviewPage(by, id, 'UTC'), 'theirs to see')

describe('preparing', () => {
  test('a quarter has one review of the company, and what one writes alone nobody else reads', async () => {
    const { owner, partner, success, product, review, of } = await prepared()
    const again = await prepareReview(owner, { cycle: '2026-Q3', departmentId: null })
    expect(again.id).toBe(review.id)
    const mine = await addFinding(success, { reviewId: review.id, text: 'Coupons brought the same guests.' })
    const theirs = await addFinding(partner, { reviewId: review.id, text: 'We sell below ten stores.' })
    expect(mine.alone).toBe(true)
    const seen = await page(success, review.id)
    expect(seen.findings.map(({ id }) => id)).toEqual([mine.id])
    expect(seen.hidden).toBe(1)
    // Neither may the owner, nor is there a way round by the finding itself.
    expect((await page(owner, review.id)).findings).toEqual([])
    for (const by of [success, owner]) {
      for (const act of [
        () => changeFinding(by, { findingId: theirs.id, fields: { text: 'x' } }),
        () => agreeWithFinding(by, { findingId: theirs.id, yes: true }),
        () => removeFinding(by, { findingId: theirs.id, removed: true }),
      ])
        expect((await refusal(act())).code).toBe('not_found')
    }
    expect((await refusal(judgeFinding(success, { findingId: mine.id, verdict: 'keep' }))).code).toBe(
      'review_step',
    )

    expect((await reviewDuties(product, 'UTC')).toPrepare.map(({ id }) => id)).toEqual([review.id])
    await sayPrepared(product, { reviewId: review.id, prepared: true })
    expect((await reviewDuties(product, 'UTC')).toPrepare).toEqual([])

    const member = await of('Ji Ruochen')
    expect((await refusal(addFinding(member, { reviewId: review.id, text: 'x' }))).code).toBe('not_allowed')
    expect((await refusal(prepareReview(member, { cycle: '2026-Q4', departmentId: null }))).code).toBe(
      'not_allowed',
    )
    const adviser = await of('Bai Hetu')
    expect((await refusal(addFinding(adviser, { reviewId: review.id, text: 'x' }))).code).toBe('not_found')
    await changeReview(success, {
      reviewId: review.id,
      fields: { participants: [...review.participants, adviser.actor.memberId] },
    })
    await addFinding(adviser, { reviewId: review.id, text: 'Nobody reads the debriefs.' })
    expect((await page(adviser, review.id)).findings).toHaveLength(1)
  })

  test('a retry finds its finding, and what it is about is ours and there', async () => {
    const { success, review, item, measure } = await prepared()
    const id = newId('fnd')
    const about = [item('G2'), (await measure('Members who return within 30 days')).id]
    const fields = { about, causes: [{ text: 'Coupons', whys: ['They were easy to make'] }] }
    const one = await addFinding(success, { reviewId: review.id, id, text: 'x', fields })
    expect(await addFinding(success, { reviewId: review.id, id, text: 'x', fields })).toEqual(one)
    for (const gone of [newId('mea'), newId('act'), newId('itm'), newId('hof')])
      expect(
        (await refusal(addFinding(success, { reviewId: review.id, text: 'x', fields: { about: [gone] } })))
          .code,
      ).toBe('not_found')
    const stranger = await home.workspace('Elsewhere')
    expect((await refusal(addFinding(stranger, { reviewId: review.id, text: 'x' }))).code).toBe('not_found')
  })

  test('pickers offer what is there and theirs to see; what is named has its name', async () => {
    const { success, review, item, measure, of } = await prepared()
    const choices = must(await reviewChoices(success, review.id), 'they take part')
    expect(choices.next).toBe('2026-Q4')
    expect(choices.words.filter(({ kind }) => kind === 'positioning').map(({ part }) => part)).toEqual(
      expect.arrayContaining(['whom', 'problem', 'solution']),
    )
    expect(choices.words.every(({ words }) => words !== '')).toBe(true)
    expect(choices.items.map(({ ref }) => ref)).toContain(`${item('positioning')}/whom`)
    expect(choices.boards).toHaveLength(5)
    const returning = await measure('Members who return within 30 days')
    const activity = must(choices.activities[0], 'the boards are full')
    const about = [item('G2'), `${item('positioning')}/whom`, returning.id, activity.id]
    await addFinding(success, { reviewId: review.id, text: 'x', fields: { about } })
    const { referred } = await page(success, review.id)
    expect(referred[returning.id]).toMatchObject({ kind: 'measure', title: returning.name })
    expect(referred[activity.id]).toMatchObject({ kind: 'activity', title: activity.title })
    expect(referred[item('G2')]).toMatchObject({ kind: 'item', code: 'G2', slot: null })
    expect(referred[`${item('positioning')}/whom`]).toMatchObject({ of: 'positioning', slot: 'whom' })

    // Who takes no part from outside is offered nothing; who does, no boards.
    const adviser = await of('Bai Hetu')
    expect(await reviewChoices(adviser, review.id)).toBeNull()
    await changeReview(success, {
      reviewId: review.id,
      fields: { participants: [...review.participants, adviser.actor.memberId] },
    })
    expect((await reviewChoices(adviser, review.id))?.activities).toEqual([])
  })

  test('a limited review is there for nobody else, its notes neither', async () => {
    const { owner, partner, success, review, of } = await prepared(true)
    const manager = await of('Luo Jingming')
    expect(await reviewPage(manager, review.id, 'UTC')).toBeNull()
    expect((await reviewsPage(manager, 'UTC')).reviews).toEqual([])
    expect((await reviewsPage(owner, 'UTC')).reviews.map(({ id }) => id)).toEqual([review.id])
    const { sql } = home.store
    await sql`update sessions set expires_at = now() + interval '1 day'`
    const authorizer = makeAuthorizer(sql)
    const joins = async ({ actor }: Context) => {
      const answer = await authorizer.resolve(review.id, { userId: actor.userId, sessionId: actor.sessionId })
      return typeof answer === 'string' ? answer : answer.kind === 'document' ? answer.mode : 'listen'
    }
    const everybody = [
      owner,
      partner,
      success,
      manager,
      await of('Fang Lu'),
      await home.workspace('Elsewhere'),
    ]
    await sql`update sessions set expires_at = now() + interval '1 day'`
    const modes: string[] = []
    for (const by of everybody) modes.push(await joins(by))
    expect(modes).toEqual(['write', 'write', 'write', 'not_found', 'not_found', 'not_found'])
    const before = home.told.revoked.length
    await changeReview(success, { reviewId: review.id, fields: { limited: false } })
    expect(home.told.revoked.slice(before)).toEqual([{ documentId: review.documentId }])
    expect(await joins(manager)).toBe('write')
    expect(await joins(everybody[4] ?? owner)).toBe('read')
  })

  test('a department looks back on its own, led by its lead', async () => {
    const { of, department, success } = await prepared()
    const lead = await of('Tomas Veld')
    const mine = await prepareReview(lead, { cycle: '2026-Q3', departmentId: department('marketing') })
    const member = await of('Ji Ruochen')
    expect(
      (await refusal(prepareReview(member, { cycle: '2026-Q3', departmentId: department('product') }))).code,
    ).toBe('not_allowed')
    await startReview(lead, { reviewId: mine.id })
    const seen = await page(lead, mine.id)
    expect(seen.plan?.activities.every(({ departmentId }) => departmentId === department('marketing'))).toBe(
      true,
    )
    expect(seen.measures.map(({ name }) => name)).toEqual(['Qualified leads from focus segments'])
    expect(seen.matrix.uncovered).toEqual([])
    const closed = await closeReview(lead, { reviewId: mine.id, rest: null })
    expect(readResult(closed.result).departmentId).toBe(department('marketing'))
    // The quarter of the company goes on.
    expect((await cyclePage(success, '2026-Q3', 'UTC'))?.state).toBe('running')
  })
})

describe('from the first finding to the next quarter', () => {
  test('findings, verdicts, three decisions that land, one closed review, the next quarter opened', async () => {
    const c = await prepared()
    const { owner, partner, success, product, review, strategyId, item, measure, department } = c
    const repeat = await measure('Members who return within 30 days')
    const low = await addFinding(success, {
      reviewId: review.id,
      text: 'Repeat visits stand at 24.1 %.',
      fields: { about: [item('G2'), repeat.id] },
    })
    const small = await addFinding(partner, {
      reviewId: review.id,
      text: 'Marketing opens the door that sales closes.',
      fields: { about: [serve(item('positioning'), 'whom')] },
    })

    // Run.
    const other = await c.of('Luo Jingming')
    await startReview(success, { reviewId: review.id })
    await startReview(partner, { reviewId: review.id })
    expect((await cyclePage(owner, '2026-Q3', 'UTC'))?.state).toBe('review')
    const seen = await page(product, review.id)
    expect(seen.findings.map(({ id }) => id)).toEqual([low.id, small.id])
    const auto = seen.agenda.filter((point) => point.auto).map(({ kind, code }) => code ?? kind)
    expect(auto).toEqual(['G2', 'F4', 'P6', 'conflict', 'returned', 'late'])
    await agreeWithFinding(product, { findingId: low.id, yes: true })
    await steerReview(success, { reviewId: review.id, step: 'why', point: 'gap:x', minutes: 10 })
    const steered = await steerReview(success, { reviewId: review.id, more: 5 })
    expect(steered.meeting).toMatchObject({ step: 'why', point: 'gap:x', minutes: 15 })
    expect((await refusal(steerReview(product, { reviewId: review.id, more: 999 }))).code).toBe(
      'invalid_number',
    )

    // Decide: words, a card, a target.
    const wording = await decideInReview(partner, {
      reviewId: review.id,
      findingId: small.id,
      title: 'Say that chains below twenty stores are not for us',
      ownerId: partner.actor.memberId,
      due: '2026-10-06',
      decision: {
        kind: 'wording',
        strategyId,
        itemId: item('positioning'),
        part: 'whom',
        words: 'restaurant chains with 20 to 300 similar stores',
      },
    })
    // Sent again because its answer was lost, also at the same moment, it is one decision and one card.
    const id = newId('dcn')
    const again = () =>
      decideInReview(success, {
        id,
        reviewId: review.id,
        findingId: low.id,
        title: 'Test the second visit in five stores first',
        ownerId: success.actor.memberId,
        due: '2026-10-16',
        decision: { kind: 'activity', departmentId: department('product'), effort: 8 },
      })
    const [card, twice] = await Promise.all([again(), again()])
    expect([twice.id, (await again()).effect]).toEqual([id, card.effect])
    expect(await home.store.read.reviews.decisions([review.id])).toHaveLength(2)
    expect(
      (
        await refusal(
          decideInReview(partner, {
            id,
            reviewId: review.id,
            title: 'Not theirs',
            decision: { kind: 'activity', departmentId: department('product') },
          }),
        )
      ).code,
    ).toBe('not_found')
    const target = await decideInReview(success, {
      reviewId: review.id,
      title: 'Repeat visits: 28 % by December',
      ownerId: success.actor.memberId,
      decision: { kind: 'target', measureId: repeat.id, value: 28 },
    })
    expect([wording.fate, card.fate, target.fate]).toEqual(['proposed', 'accepted', 'accepted'])
    const member = await c.of('Ji Ruochen')
    expect(
      (
        await refusal(
          decideInReview(member, {
            reviewId: review.id,
            title: 'x',
            decision: { kind: 'target', measureId: repeat.id, value: 1 },
          }),
        )
      ).code,
    ).toBe('not_allowed')

    // The proposal changes the very slot and nothing else.
    if (wording.effect.kind !== 'wording' || wording.effect.way.by !== 'proposal')
      throw new Error('a proposal')
    const { proposalId } = wording.effect.way
    const proposal = must(await home.store.read.proposals.find(proposalId), 'there')
    expect([proposal.author, proposal.why]).toEqual([
      partner.actor.memberId,
      'Say that chains below twenty stores are not for us',
    ])
    // The card is on the right board, for the next quarter, and serves what the finding is about.
    if (card.effect.kind !== 'activity') throw new Error('a card')
    const activity = must(await home.store.read.activities.find(card.effect.activityId), 'there')
    expect(activity).toMatchObject({
      title: 'Test the second visit in five stores first',
      cycle: '2026-Q4',
      due: '2026-10-16',
      effort: 8,
      serves: [item('G2')],
      ownerId: success.actor.memberId,
    })
    // The target of this quarter is as it was sealed.
    const targets = (await measure(repeat.name)).targets
    expect(targets.filter(({ cycle }) => cycle >= '2026-Q3')).toEqual([
      { cycle: '2026-Q3', value: 32 },
      { cycle: '2026-Q4', value: 28 },
    ])

    // Close: not before every finding has its verdict and all work its fate.
    const close = (by: Context, rest: 'continue' | null = 'continue') =>
      closeReview(by, { reviewId: review.id, rest })
    expect((await refusal(close(owner))).code).toBe('review_unassessed')
    await judgeFinding(success, { findingId: low.id, verdict: 'adjust' })
    await judgeFinding(success, { findingId: small.id, verdict: 'stop' })
    const unfinished = must(await cyclePage(owner, '2026-Q3', 'UTC'), 'theirs').unfinished
    const refused = await refusal(close(owner, null))
    expect(refused).toEqual({ code: 'carry_over_open', detail: { count: unfinished.length } })
    const hotline = must(
      unfinished.find(({ title }) => title === 'Free hotline for single restaurants'),
      'unfinished',
    )
    await carryActivity(owner, {
      cycle: '2026-Q3',
      activityId: hotline.id,
      fate: 'stop',
      reason: 'Single restaurants are out of focus.',
    })
    const before = must(await home.store.read.cycles.find(owner.actor.workspaceId, '2026-Q3'), 'there')
    const held = (await home.store.read.activities.byIds(unfinished.map(({ id }) => id))).sort(byId)
    home.told.letters.length = 0
    home.pass(1_000)
    const [one, another] = await Promise.all([close(success), close(partner)])
    expect(one.result.hash).toBe(another.result.hash)
    expect(one.closedBy).toBe(another.closedBy)
    expect((await close(other)).result.hash).toBe(one.result.hash)

    // The recap leaves once to each who took part, whichever node looks for it; whoever closes does not wait for letters.
    expect(home.told.letters).toEqual([])
    await Promise.all([mailRecaps(owner), mailRecaps(owner)])
    const recaps = home.told.letters.filter(({ text }) => text.includes(review.id))
    expect(recaps.map(({ to }) => to).sort()).toEqual(
      [partner, success, product].map(({ user }) => user.email).sort(),
    )
    expect(recaps[0]?.text).toContain('Repeat visits stand at 24.1 %.')
    expect(recaps[0]?.text).toContain('Test the second visit in five stores first (2026-10-16)')

    // The quarter is closed, byte for byte what it was; the next one runs under its own seal.
    const after = must(await home.store.read.cycles.find(owner.actor.workspaceId, '2026-Q3'), 'there')
    if (after.state !== 'closed' || before.state === 'planned') throw new Error('it was closed')
    expect(Buffer.from(after.seal.bytes).equals(Buffer.from(before.seal.bytes))).toBe(true)
    expect(after.resultHash).toBe(hashOf(one.result.bytes))
    const next = must(await cyclePage(owner, '2026-Q4', 'UTC'), 'theirs')
    expect(next.state).toBe('running')
    const planned = must(next.seal, 'sealed').plan
    expect(planned.activities.map(({ title }) => title)).toContain(
      'Test the second visit in five stores first',
    )
    expect(planned.targets.find(({ measureId }) => measureId === repeat.id)?.value).toBe(28)
    expect(planned.activities.some(({ id }) => id === hotline.id)).toBe(false)
    expect((await home.store.read.activities.find(hotline.id))?.halt).toBe('stopped')
    const kept = unfinished.filter(({ id }) => id !== hotline.id)
    const carried = await home.store.read.activities.byIds(kept.map(({ id }) => id))
    expect(carried.every(({ cycle }) => cycle === '2026-Q4')).toBe(true)

    // Thousands are carried over by few statements: they write what one save of each would have written.
    const { sql } = home.store
    const ids = unfinished.map(({ id }) => id)
    const stopped = { halt: [null, 'stopped'] }
    const history =
      await sql`select subject_id, activity_id, board_id, workspace_id, kind, verb, by, at, revision,
      diff, reason from changes where subject_id in ${sql(ids)} and at >= ${one.closedAt.toISOString()} order by subject_id`
    expect(ids.length).toBeGreaterThan(3)
    expect(history.map((row) => ({ ...row, at: new Date(row.at) }))).toEqual(
      held.map((activity) => ({
        subject_id: activity.id,
        activity_id: activity.id,
        board_id: activity.boardId,
        workspace_id: activity.workspaceId,
        kind: 'activity',
        verb: 'edited',
        by: one.closedBy,
        at: one.closedAt,
        revision: activity.revision + 1,
        diff: activity.id === hotline.id ? stopped : { cycle: [activity.cycle, '2026-Q4'] },
        reason: activity.id === hotline.id ? 'Single restaurants are out of focus.' : null,
      })),
    )
    const clicks =
      await sql`select distinct id from changes where subject_id in ${sql(ids)} and at >= ${one.closedAt.toISOString()}`
    expect(clicks).toHaveLength(ids.length)
    const now = await home.store.read.activities.byIds(ids)
    expect(now.sort(byId)).toEqual(
      held.map((activity) => ({
        ...activity,
        ...(activity.id === hotline.id ? { halt: 'stopped' } : { cycle: '2026-Q4' }),
        revision: activity.revision + 1,
        updatedAt: one.closedAt,
      })),
    )
    expect(await home.store.read.cycles.carryOvers(before.id)).toMatchObject(
      held.map(({ id }) => ({
        activityId: id,
        fate: id === hotline.id ? 'stop' : 'continue',
        by: id === hotline.id ? owner.actor.memberId : one.closedBy,
      })),
    )
    // The plan is written out before the rows are: it is the one that the rows give when they are read again.
    const { workspaceId } = owner.actor
    const running = must(await home.store.read.cycles.find(workspaceId, '2026-Q4'), 'there')
    const captured = await captureForSeal(owner)
    const read = await home.store.transact((tx) => planNow(tx, workspaceId, '2026-Q4', captured))
    expect(running).toMatchObject({
      state: 'running',
      revision: 2,
      seal: { hash: sealPlan(read).hash },
      versionId: captured.strategy?.versionId,
      sealedAt: one.closedAt,
      sealedBy: one.closedBy,
    })
    expect([after.revision, after.closedAt, after.closedBy, after.reviewId]).toEqual([
      before.revision + 1,
      one.closedAt,
      one.closedBy,
      review.id,
    ])
    expect([after.versionId, after.sealedAt, after.sealedBy]).toEqual([
      before.versionId,
      before.sealedAt,
      before.sealedBy,
    ])

    // What changed since the seal stays what it was when it closed: nothing that was carried over counts as dropped.
    const closedPage = must(await cyclePage(owner, '2026-Q3', 'UTC'), 'theirs')
    expect(closedPage.scope?.dropped).toEqual([])
    expect(closedPage.closed?.reviewId).toBe(review.id)
    const result = readResult(one.result)
    expect(result.activities.find(({ id }) => id === hotline.id)).toMatchObject({
      carry: 'stop',
      reason: 'Single restaurants are out of focus.',
    })
    expect(result.measures.find(({ measureId }) => measureId === repeat.id)).toMatchObject({
      sealedTarget: 32,
      actual: 24.1,
      outcome: 'missed',
    })

    // Nothing of a closed review changes any more.
    for (const act of [
      () => addFinding(success, { reviewId: review.id, text: 'x' }),
      () => judgeFinding(success, { findingId: low.id, verdict: 'keep' }),
      () => changeReview(success, { reviewId: review.id, fields: { goals: 'x' } }),
      () => postponeReview(success, { reviewId: review.id }),
      () =>
        decideInReview(success, {
          reviewId: review.id,
          title: 'x',
          decision: { kind: 'target', measureId: repeat.id, value: 1 },
        }),
    ])
      expect((await refusal(act())).code).toBe('review_step')
    await expect(home.store.sql`update reviews set goals = 'x' where id = ${review.id}`).rejects.toThrow(
      'closed',
    )
    await expect(home.store.sql`update cycles set revision = 99 where id = ${after.id}`).rejects.toThrow(
      'closed',
    )

    // The next review opens with these three and their state.
    const following = await prepareReview(success, { cycle: '2026-Q4', departmentId: null })
    const fates = async () =>
      (await page(success, following.id)).lastDecisions.map(({ effect, fate }) => [effect.kind, fate])
    expect(await fates()).toEqual([
      ['wording', 'proposed'],
      ['activity', 'accepted'],
      ['target', 'accepted'],
    ])
    expect((await page(success, following.id)).agenda[0]).toMatchObject({ kind: 'last_decisions', count: 3 })
    expect((await reviewDuties(success, 'UTC')).toFollow.map(({ title }) => title)).toEqual([
      'Test the second visit in five stores first',
      'Repeat visits: 28 % by December',
    ])
    await followDecision(success, { decisionId: target.id, fate: 'ignored', reason: 'The measure changed.' })
    expect((await refusal(followDecision(member, { decisionId: card.id, fate: 'done' }))).code).toBe(
      'not_allowed',
    )
    expect((await fates())[2]).toEqual(['target', 'ignored'])

    // The verdict is the last station of the line.
    const verdicts = must(await boardPage(owner, activity.boardId, 'UTC'), 'theirs').verdicts
    expect(verdicts).toEqual({})
    const panel = must(await activityPanel(owner, activity.id, 'UTC'), 'theirs')
    expect(panel.verdict).toBeUndefined()

    // Accepted, the sentence carries the mark of the review.
    expect(await wordingMarks(owner, strategyId)).toEqual([])
    const { changesOf } = await import('@/lib/document/suggest/changes-of')
    const { docOf, branchOver } = await import('@/lib/document/suggest/branch-over')
    const strategy = must(await home.store.read.strategies.find(strategyId, owner.actor.memberId), 'there')
    const main = await home.live.readDocument(strategy.documentId)
    const changes = changesOf(
      docOf(main),
      branchOver(await home.live.readDocument(proposal.documentId), main),
    )
    expect(changes).toHaveLength(1)
    await decideChanges(owner, { proposalId, changes: changes.map(({ id }) => id), accept: true })
    await project(strategyId, strategy.documentId)
    expect((await fates())[0]).toEqual(['wording', 'done'])
    expect(await wordingMarks(owner, strategyId)).toMatchObject([
      { itemId: item('positioning'), part: 'whom', lang: 'en', cycle: '2026-Q3', decisionId: wording.id },
    ])
  })

  test('the company cannot look back on a quarter that was never opened', async () => {
    const { owner } = await exampleCompany(home)
    const review = await prepareReview(owner, { cycle: '2026-Q3', departmentId: null })
    expect((await refusal(startReview(owner, { reviewId: review.id }))).code).toBe('cycle_step')
  })

  test('begun too early it goes back, and the quarter goes on', async () => {
    const { owner, success, partner, review } = await prepared()
    await addFinding(partner, { reviewId: review.id, text: 'x' })
    await startReview(success, { reviewId: review.id })
    await postponeReview(success, { reviewId: review.id })
    expect((await cyclePage(owner, '2026-Q3', 'UTC'))?.state).toBe('running')
    expect((await page(success, review.id)).findings).toEqual([])
  })
})

/** As the projector does half a second later. */
async function project(strategyId: string, documentId: string): Promise<void> {
  const { projectionOf, PROJECTION_VERSION } = await import('@/lib/document/items/project')
  const { docOf } = await import('@/lib/document/suggest/branch-over')
  const { update, seq } = await home.live.read(documentId)
  const items = projectionOf(docOf(update), 'en')
  await home.store.transact((tx) =>
    tx.strategyItems.project(
      { strategyId, documentId, seq, version: PROJECTION_VERSION },
      items,
      new Date(home.now()),
    ),
  )
}
