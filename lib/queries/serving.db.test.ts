import { afterAll, beforeAll, expect, test } from 'vitest'
import { must } from '@/lib/kit/assert'
import { type House, house } from '@/lib/testing/builders'
import { exampleCompany } from '@/lib/testing/example-company'
import { refusal } from '@/lib/testing/refusal'
import { intentOf, intents } from './intents'
import { measurePage, measuresPage } from './measures'
import { strategyServing } from './serving'

const ZONE = 'Asia/Shanghai'

let home: House
beforeAll(async () => {
  home = await house()
})
afterAll(() => home.close())

test('the line run forward names who works on an item and what shows it; the effort adds up', async () => {
  const { owner, people } = await exampleCompany(home)
  const workspace = must(await home.store.read.workspaces.find(owner.actor.workspaceId), 'there')
  const strategyId = must(workspace.currentStrategyId, 'made')
  const items = await home.store.read.strategyItems.list(strategyId)
  const coded = (code: string) =>
    must(
      items.find((item) => item.code === code),
      code,
    )
  const { items: served, effort } = await strategyServing(owner, strategyId)
  expect(served[coded('G2').id]?.activities).toHaveLength(5)
  expect(served[coded('G2').id]?.measures.map(({ name }) => name)).toEqual([
    'Members who return within 30 days',
  ])
  expect(served[coded('P6').id]).toBeUndefined()
  const audit = must(effort, 'there is work')
  expect(audit.total).toBe(1_418)
  expect(Object.values(audit.of).reduce((a, b) => a + b)).toBeCloseTo(1_418)

  // An adviser reads the strategy that is shared with them, and nothing of the boards.
  const adviser = must(people.get('Bai Hetu'), 'the adviser of the example')
  await home.store.transact((tx) => tx.strategies.setAccess(strategyId, adviser.actor.memberId, 'read'))
  expect(await strategyServing(await home.again(adviser), strategyId)).toEqual({
    items: {},
    effort: null,
    unasked: [],
  })
  const stranger = await home.workspace('Elsewhere')
  expect((await refusal(strategyServing(stranger, strategyId))).code).toBe('not_found')

  // The sentence of each department is the first one of its intent.
  const known = await intents(owner, strategyId)
  const [product] = await home.store.read.boards.list(owner.actor.workspaceId)
  const intent = must(intentOf(known, must(product, 'product')), 'the example has one')
  expect(intent.text.match(/[.。]/g)).toHaveLength(1)
  expect(await intents(stranger, strategyId)).toBeNull()

  // August of the example's year: what is said of each measure follows from its readings.
  const page = must(await measuresPage(owner, ZONE), 'mine to see')
  expect(new Set(page.measures.map(({ standing }) => standing)).size).toBeGreaterThan(1)
  const days = must(
    page.measures.find(({ name }) => name === 'Days from signature to first store live'),
    'imported',
  )
  const one = must(await measurePage(owner, days.id, ZONE), 'mine to see')
  expect(one.standing).toBe(days.standing)
  // A slot of the positioning is shown by those who serve that very slot, not by all who serve the sentence.
  expect(one.activities.length).toBeGreaterThan(0)
  const all = await home.store.read.activities.onBoards(
    (await home.store.read.boards.list(workspace.id)).map(({ id }) => id),
  )
  for (const { id } of one.activities) {
    const activity = must(
      all.find((other) => other.id === id),
      'on a board',
    )
    expect(
      activity.measures.includes(days.id) || activity.serves.some((serve) => days.serves.includes(serve)),
    ).toBe(true)
  }
})
