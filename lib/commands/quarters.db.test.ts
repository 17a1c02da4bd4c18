import { afterAll, beforeAll, expect, test } from 'vitest'
import { hashOf } from '@/lib/domain/canonical'
import { carryFates } from '@/lib/domain/carry-over'
import { Refusal } from '@/lib/domain/refusal'
import { verdicts } from '@/lib/domain/review'
import { decisionFates } from '@/lib/domain/review-decision'
import { must } from '@/lib/kit/assert'
import { followedDecisions } from '@/lib/queries/decisions'
import { type House, house } from '@/lib/testing/builders'
import { carryActivity } from './carry-activity'
import { changeMeasure } from './change-measure'
import { closeReview } from './close-review'
import { createActivity } from './create-activity'
import { decideInReview, followDecision } from './decide-in-review'
import { editActivity } from './edit-activity'
import { addFinding, judgeFinding } from './find-in-review'
import { noteCycle } from './note-cycle'
import { openCycle } from './open-cycle'
import { prepareReview } from './prepare-review'
import { postponeReview, startReview } from './run-review'
import { settleActivity } from './settle-activities'

let home: House
beforeAll(async () => {
  home = await house()
})
afterAll(() => home.close())

/** A sequence that a seed decides, so that a failure can be run again. */
function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const quarters = ['2026-Q1', '2026-Q2', '2026-Q3', '2026-Q4']
const STEPS = 70

test.each([1, 7, 42])(
  'whatever is done, a closed quarter keeps its bytes and a decision has exactly one fate (seed %i)',
  async (seed) => {
    const next = chance(seed)
    const pick = <T>(list: readonly T[]): T =>
      must(list[Math.floor(next() * list.length)], 'something to pick')
    const owner = await home.workspace()
    const manager = await home.member(owner, 'manager')
    const by = () => pick([owner, manager])
    const { read } = home.store
    const ws = owner.actor.workspaceId
    const board = must((await read.boards.list(ws))[0], 'product')
    const columns = await read.boards.columns([board.id])
    const { value: measure } = await changeMeasure(owner, {
      change: { do: 'add', fields: { name: 'Days to go live', targets: [{ cycle: '2026-Q1', value: 30 }] } },
    })
    const activity = async () => pick(await read.activities.ofWorkspace(ws)).id
    const review = async () => pick(await read.reviews.list(ws)).id
    const steps: (() => Promise<unknown>)[] = [
      () => openCycle(by(), { cycle: pick(quarters) }),
      () =>
        createActivity(owner, {
          boardId: board.id,
          to: { columnId: pick(columns).id, after: null, before: null },
          title: 'Work',
          fields: { cycle: pick(quarters), effort: Math.ceil(next() * 9) },
        }),
      async () => editActivity(owner, { activityId: await activity(), fields: { cycle: pick(quarters) } }),
      async () =>
        editActivity(owner, { activityId: await activity(), fields: { halt: pick(['stopped', null]) } }),
      async () =>
        settleActivity(owner, { activityId: await activity(), status: pick(['trashed', 'active']) }),
      () =>
        changeMeasure(owner, {
          change: {
            do: 'set',
            measureId: measure.id,
            fields: { targets: [{ cycle: pick(quarters), value: Math.ceil(next() * 30) }] },
          },
        }),
      () =>
        prepareReview(by(), {
          cycle: pick(quarters),
          departmentId: pick([null, null, board.departmentId]),
          fields: { participants: [owner, manager].map(({ actor }) => actor.memberId) },
        }),
      async () => addFinding(by(), { reviewId: await review(), text: 'Something was found.' }),
      async () => startReview(by(), { reviewId: await review() }),
      async () => postponeReview(by(), { reviewId: await review() }),
      async () => {
        for (const { id } of await read.reviews.findings(await review()))
          await judgeFinding(by(), { findingId: id, verdict: pick(verdicts) })
      },
      async () =>
        decideInReview(by(), {
          reviewId: await review(),
          title: 'Decided',
          decision: pick([
            { kind: 'activity' as const, departmentId: board.departmentId },
            { kind: 'target' as const, measureId: measure.id, value: Math.ceil(next() * 30) },
          ]),
        }),
      async () =>
        followDecision(by(), {
          decisionId: pick(await read.reviews.decided(ws)).id,
          fate: pick(decisionFates),
          reason: 'Because.',
        }),
      async () =>
        carryActivity(owner, {
          cycle: pick(quarters),
          activityId: await activity(),
          fate: pick(carryFates),
          reason: 'Because.',
        }),
      () => noteCycle(by(), { cycle: pick(quarters), text: 'Noted.' }),
      async () => closeReview(by(), { reviewId: await review(), rest: pick(['continue', 'continue', null]) }),
      // Two at once.
      async () => {
        const reviewId = await review()
        const both = await Promise.allSettled([
          closeReview(owner, { reviewId, rest: 'continue' }),
          closeReview(manager, { reviewId, rest: 'continue' }),
        ])
        for (const one of both) if (one.status === 'rejected') throw one.reason
      },
    ]
    /** One step on the way from a plan to a closed quarter: chance alone would hardly ever arrive there. */
    const advance = async () => {
      const rows = await read.cycles.list(ws)
      const open = rows.find(({ state }) => state === 'running' || state === 'review')
      const first = quarters.find(
        (cycle) => !rows.some((row) => row.cycle === cycle && row.state === 'closed'),
      )
      if (!open) return openCycle(by(), { cycle: must(first, 'something to pick') })
      const { cycle } = open
      const of = await prepareReview(by(), { cycle, departmentId: null })
      if (of.state === 'preparing') return startReview(by(), { reviewId: of.id })
      for (const { id, verdict } of await read.reviews.findings(of.id))
        if (verdict === null) return judgeFinding(by(), { findingId: id, verdict: pick(verdicts) })
      return closeReview(by(), { reviewId: of.id, rest: 'continue' })
    }
    const closed = new Map<string, string>()
    let refused = 0
    for (let step = 0; step < STEPS; step++) {
      home.pass(1_000)
      try {
        await (next() < 0.3 ? advance : pick(steps))()
      } catch (error) {
        const nothing = error instanceof Error && error.message.includes('something to pick')
        if (!(error instanceof Refusal) && !nothing) throw error
        refused += 1
      }
      for (const row of await read.cycles.list(ws)) {
        if (row.state !== 'closed') continue
        const said = must(await read.reviews.find(row.reviewId), 'what closed it')
        if (said.state !== 'closed') throw new Error('a quarter is closed by a closed review')
        const bytes = `${hashOf(row.seal.bytes)} ${hashOf(said.result.bytes)}`
        expect(bytes).toBe(`${row.seal.hash} ${row.resultHash}`)
        expect(bytes).toBe(closed.get(row.id) ?? bytes)
        closed.set(row.id, bytes)
      }
      const decisions = await read.reviews.decided(ws)
      const followed = await followedDecisions(owner, decisions)
      expect(followed.map(({ id }) => id)).toEqual(decisions.map(({ id }) => id))
      for (const { fate } of followed) expect(decisionFates.filter((one) => one === fate)).toHaveLength(1)
      expect(
        (await read.cycles.list(ws)).filter(({ state }) => state === 'running' || state === 'review').length,
      ).toBeLessThan(2)
    }
    // A walk on which everything was refused, or nothing was closed, would show nothing.
    expect(refused).toBeLessThan(STEPS / 2 + 15)
    expect(closed.size).toBeGreaterThan(1)
  },
  180_000,
)
