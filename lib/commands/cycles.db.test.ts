import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { hashOf } from '@/lib/domain/canonical'
import { must } from '@/lib/kit/assert'
import { cyclePage } from '@/lib/queries/cycles'
import { type House, house } from '@/lib/testing/builders'
import { exampleCompany } from '@/lib/testing/example-company'
import { refusal } from '@/lib/testing/refusal'
import { carryActivity } from './carry-activity'
import { changeMany } from './change-many'
import { changeMeasure } from './change-measure'
import type { Context } from './context'
import { createActivity } from './create-activity'
import { editActivity } from './edit-activity'
import { noteCycle } from './note-cycle'
import { openCycle } from './open-cycle'
import { giveReason } from './scope-reason'
import { settleActivity } from './settle-activities'
import { undoChange } from './undo-change'

// A whole company is brought in by each test; on a busy machine that alone takes its time.
vi.setConfig({ testTimeout: 90_000 })

let home: House
beforeAll(async () => {
  home = await house()
})
afterAll(() => home.close())

const page = async (by: Context, cycle: string | null = '2026-Q3') =>
  must(await cyclePage(by, cycle, 'UTC'), 'theirs to see')
const named = async (by: Context, title: string) =>
  must(
    (await home.store.read.activities.ofWorkspace(by.actor.workspaceId)).find((one) => one.title === title),
    title,
  )

describe('opening a quarter of the example company', () => {
  test('seals strategy, positioning, activities and targets; what changes later is listed beside it', async () => {
    const { owner, people } = await exampleCompany(home)
    const manager = await home.again(must(people.get('Gu Anran'), 'manager'))
    const before = await page(owner)
    expect(before).toMatchObject({ state: 'planned', seal: null, scope: null, may: { open: true } })
    expect([before.first, before.last, before.day, before.days]).toEqual(['2026-07-01', '2026-09-30', 45, 92])

    const opened = await openCycle(manager, { cycle: '2026-Q3' })
    const again = await openCycle(owner, { cycle: '2026-Q3' })
    expect(again.seal.hash).toBe(opened.seal.hash)
    const sealed = await page(owner)
    const plan = must(sealed.seal, 'sealed').plan
    expect(plan.activities).toHaveLength(14)
    expect(plan.targets).toHaveLength(14)
    expect(plan.gaps.map(({ code }) => code).sort()).toEqual(['G1', 'G2', 'G3', 'G4'])
    expect(plan.positioning).toMatchObject({
      whom: 'restaurant chains with 10 to 300 similar stores',
      problem: 'stores that no longer grow',
    })
    expect(plan.strategy?.version).toBeGreaterThan(0)
    expect(sealed.may.open).toBe(false)

    // A target lowered, two activities dropped, one added.
    home.pass(60_000)
    const measure = must(
      (await home.store.read.measures.list(owner.actor.workspaceId)).find(
        ({ name }) => name === 'Hardware failures',
      ),
      'there',
    )
    const retargeted = await changeMeasure(owner, {
      change: {
        do: 'set',
        measureId: measure.id,
        fields: {
          targets: measure.targets.map((one) => (one.cycle === '2026-Q3' ? { ...one, value: 3.4 } : one)),
        },
      },
      reason: 'Half of the terminals arrive in October.',
    })
    expect(retargeted.asksReason).toBe(false)
    const skin = await named(owner, "New skin for the owner's dashboard")
    const trophy = await named(owner, 'Trophy wall and incentive trip')
    const stopped = await editActivity(owner, { activityId: skin.id, fields: { halt: 'stopped' } })
    expect(stopped.asksReason).toBe(true)
    await settleActivity(owner, { activityId: trophy.id, status: 'trashed', reason: 'It served nothing.' })
    const added = await createActivity(owner, {
      boardId: skin.boardId,
      to: { columnId: skin.columnId, after: null, before: null },
      title: 'Count stock before signature',
      fields: { cycle: '2026-Q3' },
    })
    expect(added.asksReason).toBe(true)
    await giveReason(owner, {
      changeId: must(stopped.undo, 'changed'),
      reason: 'No decision followed from it.',
    })
    expect(
      (await refusal(giveReason(manager, { changeId: must(added.undo, 'made'), reason: 'x' }))).code,
    ).toBe('not_found')

    const after = await page(owner)
    expect(after.seal?.hash).toBe(opened.seal.hash)
    const scope = must(after.scope, 'sealed')
    expect(scope.dropped.map(({ title, word }) => [title, word?.reason])).toEqual([
      ["New skin for the owner's dashboard", 'No decision followed from it.'],
      ['Trophy wall and incentive trip', 'It served nothing.'],
    ])
    expect(scope.added.map(({ title, word }) => [title, word?.reason, word?.by])).toEqual([
      ['Count stock before signature', null, owner.actor.memberId],
    ])
    expect(scope.retargeted.map(({ name, from, to, word }) => [name, from, to, word?.reason])).toEqual([
      ['Hardware failures', 3, 3.4, 'Half of the terminals arrive in October.'],
    ])
    const row = must(await home.store.read.cycles.find(owner.actor.workspaceId, '2026-Q3'), 'there')
    if (row.state === 'planned') throw new Error('it was sealed')
    expect(Buffer.from(row.seal.bytes).equals(Buffer.from(opened.seal.bytes))).toBe(true)
    expect(hashOf(row.seal.bytes)).toBe(row.seal.hash)

    // Undone is not changed.
    await undoChange(owner, { changeId: must(stopped.undo, 'changed') })
    expect((await page(owner)).scope?.dropped.map(({ title }) => title)).toEqual([
      'Trophy wall and incentive trip',
    ])
  })

  test('two at once seal one plan, and a second quarter waits for the first', async () => {
    const { owner, people } = await exampleCompany(home)
    const partner = await home.again(must(people.get('Shen Yubo'), 'partner'))
    const [one, other] = await Promise.all([
      openCycle(owner, { cycle: '2026-Q3' }),
      openCycle(partner, { cycle: '2026-Q3' }),
    ])
    expect(one.seal.hash).toBe(other.seal.hash)
    expect(one.id).toBe(other.id)
    expect((await refusal(openCycle(owner, { cycle: '2026-Q4' }))).code).toBe('cycle_running')
  })

  test('the database itself keeps the seal', async () => {
    const { owner } = await exampleCompany(home)
    const { id } = await openCycle(owner, { cycle: '2026-Q3' })
    const { sql } = home.store
    await expect(sql`update cycles set seal_hash = 'other' where id = ${id}`).rejects.toThrow('sealed')
    await expect(sql`update cycles set seal = '\\x00'::bytea where id = ${id}`).rejects.toThrow('sealed')
  })
})

describe('who may', () => {
  test('managers open, members note, leads carry over their own; advisers and strangers see no quarter', async () => {
    const { owner, people } = await exampleCompany(home)
    const of = async (name: string) => home.again(must(people.get(name), name))
    const [member, adviser, viewer] = [await of('Ji Ruochen'), await of('Bai Hetu'), await of('Fang Lu')]
    for (const by of [member, adviser, viewer])
      expect((await refusal(openCycle(by, { cycle: '2026-Q3' }))).code).toBe('not_allowed')
    await openCycle(owner, { cycle: '2026-Q3' })
    await noteCycle(member, { cycle: '2026-Q3', text: 'The fair fell into it.' })
    expect((await refusal(noteCycle(viewer, { cycle: '2026-Q3', text: 'x' }))).code).toBe('not_allowed')
    expect((await page(member)).notes.map(({ text }) => text)).toEqual(['The fair fell into it.'])
    expect(await cyclePage(adviser, '2026-Q3', 'UTC')).toBeNull()
    const stranger = await home.workspace('Elsewhere')
    expect((await refusal(noteCycle(stranger, { cycle: '2026-Q3', text: 'x' }))).code).toBe('not_found')

    const unfinished = (await page(owner)).unfinished
    const mine = must(
      unfinished.find(({ title }) => title === 'Encrypt member data and return it on request'),
      'unfinished',
    )
    // What was planned for the second quarter and is still checked is asked about, too.
    expect(unfinished.map(({ title }) => title)).toContain(
      'Own-channel order page that is installed in a day',
    )
    const say = (by: Context, fate: string | null, reason = '') =>
      carryActivity(by, { cycle: '2026-Q3', activityId: mine.id, fate, reason })
    expect((await refusal(say(member, 'continue'))).code).toBe('not_allowed')
    expect((await refusal(say(adviser, 'continue'))).code).toBe('not_found')
    expect((await refusal(say(owner, 'stop'))).code).toBe('required')
    await say(owner, 'stop', 'Too late.')
    await say(owner, 'change', 'Return first, encryption after.')
    const carry = (await page(owner)).unfinished.find(({ id }) => id === mine.id)?.carry
    expect(carry).toMatchObject({ fate: 'change', reason: 'Return first, encryption after.' })
    await say(owner, null)
    expect((await page(owner)).unfinished.find(({ id }) => id === mine.id)?.carry).toBeNull()
    const done = await named(owner, 'Loss map by hour, dish and table')
    expect(
      (await refusal(carryActivity(owner, { cycle: '2026-Q3', activityId: done.id, fate: 'continue' }))).code,
    ).toBe('not_found')
  })
})

test('one click on many wants one reason', async () => {
  const { owner } = await exampleCompany(home)
  await openCycle(owner, { cycle: '2026-Q3' })
  const ids = (await home.store.read.activities.ofWorkspace(owner.actor.workspaceId))
    .filter(({ cycle }) => cycle === '2026-Q4')
    .slice(0, 3)
    .map(({ id }) => id)
  const pulled = await changeMany(owner, {
    activityIds: ids,
    change: { do: 'edit', fields: { cycle: '2026-Q3' } },
  })
  expect(pulled.asksReason).toBe(true)
  await giveReason(owner, { changeId: must(pulled.undo, 'changed'), reason: 'The winter menu comes early.' })
  const { scope } = await page(owner)
  expect(scope?.added.map(({ word }) => word?.reason)).toEqual(ids.map(() => 'The winter menu comes early.'))
})
